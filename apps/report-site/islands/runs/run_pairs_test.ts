import assert from "node:assert/strict";
import { lastTwo, namedTwo, nameOfRun, withAfter } from "./run_pairs.ts";

const stored = ["a", "a", "a", "b", "b"].map((experiment, day) => ({
  experiment,
  startedAt: `2026-01-0${day + 1}T00:00:00.000Z`,
  profile: "quick",
  seed: 0,
  file: `${day}.js`,
}));

Deno.test("lastTwo() is a run and the one before it, or after the first of its experiment", () => {
  const pairs = stored.map((_, at) => lastTwo(stored, at));
  assert.deepEqual(pairs, [[1, 0], [0, 1], [1, 2], [4, 3], [3, 4]]);
});

Deno.test("namedTwo() finds two runs of one experiment by their names", () => {
  const named = (before?: number, after?: number) =>
    namedTwo(stored, (which) => {
      const at = which === "before" ? before : after;
      return at === undefined ? undefined : stored[at] ? nameOfRun(stored[at]) : "a.no";
    });
  assert.deepEqual(named(2, 0), [2, 0]);
  assert.deepEqual(named(3, 4), [3, 4]);
  for (const pair of [[], [0], [undefined, 0], [0, 3], [0, 9], [9, 9]]) {
    assert.equal(named(...pair), undefined, pair.join());
  }
  assert.equal(nameOfRun(stored[3]), "b.2026-01-04T00:00:00.000Z");
});

Deno.test("withAfter() keeps the run before where it is of the same experiment", () => {
  assert.deepEqual(withAfter(stored, 0, 2), [0, 2]);
  assert.deepEqual(withAfter(stored, 0, 4), [3, 4]);
});
