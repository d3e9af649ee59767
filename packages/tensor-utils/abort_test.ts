import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { pacer, pause, throwIfAborted } from "./abort.ts";

Deno.test("throwIfAborted() throws the reason of an aborted signal only", () => {
  throwIfAborted(undefined);
  throwIfAborted(new AbortController().signal);
  const reason = new RangeError("enough");
  assert.throws(() => throwIfAborted(AbortSignal.abort(reason)), reason);
});

Deno.test("pause() lets a timer run that is due", async () => {
  let ran = false;
  setTimeout(() => ran = true, 0);
  const due = performance.now() + 5;
  while (performance.now() < due);
  await pause();
  assert.ok(ran);
});

Deno.test("pacer() lets the event loop turn when the last turn is 20 ms ago, and not before", async () => {
  const now = performance.now;
  let clock = 1000;
  performance.now = () => clock;
  try {
    const pace = pacer();
    const turns = async () => {
      let turned = false;
      setImmediate(() => turned = true);
      await pace();
      return turned;
    };
    assert.equal(await turns(), false);
    clock += 19.9;
    assert.equal(await turns(), false);
    clock += 0.1;
    assert.equal(await turns(), true);
    clock += 19;
    assert.equal(await turns(), false);
    clock += 2;
    assert.equal(await turns(), true);
  } finally {
    performance.now = now;
  }
});

Deno.test("pacer() checks the signal at every step, and after the event loop turned", async () => {
  const now = performance.now;
  let clock = 0;
  performance.now = () => clock;
  try {
    const controller = new AbortController();
    const pace = pacer(controller.signal);
    clock = 100;
    // Aborted while the event loop turns.
    const turn = assert.rejects(pace(), { name: "AbortError" });
    controller.abort();
    await turn;
    await assert.rejects(pace(), { name: "AbortError" });
  } finally {
    performance.now = now;
  }
});

Deno.test("pacer() lets a loop be aborted from a timer", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  const pace = pacer(controller.signal);
  await assert.rejects(async () => {
    while (true) await pace();
  }, { name: "AbortError" });
});
