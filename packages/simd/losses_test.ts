// Workers are lost at every moment of a job, again and again: no number may be wrong, no error a raw one.
import assert from "node:assert/strict";
import process from "node:process";
import { product } from "./operations/product.ts";
import { WorkerLostError } from "./pool/worker_lost_error.ts";
import { SimdRuntime } from "./runtime.ts";
import { assertHeldUp, losses, rounds } from "./testing/hold_up.ts";
import { recordWorkers } from "./testing/lost_workers.ts";
import { hasNode, type Outcome, run, runInNode } from "./testing/programs.ts";
import type { Tally } from "./testing/work_through_losses.ts";

const program = `${import.meta.dirname}/testing/losses_program.ts`;

function tallyOf({ code, text }: Outcome): Tally {
  assert.equal(code, 0, text);
  return JSON.parse(text);
}

for (const loss of losses) {
  Deno.test(`simd is right or says that a worker is lost, in Deno, where workers are ${loss}`, async () => {
    const args = ["run", "--no-prompt", program, loss, `${rounds}`];
    await assertHeldUp(loss, "Deno", async () => tallyOf(await run(Deno.execPath(), args)));
  });

  Deno.test({
    name: `simd is right or says that a worker is lost, in Node, where workers are ${loss}`,
    ignore: !hasNode,
    fn: async () => {
      const args = [loss, `${rounds}`];
      await assertHeldUp(loss, "Node", async () => tallyOf(await runInNode(program, { args })));
    },
  });
}

Deno.test("SimdRuntime waits 20 seconds for a worker, unless told otherwise", () => {
  const { getBuiltinModule } = process;
  recordWorkers("gone in a job");
  try {
    const runtime = new SimdRuntime({ threads: 2, shared: true, relaxed: false });
    const [a, b, output] = [1, 2, 3].map(() => runtime.memory.allocate(4 * 300 * 300));
    let start = 0;
    assert.throws(() => {
      for (;;) {
        start = performance.now();
        product(runtime, { a, b, output, m: 300, n: 300, k: 300 });
      }
    }, WorkerLostError);
    const waited = performance.now() - start;
    assert.ok(waited > 19_900 && waited < 40_000, `${waited} ms`);
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});
