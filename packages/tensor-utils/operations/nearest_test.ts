import assert from "node:assert/strict";
import { useBackend } from "../backend.ts";
import { assertNoLeak } from "../testing/mod.ts";
import { nearest } from "./nearest.ts";

await useBackend("cpu");

Deno.test("nearest() finds the nearest centroid and its squared distance, and leaks nothing", async () => {
  await assertNoLeak(async () => {
    const x = { values: new Uint8Array([0, 0, 3, 4, 6, 8]), shape: [3, 2] } as const;
    const { labels, distances } = await nearest(x, new Float64Array([0, 0, 6, 8]), 2);
    assert.deepEqual([...labels], [0, 0, 1]);
    assert.deepEqual([...distances], [0, 25, 0]);
  });
});
