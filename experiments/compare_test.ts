import assert from "node:assert/strict";
import { compareIntervals, compareRuns, edgeOf, runsSuffice } from "./compare.ts";

Deno.test("compareRuns() sees a difference only where all runs of one side are beyond those of the other", () => {
  assert.equal(compareRuns([1, 2, 1, 2], [3, 4, 3, 4]), "less");
  assert.equal(compareRuns([5, 4.1, 5, 5], [3, 4, 3, 3]), "more");
  assert.equal(compareRuns([1, 1, 1, 3], [3, 4, 4, 4]), "open");
  assert.equal(compareRuns([4, 4, 4, 3], [3, 1, 1, 1]), "open");
  assert.equal(compareRuns([1, 9, 1, 1], [3, 4, 3, 4]), "open");
});

Deno.test("compareRuns() sees no difference between so few runs that chance parts them in more than 5%", () => {
  const parted = (n: number, m: number, comparisons?: number) =>
    compareRuns(
      Array.from({ length: n }, (_, i) => i),
      Array.from({ length: m }, (_, i) => 100 + i),
      { comparisons },
    );
  // 2 in 6, 2 in 20, 2 in 35, 2 in 70, 2 in 56; 2 in 39 and 2 in 40.
  for (const [n, m] of [[1, 1], [2, 2], [3, 3], [3, 4], [1, 38], [2, 7]]) {
    assert.equal(parted(n, m), "open", `${n} and ${m}`);
    assert.equal(parted(m, n), "open", `${m} and ${n}`);
    assert.equal(runsSuffice(n, m), false);
  }
  for (const [n, m] of [[4, 4], [3, 5], [1, 39], [2, 8], [5, 5]]) {
    assert.equal(parted(n, m), "less", `${n} and ${m}`);
    assert.equal(parted(m, n), "less", `${m} and ${n}`);
    assert.equal(runsSuffice(n, m), true);
  }
  // Several comparisons share the 5%: 2 in 70 is enough for one, 2 in 252 for six.
  assert.deepEqual([parted(4, 4, 1), parted(4, 4, 2)], ["less", "open"]);
  assert.deepEqual([parted(5, 5, 6), parted(5, 5, 7)], ["less", "open"]);
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

Deno.test("edgeOf() tells which end of the numbers that were tried a choice is, if there are two", () => {
  assert.deepEqual([1, 2, 5].map((choice) => edgeOf(choice, [2, 5, 1])), [
    "smallest",
    null,
    "largest",
  ]);
  assert.equal(edgeOf(3, [3]), null);
});
