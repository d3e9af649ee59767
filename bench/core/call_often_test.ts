import assert from "node:assert/strict";
import { callOften } from "./call_often.ts";

function peer(times: readonly number[]) {
  const calls: number[] = [];
  return {
    calls,
    call: () => {
      const seconds = times[Math.min(calls.length, times.length - 1)];
      calls.push(seconds);
      return Promise.resolve({ seconds });
    },
  };
}

Deno.test("callOften() calls long work once", async () => {
  const slow = peer([0.3, 0.1]);
  assert.deepEqual(await callOften(slow, "work", {}), { seconds: 0.3 });
  assert.equal(slow.calls.length, 1);
});

Deno.test("callOften() returns the call of median time when the work is short", async () => {
  const cold = peer([0.09, 0.03, 0.02, 0.04, 0.01, 0.02, 0.02, 0.02, 0.02]);
  assert.deepEqual(await callOften(cold, "work", {}), { seconds: 0.02 });
  assert.equal(cold.calls.length, 9);
});

Deno.test("callOften() ends a burst after half a second", async () => {
  const short = peer([0.1]);
  await callOften(short, "work", {});
  assert.ok(short.calls.length >= 5 && short.calls.length < 7, String(short.calls.length));
});
