import assert from "node:assert/strict";
import { useBackend } from "../backend.ts";
import { assertNoLeak } from "../testing/mod.ts";
import { openLloyd } from "./lloyd.ts";

await useBackend("cpu");

Deno.test("openLloyd() counts changed labels, and all of them after reset()", async () => {
  using session = openLloyd({ values: new Float32Array([0, 1, 5]), shape: [3, 1] });
  assert.equal((await session.step(new Float64Array([0, 5]))).changed, 3);
  assert.equal((await session.step(new Float64Array([0, 5]))).changed, 0);
  assert.equal((await session.step(new Float64Array([0, 1]))).changed, 1);
  session.reset();
  assert.equal((await session.step(new Float64Array([0, 1]))).changed, 3);
});

Deno.test("openLloyd() leaves no tensor behind", async () => {
  await assertNoLeak(async () => {
    using session = openLloyd({ values: new Float32Array(12), shape: [4, 3] });
    await session.step(new Float64Array(6));
  });
});
