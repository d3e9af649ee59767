import assert from "node:assert/strict";
import { holm } from "./compare_detectors.ts";

Deno.test("holm() steps down and stops at the first that is kept", () => {
  assert.deepEqual(holm([0.01, 0.04, 0.03, 0.005], 0.05), [true, false, false, true]);
  assert.deepEqual(holm([0.04, 0.01], 0.05), [true, true]);
  assert.deepEqual(holm([0.9], 0.05), [false]);
  assert.deepEqual(holm([], 0.05), []);
});
