import assert from "node:assert/strict";
import { compareIntervals, compareRuns, isAtEdge } from "./compare.ts";

Deno.test("compareRuns() sees a difference only where all runs of one side are beyond those of the other", () => {
  assert.equal(compareRuns([1, 2], [3, 4]), "less");
  assert.equal(compareRuns([5, 4.1], [3, 4]), "more");
  assert.equal(compareRuns([1, 3], [3, 4]), "open");
  assert.equal(compareRuns([1, 9], [3, 4]), "open");
  assert.equal(compareRuns([1], [3, 4]), "open");
  assert.equal(compareRuns([5, 6], [4]), "open");
});

Deno.test("compareIntervals() sees a difference only where intervals do not overlap", () => {
  const at = (low: number, high: number) => ({ low, high, level: 0.95 as const });
  assert.equal(compareIntervals(at(1, 2), at(3, 4)), "less");
  assert.equal(compareIntervals(at(5, 6), at(3, 4)), "more");
  assert.equal(compareIntervals(at(1, 3), at(3, 4)), "open");
  assert.equal(compareIntervals(at(4, 6), at(3, 4)), "open");
  assert.equal(compareIntervals(null, at(3, 4)), "open");
  assert.equal(compareIntervals(at(3, 4), null), "open");
});

Deno.test("isAtEdge() is true for the least and the largest number that was tried", () => {
  assert.deepEqual([1, 2, 5].map((choice) => isAtEdge(choice, [2, 5, 1])), [true, false, true]);
});
