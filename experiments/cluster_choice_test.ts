import { formatFor } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { chooseClusters, clustersText } from "./cluster_choice.ts";

const format = formatFor("en");

Deno.test("clustersText() joins neighbours", () => {
  assert.equal(clustersText([2, 3], format), "2 and 3");
  assert.equal(clustersText([2, 4, 5, 6, 9], format), "2, 4–6, and 9");
  assert.equal(clustersText([2, 3, 4, 5, 8], format), "2–5 and 8");
});

Deno.test("chooseClusters() takes the largest mean, and tells where it lies at an end", () => {
  const choiceOf = (...means: readonly number[]) =>
    chooseClusters(means.map((mean, at) => ({ clusters: at + 2, mean, low: mean, high: mean })));
  assert.deepEqual(choiceOf(1, 3, 2, 1), {
    clusters: 3,
    mean: 3,
    low: 3,
    high: 3,
    rivals: [],
    edge: null,
  });
  const edges = [choiceOf(3, 2, 1), choiceOf(1, 3, 2, 1), choiceOf(1, 2, 3, 2), choiceOf(1, 2, 3)];
  assert.deepEqual(edges.map(({ edge }) => edge), ["smallest", null, null, "largest"]);
});
