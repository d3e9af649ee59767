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
const attempts = 5;

/** By kind of loss, the runtimes that are sure to notice it: others may end a worker that nobody misses. */
const losses: Readonly<Record<Loss, readonly string[]>> = {
  "ended between jobs": ["Deno", "Node", "a browser"],
  "ended as a job begins": ["Deno", "Node"],
  "gone in a job": ["Deno", "Node", "a browser"],
  "late for a job": ["Deno", "Node", "a browser"],
  "late to leave a job": ["Deno", "Node", "a browser"],
};

/** Runs a program until it has lost a worker: on a busy machine, one that is late may not be missed at first. */
async function assertHeldUp(
  loss: string,
  runtime: string,
  work: () => Promise<Tally | string>,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const tally = await work();
    if (typeof tally === "string") assert.fail(tally);
    const { right, lost, wrong, raw } = tally;
    assert.deepEqual({ wrong, raw }, { wrong: [], raw: [] });
    assert.ok(right > 0);
    if (lost > 0 || !losses[loss as Loss].includes(runtime)) return;
  }
  assert.fail("no worker was lost");
}

function tallyOf({ code, text }: Outcome): Tally {
  assert.equal(code, 0, text);
  return JSON.parse(text);
}

for (const loss of Object.keys(losses)) {
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
        await assertHeldUp(loss, "a browser", async () => {
          await page.goto(`${served.url}?loss=${loss}&rounds=${rounds}`);
          const options = { timeout: 120_000 };
          const handle = await page.waitForFunction("globalThis.outcome", null, options);
          return await handle.jsonValue() as Tally | string;
        });
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
