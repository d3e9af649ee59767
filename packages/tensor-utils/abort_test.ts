import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { inPieces, pacer, pause, pieceSize, throwIfAborted } from "./abort.ts";

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

Deno.test("pacer() lets the event loop turn when a paced loop last let it turn 20 ms ago, and not before", async () => {
  const now = performance.now;
  let clock = 1000;
  performance.now = () => clock;
  try {
    const turns = async (pace = pacer()) => {
      let turned = false;
      setImmediate(() => turned = true);
      await pace();
      return turned;
    };
    assert.equal(await turns(), true);
    assert.equal(await turns(), false);
    clock += 19.9;
    assert.equal(await turns(), false);
    clock += 0.1;
    assert.equal(await turns(), true);
    const pace = pacer();
    clock += 19;
    assert.equal(await turns(pace), false);
    clock += 2;
    assert.equal(await turns(pace), true);
    assert.equal(await turns(), false);
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

Deno.test("pieceSize() gives as many items as there are numbers for, and at least one", () => {
  assert.deepEqual([pieceSize(), pieceSize(2 ** 10), pieceSize(3)], [2 ** 20, 2 ** 10, 349_526]);
  assert.equal(pieceSize(2 ** 30), 1);
});

Deno.test("inPieces() works on all numbers once and in order, and ends when its signal is aborted", async () => {
  const pieces: [number, number][] = [];
  await inPieces(7, 3, (start, end) => pieces.push([start, end]));
  assert.deepEqual(pieces, [[0, 3], [3, 6], [6, 7]]);
  await inPieces(0, 3, () => assert.fail("there is nothing to work on"));
  const controller = new AbortController();
  const twice = inPieces(9, 3, (start) => start === 3 && controller.abort(), controller.signal);
  await assert.rejects(twice, { name: "AbortError" });
});
