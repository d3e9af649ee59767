import assert from "node:assert/strict";
import fc from "fast-check";
import { logSumExp, random, solveLower } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { classLogDensity, fitClassGaussians } from "./class_gaussians.ts";
import { groupByLabel, oneGroup } from "./groups.ts";
import { inputMoments } from "./input_covariance.ts";
import { fitInputGaussians, nearestInputDistance } from "./input_gaussians.ts";
import { lowerTailOf } from "./lower_tail.ts";
import { groupCovariances, groupMeans, pooledCovariance } from "./moments.ts";
import { quantile } from "./quantile.ts";
import { standardizationOf } from "./standardization.ts";
import { fitTiedGaussians, nearestSquaredMahalanobis } from "./tied_gaussians.ts";
import { selectUnits } from "./unit_selection.ts";

const silent = () => {};

function sparsePixels(seed: number, n: number, d: number) {
  const source = random(seed);
  const values = Uint8Array.from(
    { length: n * d },
    () => source.next() < 0.3 ? source.integer(256) : 0,
  );
  return { values, shape: [n, d] as const };
}

Deno.test("quantile() is what sorting and interpolating gives", () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 });
  fc.assert(fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
    const sorted = Float64Array.from(list).sort();
    const at = share * (list.length - 1);
    const below = Math.floor(at);
    const above = Math.min(list.length - 1, below + 1);
    const expected = sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    assertAllClose([quantile(Float64Array.from(list), share)], [expected], { atol: 1e-12 });
  }));
});

Deno.test("pooledCovariance() is the size-weighted mean of groupCovariances()", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 3, max: 700 }), (seed, n) => {
      const source = random(seed);
      const values = Float32Array.from({ length: n * 3 }, () => 1e4 + source.normal());
      const x = { values, shape: [n, 3] as const };
      const groups = groupByLabel(Int32Array.from({ length: n }, () => source.integer(4) * 3));
      const units = selectUnits(x, false, silent);
      const means = groupMeans(x, units, groups);
      const pooled = pooledCovariance(x, units, groups, means);
      const each = groupCovariances(x, units, groups, means);
      const mean = pooled.map((_, at) =>
        groups.sizes.reduce((sum, size, g) => sum + size * each[g * 9 + at], 0) / n
      );
      assertAllClose(pooled, mean, { rtol: 1e-9, atol: 1e-12 });
    }),
    { numRuns: 30 },
  );
});

Deno.test("inputMoments() is the same for sparse and for dense inputs", () => {
  const sparse = sparsePixels(1, 200, 9);
  const dense = { ...sparse, values: Float64Array.from(sparse.values, (value) => value + 1) };
  const { mean, covariance } = inputMoments(sparse);
  const shifted = inputMoments(dense);
  assertAllClose(shifted.mean, mean.map((value) => value + 1), { rtol: 1e-12 });
  assertAllClose(covariance, shifted.covariance, { rtol: 1e-9, atol: 1e-9 });
});

Deno.test("nearestInputDistance() is the Mahalanobis distance of normalised rows, by sparse products", () => {
  const x = sparsePixels(2, 150, 12);
  for (let i = 0; i < 150; i++) x.values[i * 12 + 5] = 0;
  const groups = groupByLabel(Int32Array.from({ length: 150 }, (_, i) => i % 3));
  const notes: string[] = [];
  const fitted = fitInputGaussians(x, groups, 1e-3, (note) => notes.push(note));
  const dense = fitTiedGaussians(x, selectUnits(x, true, silent), groups, 1e-3);
  const test = sparsePixels(3, 40, 12);
  assertAllClose(nearestInputDistance(test, fitted), nearestSquaredMahalanobis(test, dense));
  assert.deepEqual(notes, ["1 of 12 units of the inputs never vary in training and were dropped"]);
});

Deno.test("lowerTailOf() is not moved by scores far above, standardizationOf() by nothing for one value", () => {
  const scores = Float64Array.from({ length: 101 }, (_, i) => i);
  assert.deepEqual(lowerTailOf(scores), { median: 50, width: 45 });
  assert.deepEqual(lowerTailOf(scores.map((score) => score > 60 ? 1e9 : score)), {
    median: 50,
    width: 45,
  });
  assert.deepEqual(lowerTailOf(Float64Array.of(2, 2)), { median: 2, width: 1 });
  assert.deepEqual(standardizationOf(Float64Array.of(2, 2)), { mean: 2, deviation: 1 });
});

Deno.test("classLogDensity() gives up classes only where they cannot be seen in the sum", () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 12, noNaN: true }), (seed, apart) => {
      const source = random(seed);
      const [n, d] = [90, 4];
      const labels = Int32Array.from({ length: n }, (_, i) => i % 6);
      const values = Float64Array.from(
        { length: n * d },
        (_, at) => apart * (Math.floor(at / d) % 6) + source.normal(),
      );
      const x = { values, shape: [n, d] as const };
      const fitted = fitClassGaussians(
        x,
        selectUnits(x, false, silent),
        groupByLabel(labels),
        1e-6,
      );
      const { means, lowers, logScales } = fitted;
      const expected = Float64Array.from(
        { length: n },
        (_, i) =>
          logSumExp(logScales.map((logScale, g) => {
            const centred = means.subarray(g * d, (g + 1) * d).map((m, j) => values[i * d + j] - m);
            const y = solveLower(lowers.subarray(g * d * d, (g + 1) * d * d), centred, d);
            return logScale - y.reduce((sum, value) => sum + value * value, 0) / 2;
          })),
      );
      assertAllClose(classLogDensity(x, fitted), expected, { rtol: 1e-12, atol: 1e-12 });
    }),
    { numRuns: 40 },
  );
});

Deno.test("oneGroup() and groupByLabel() of one label are the same grouping", () => {
  assert.deepEqual(groupByLabel(new Int32Array(5)), oneGroup(5));
});
