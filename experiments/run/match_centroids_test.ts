import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { matchedCentroidError, matchRows } from "./match_centroids.ts";

/** The least cost over all permutations. */
function leastCost(costs: Float64Array, k: number, row = 0, used = 0): number {
  if (row === k) return 0;
  let least = Infinity;
  for (let j = 0; j < k; j++) {
    if (used & (1 << j)) continue;
    least = Math.min(least, costs[row * k + j] + leastCost(costs, k, row + 1, used | (1 << j)));
  }
  return least;
}

Deno.test("matchRows() finds the assignment of least cost", () => {
  for (let seed = 0; seed < 100; seed++) {
    const source = random(seed);
    const k = 1 + seed % 6;
    const costs = Float64Array.from({ length: k * k }, () => source.integer(9) - 3);
    const columns = matchRows(costs, k);
    assert.equal(new Set(columns).size, k);
    const cost = columns.reduce((sum, column, row) => sum + costs[row * k + column], 0);
    assertAllClose([cost], [leastCost(costs, k)], { atol: 1e-12 });
  }
});

Deno.test("matchedCentroidError() does not depend on the order of centroids", () => {
  const a = { values: new Float64Array([0, 0, 10, 10]), shape: [2, 2] } as const;
  const b = { values: new Float64Array([10, 12, 0, 0]), shape: [2, 2] } as const;
  assert.equal(matchedCentroidError(a, b), 1);
  assert.equal(matchedCentroidError(a, a), 0);
});
