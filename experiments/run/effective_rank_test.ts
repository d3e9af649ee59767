import assert from "node:assert/strict";
import { assertAllClose, normalMatrix } from "@mixtape/tensor-utils/testing";
import { effectiveRank, eigenvaluesOf, spectrumOf } from "./effective_rank.ts";

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

Deno.test("eigenvaluesOf() are those of the scatter about the mean, and spectrumOf() their shares", () => {
  // About the mean (5, 1): ±3 along the first column, ±1 along the second.
  const rows = [[8, 1], [2, 1], [5, 2], [5, 0]];
  const x = matrix(4, 2, (i, j) => rows[i][j]);
  assertAllClose(eigenvaluesOf(x), [18, 2], { rtol: 1e-12 });
  assertAllClose(spectrumOf(eigenvaluesOf(x)), [0.9, 0.1], { rtol: 1e-12 });
  assert.deepEqual(spectrumOf(Float64Array.of(3, 1, -1e-17)), [0.75, 0.25, 0]);
  assert.deepEqual(spectrumOf(Float64Array.of(0, -1e-17)), [0, 0]);
  const singular = Math.sqrt(18) + Math.sqrt(2);
  const [p, q] = [Math.sqrt(18) / singular, Math.sqrt(2) / singular];
  const expected = Math.exp(-p * Math.log(p) - q * Math.log(q));
  assertAllClose([effectiveRank(Float64Array.of(18, 2, -1e-17))], [expected], { rtol: 1e-12 });
});
