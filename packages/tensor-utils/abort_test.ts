import assert from "node:assert/strict";
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

Deno.test("pacer() lets a loop be aborted from a timer", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  const pace = pacer(controller.signal);
  await assert.rejects(async () => {
    while (true) await pace();
  }, { name: "AbortError" });
});
