import type { Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { compareRuns, latestChanges } from "./runs.ts";

function run(value: number, level = 0.01): Result {
  const interval = { low: value - level, high: value + level, level: 0.95 };
  return {
    experiment: "classifier",
    payload: { testAccuracy: { value, interval }, [`only${value}`]: { value, interval } },
  } as unknown as Result;
}

Deno.test("compareRuns() marks a number that left its interval, and leaves out what one run lacks", () => {
  const paths = compareRuns(run(0.9), run(0.95)).pairs.map(({ path, moved }) => [path, moved]);
  assert.deepEqual(paths, [["testAccuracy", true]]);
  assert.equal(compareRuns(run(0.9), run(0.905)).pairs[0].moved, false);
  assert.equal(compareRuns(run(0.9), run(0.95, 0.1)).pairs[0].moved, false);
});

Deno.test("latestChanges() compares the last two runs, and needs two", () => {
  assert.deepEqual(latestChanges([run(0.9)]), []);
  const [{ before, after }] = latestChanges([run(0.1), run(0.2), run(0.3)]);
  assert.deepEqual([before, after], [run(0.2), run(0.3)]);
});
