import assert from "node:assert/strict";
import { inTurns, type Steps } from "./paced_steps.ts";

Deno.test("inTurns() ends where its signal is aborted, and does work that does not yield at once", async () => {
  const controller = new AbortController();
  const reason = new TypeError("enough");
  const done: number[] = [];
  function* work(end: number): Steps<number> {
    for (let i = 0; i < end; i++) {
      done.push(i);
      if (i === 1) controller.abort(reason);
      if (end > 1) yield;
    }
    return end;
  }
  await assert.rejects(
    async () => await inTurns(work(4), controller.signal),
    (error) => error === reason,
  );
  assert.deepEqual(done, [0, 1]);
  assert.equal(await inTurns(work(4)), 4);
  assert.equal(inTurns(work(1), controller.signal), 1);
});
