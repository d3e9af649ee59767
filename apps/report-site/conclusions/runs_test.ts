import type { Result } from "@mixtape/results";
import assert from "node:assert/strict";
import { exampleRuns } from "../testing/example_runs.ts";
import { compareRuns, type RunSummary } from "./runs.ts";
import { latestChanges, repeatedRuns, summaryOf } from "./stored_runs.ts";

const [summary] = exampleRuns.map(summaryOf);

function run(value: number, level = 0.01): RunSummary {
  const interval = { low: value - level, high: value + level, level: 0.95 };
  const estimates = ["testAccuracy", `only${value}`].map((path) => ({ path, value, interval }));
  return { ...summary, estimates };
}

Deno.test("compareRuns() marks a number that left its interval, and leaves out what one run lacks", () => {
  const paths = compareRuns(run(0.9), run(0.95)).pairs.map(({ path, moved }) => [path, moved]);
  assert.deepEqual(paths, [["testAccuracy", true]]);
  assert.equal(compareRuns(run(0.9), run(0.905)).pairs[0].moved, false);
  assert.equal(compareRuns(run(0.9), run(0.95, 0.1)).pairs[0].moved, false);
  assert.equal(compareRuns(run(0.95, 0.1), run(0.9)).pairs[0].moved, false);
});

Deno.test("compareRuns() says what was asked differently", () => {
  assert.deepEqual(compareRuns(summary, summary).options, []);
  const { origin } = summary;
  const other = { ...origin, commit: null, options: { ...origin.options, seed: 8, rates: [0.5] } };
  assert.deepEqual(compareRuns(summary, { ...summary, origin: other }).options, [
    { name: "seed", before: "7", after: "8" },
    { name: "rates", before: "0, 0.5", after: "0.5" },
    { name: "commit", before: "0123456789ab", after: "—" },
  ]);
});

Deno.test("latestChanges() compares the last two runs, and needs two with numbers", () => {
  assert.deepEqual(latestChanges(exampleRuns.slice(0, 1)), []);
  const [{ before, after }] = latestChanges(exampleRuns);
  assert.deepEqual([before, after], exampleRuns.slice(1).map(summaryOf));
  const without = exampleRuns.map((one) => ({ ...one, payload: {} }) as unknown as Result);
  assert.deepEqual(latestChanges(without), []);
  assert.equal(repeatedRuns(without).length, 1);
});
