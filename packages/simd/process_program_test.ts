import assert from "node:assert/strict";
import { hasNode, type Outcome, run, runInNode } from "./testing/programs.ts";

const program = `${import.meta.dirname}/fixtures/short_program.ts`;
const losing = `${import.meta.dirname}/fixtures/lost_worker_program.ts`;

function assertMultiplied({ code, text }: Outcome): void {
  assert.equal(code, 0, text);
  const { value, threads, engine } = JSON.parse(text);
  assert.deepEqual({ value, threads, engine }, { value: 200, threads: 2, engine: "wasm" });
}

Deno.test("simd needs no permission in Deno and lets the process exit", async () => {
  assertMultiplied(await run(Deno.execPath(), ["run", "--no-prompt", program]));
});

Deno.test("simd tells the operation that its worker died, goes on with another, and lets the process exit", async () => {
  const { code, text } = await run(Deno.execPath(), ["run", "--no-prompt", losing]);
  assert.equal(code, 0, text);
  const { error, left, value, workers, threads, stepsDown } = JSON.parse(text);
  assert.deepEqual({ error, left, value, workers, threads, stepsDown }, {
    error: "WorkerLostError",
    left: 0,
    value: 200,
    workers: 2,
    threads: 2,
    stepsDown: [],
  });
});

Deno.test({
  name: "simd runs on threads in Node and lets the process exit, without printing",
  ignore: !hasNode,
  fn: async () => {
    assertMultiplied(await runInNode(program));
    assertMultiplied(await runInNode(program, { asInput: true }));
    const { code, text } = await runInNode(losing);
    assert.equal(code, 0, text);
    assert.equal(JSON.parse(text).error, "WorkerLostError");
  },
});
