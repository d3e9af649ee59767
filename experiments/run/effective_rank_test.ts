import assert from "node:assert/strict";
import { assertAllClose, normalMatrix } from "@mixtape/tensor-utils/testing";
import { effectiveRank, eigenvaluesOf } from "./effective_rank.ts";

function matrix(n: number, d: number, value: (i: number, j: number) => number) {
  const values = Float64Array.from({ length: n * d }, (_, at) => value(Math.floor(at / d), at % d));
  return { values, shape: [n, d] } as const;
}

Deno.test("effectiveRank() counts directions of equal length", () => {
  const corners = matrix(6, 3, (i, j) => i >> 1 === j ? (i % 2 ? 5 : -5) : 0);
  assertAllClose([effectiveRank(eigenvaluesOf(corners))], [3], { rtol: 1e-12 });
  assertAllClose([effectiveRank(eigenvaluesOf(matrix(9, 4, (i, j) => i * (j + 1))))], [1], {
    rtol: 1e-6,
  });
});

Deno.test("effectiveRank() is 0 for rows that are all the same", () => {
  assert.equal(effectiveRank(eigenvaluesOf(matrix(5, 3, (_, j) => j))), 0);
});

Deno.test("effectiveRank() is nearly d for independent columns of equal variance", () => {
  const rank = effectiveRank(eigenvaluesOf(normalMatrix(1, 2000, 8)));
  assert.ok(rank > 7.9 && rank <= 8);
});
