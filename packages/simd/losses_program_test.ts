// Workers are lost at every moment of a job, again and again: no number may be wrong, no error a raw one.
import { testRounds } from "@mixtape/tensor-utils/testing";
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

/** The ways to run the program that works through losses. */
const runtimes: Readonly<Record<string, (args: readonly string[]) => Promise<Outcome>>> = {
  Deno: (args) => run(Deno.execPath(), ["run", "--no-prompt", program, ...args]),
  ...hasNode && { Node: (args: readonly string[]) => runInNode(program, { args }) },
};

for (const [at, loss] of losses.entries()) {
  // Programs take seconds, longest in Deno where jobs lose them: one runtime has to do, unless there is time for all.
  const names = Object.keys(runtimes);
  const tried = testRounds(2) < 2 ? [at < 2 ? names[0] : names[names.length - 1]] : names;
  Deno.test(`simd is right or says that a worker is lost, in ${tried.join(" and ")}, where workers are ${loss}`, async () => {
    for (const name of tried) {
      await assertHeldUp(
        loss,
        name,
        async () => tallyOf(await runtimes[name]([loss, `${rounds}`])),
      );
    }
  });
}

Deno.test("SimdRuntime waits 20 seconds for a worker, unless told otherwise", () => {
  const { getBuiltinModule } = process;
  const { wait } = Atomics;
  let waitedMs = 0;
  recordWorkers("gone in a job");
  // A thousandth of each wait, so that the test need not sit them out.
  const briefWait = (array: Int32Array, at: number, value: number, timeout: number) => {
    const end = wait(array, at, value, timeout / 1000);
    if (end === "timed-out") waitedMs += timeout;
    return end;
  };
  Object.assign(Atomics, { wait: briefWait });
  try {
    const runtime = new SimdRuntime({ threads: 2, shared: true, relaxed: false });
    const [a, b, output] = [1, 2, 3].map(() => runtime.memory.allocate(4 * 300 * 300));
    assert.throws(() => {
      for (;;) {
        waitedMs = 0;
        product(runtime, { a, b, output, m: 300, n: 300, k: 300 });
      }
    }, WorkerLostError);
    assert.equal(waitedMs, 20_000);
  } finally {
    Object.assign(Atomics, { wait });
    process.getBuiltinModule = getBuiltinModule;
  }
});
