import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "@mixtape/tensor-utils";
import { openNeighborSearch } from "./neighbor_search.ts";
import { buildNeighborTree } from "./neighbor_tree.ts";

Deno.test("openNeighborSearch() finds the k-th distance that sorting finds", () => {
  const sizes = { n: fc.integer({ min: 1, max: 700 }), d: fc.integer({ min: 1, max: 13 }) };
  const property = fc.property(sizes.n, sizes.d, fc.nat(), fc.boolean(), (n, d, seed, onGrid) => {
    const source = random(seed);
    const draw = () => onGrid ? source.integer(3) : source.normal();
    const points = Float32Array.from({ length: n * d }, draw);
    const queries = Float64Array.from({ length: 5 * d }, draw);
    const k = 1 + source.integer(n);
    const search = openNeighborSearch(buildNeighborTree(points, d), k);
    for (let q = 0; q < 5; q++) {
      const distances = new Float64Array(n).map((_, i) => {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += (points[i * d + j] - queries[q * d + j]) ** 2;
        return sum;
      }).sort();
      const found = search(queries, q * d);
      assert.ok(Math.abs(found - distances[k - 1]) <= 1e-12 * (1 + distances[k - 1]));
    }
  });
  fc.assert(property, { numRuns: 60 });
});
