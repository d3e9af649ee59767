// Workers are lost at every moment of a job, again and again: no number may be wrong, no error a raw one.
import assert from "node:assert/strict";
import process from "node:process";
import { chromiumPath, startBrowser } from "../../apps/report-site/testing/browser.ts";
import { product } from "./operations/product.ts";
import { WorkerLostError } from "./pool/worker_lost_error.ts";
import { SimdRuntime } from "./runtime.ts";
import { type Loss, recordWorkers } from "./testing/lost_workers.ts";
import { hasNode, isolation, type Outcome, run, runInNode, servePage } from "./testing/programs.ts";
import type { Tally } from "./testing/work_through_losses.ts";

const program = `${import.meta.dirname}/testing/losses_program.ts`;
const rounds = 2;

/** By kind of loss, the runtimes that are sure to notice it: others may end a worker that nobody misses. */
const losses: Readonly<Record<Loss, readonly string[]>> = {
  "ended between jobs": ["Deno", "Node", "a browser"],
  "ended as a job begins": ["Deno", "Node"],
  "gone in a job": ["Deno", "Node", "a browser"],
  "late for a job": ["Deno", "Node", "a browser"],
  "late to leave a job": ["Deno", "Node", "a browser"],
};

function assertHeldUp(loss: string, runtime: string, tally: Tally | string): void {
  if (typeof tally === "string") assert.fail(tally);
  const { right, lost, wrong, raw } = tally;
  assert.deepEqual({ wrong, raw }, { wrong: [], raw: [] });
  assert.ok(right > 0);
  if (losses[loss as Loss].includes(runtime)) assert.ok(lost > 0, "no worker was lost");
}

function tallyOf({ code, text }: Outcome): Tally {
  assert.equal(code, 0, text);
  return JSON.parse(text);
}

for (const loss of Object.keys(losses)) {
  Deno.test(`simd is right or says that a worker is lost, in Deno, where workers are ${loss}`, async () => {
    const args = ["run", "--no-prompt", program, loss, `${rounds}`];
    assertHeldUp(loss, "Deno", tallyOf(await run(Deno.execPath(), args)));
  });

  Deno.test({
    name: `simd is right or says that a worker is lost, in Node, where workers are ${loss}`,
    ignore: !hasNode,
    fn: async () => {
      assertHeldUp(loss, "Node", tallyOf(await runInNode(program, { args: [loss, `${rounds}`] })));
    },
  });
}

Deno.test({
  name: "simd is right or says that a worker is lost, in a browser",
  ignore: chromiumPath === undefined,
  fn: async (t) => {
    await using served = await servePage(program, isolation);
    await using browser = await startBrowser();
    for (const loss of Object.keys(losses)) {
      await t.step(`where workers are ${loss}`, async () => {
        await using context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(`${served.url}?loss=${loss}&rounds=${rounds}`);
        const handle = await page.waitForFunction("globalThis.outcome", null, { timeout: 120_000 });
        assertHeldUp(loss, "a browser", await handle.jsonValue() as Tally | string);
      });
    }
  },
});

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
