import assert from "node:assert/strict";
import fc from "fast-check";
import { cholesky, logSumExp, random, solveLower } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { classLogDensity, fitClassGaussians } from "./class_gaussians.ts";
import { groupByLabel, oneGroup } from "./groups.ts";
import { inputCovariance } from "./input_covariance.ts";
import { lowerTailOf } from "./lower_tail.ts";
import { groupCovariances, groupMeans, pooledCovariance } from "./moments.ts";
import { quantile, quantileOfMany } from "./quantile.ts";
import { standardizationOf } from "./standardization.ts";
import { fitTiedGaussians, squaredMahalanobis } from "./tied_gaussians.ts";
import { selectUnits, unitBlocks } from "./unit_selection.ts";

const silent = { note: () => {} };

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

Deno.test("pooledCovariance() is the size-weighted mean of groupCovariances()", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 3, max: 700 }), async (seed, n) => {
      const source = random(seed);
      const values = Float32Array.from({ length: n * 3 }, () => 1e4 + source.normal());
      const x = { values, shape: [n, 3] as const };
      const groups = groupByLabel(Int32Array.from({ length: n }, () => source.integer(4) * 3));
      const units = await selectUnits(x, false, silent);
      const means = await groupMeans(x, units, groups);
      const pooled = await pooledCovariance(x, units, groups, means);
      const each = await groupCovariances(x, units, groups, means);
      const mean = pooled.map((_, at) =>
        groups.sizes.reduce((sum, size, g) => sum + size * each[g * 9 + at], 0) / n
      );
      assertAllClose(pooled, mean, { rtol: 1e-9, atol: 1e-12 });
    }),
    { numRuns: 30 },
  );
});

Deno.test("inputCovariance() of mostly zero inputs is the covariance within groups", async () => {
  const x = sparsePixels(1, 700, 9);
  const groups = groupByLabel(Int32Array.from({ length: 700 }, (_, i) => i % 3));
  for (const normalize of [false, true]) {
    const units = await selectUnits(x, normalize, silent);
    const means = await groupMeans(x, units, groups);
    const expected = await pooledCovariance(x, units, groups, means);
    const atol = 1e-13 * expected[0];
    assertAllClose(await inputCovariance(x, units, groups, means), expected, { rtol: 1e-9, atol });
  }
});

Deno.test("squaredMahalanobis() is |L⁻¹(x − mean)|², whatever the offset and the scale of the data", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(0, 1, 1e4),
      fc.constantFrom(1e-6, 1, 1e6),
      async (seed, offset, scale) => {
        const source = random(seed);
        const [n, d, count] = [60, 4, 3];
        const values = Float64Array.from(
          { length: n * d },
          () => scale * (offset + source.normal()),
        );
        const x = { values, shape: [n, d] as const };
        const groups = groupByLabel(Int32Array.from({ length: n }, (_, i) => i % count));
        const units = await selectUnits(x, false, silent);
        const means = await groupMeans(x, units, groups);
        const lower = cholesky(await pooledCovariance(x, units, groups, means), d);
        const expected = Float64Array.from({ length: n * count }, (_, at) => {
          const [i, g] = [Math.floor(at / count), at % count];
          const centred = values.slice(i * d, i * d + d).map((value, j) =>
            value - means[g * d + j]
          );
          return solveLower(lower, centred, d).reduce((sum, y) => sum + y * y, 0);
        });
        const fitted = await fitTiedGaussians(x, units, groups, { regularization: 0 });
        const [block] = unitBlocks(x, units);
        const distances = await squaredMahalanobis(block, fitted);
        assertAllClose(distances, expected, { rtol: 1e-9, atol: 1e-9 });
      },
    ),
    { numRuns: 40 },
  );
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

Deno.test("classLogDensity() is the log of the sum of the densities of the classes, near or far apart", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.double({ min: 0, max: 12, noNaN: true }), async (seed, apart) => {
      const source = random(seed);
      const [n, d] = [90, 4];
      const labels = Int32Array.from({ length: n }, (_, i) => i % 6);
      const values = Float64Array.from(
        { length: n * d },
        (_, at) => apart * (Math.floor(at / d) % 6) + source.normal(),
      );
      const x = { values, shape: [n, d] as const };
      const units = await selectUnits(x, false, silent);
      const groups = groupByLabel(labels);
      const means = await groupMeans(x, units, groups);
      const covariances = await groupCovariances(x, units, groups, means);
      const fitted = await fitClassGaussians(x, units, groups, { regularization: 0 });
      const expected = Float64Array.from(
        { length: n },
        (_, i) =>
          logSumExp(fitted.logScales.map((logScale, g) => {
            const lower = cholesky(covariances.subarray(g * d * d, (g + 1) * d * d), d);
            const centred = means.subarray(g * d, (g + 1) * d).map((m, j) => values[i * d + j] - m);
            const y = solveLower(lower, centred, d);
            return logScale - y.reduce((sum, value) => sum + value * value, 0) / 2;
          })),
      );
      assertAllClose(await classLogDensity(x, fitted), expected, { rtol: 1e-12, atol: 1e-12 });
    }),
    { numRuns: 40 },
  );
});

Deno.test("oneGroup() and groupByLabel() of one label are the same grouping", () => {
  assert.deepEqual(groupByLabel(new Int32Array(5)), oneGroup(5));
});

Deno.test("quantileOfMany() is the quantile of any kind of values, in any order, equal ones included", async () => {
  const n = 2 ** 20 + 77;
  const source = random(testSeed());
  const drawn = Float32Array.from({ length: n }, () => source.normal());
  const kinds = {
    drawn,
    sorted: drawn.slice().sort(),
    "mostly zeros": drawn.map((value) => value > 1.5 ? value : 0),
    "few far apart": Float64Array.from(drawn, (value) => value > 3 ? 1e300 : -1e300),
    bytes: Uint8Array.from(drawn, (value) => Math.max(0, value * 40)),
  };
  for (const [name, values] of Object.entries(kinds)) {
    for (const share of [0, 1e-7, 0.03, 0.5, 0.9, 0.999, 1]) {
      assert.equal(
        await quantileOfMany(values, share),
        quantile(values, share),
        `${name}, ${share}`,
      );
    }
  }
});

Deno.test("quantileOfMany() finds what its sample does not tell", async () => {
  const n = 2 ** 20;
  const values = new Float64Array(n).fill(1);
  for (let q = 0; q < 4096; q++) values[Math.floor(q * 0.6180339887498949 % 1 * n)] = 2 + q / 4096;
  for (const share of [0.2, 0.999]) {
    assert.equal(await quantileOfMany(values, share), quantile(values, share));
  }
});

Deno.test("quantile() interpolates between numbers that are farther apart than float64 reaches", () => {
  assert.equal(quantile(Float64Array.of(1.5e308, -1.5e308), 0.5), 0);
  assert.equal(quantile(Float64Array.of(1.5e308, -0.5e308), 0.75), 1e308);
  assert.equal(quantile(Float64Array.of(1.5e308, -1.6e308, -0.5e308), 0.875), 1e308);
});

Deno.test("standardizationOf() measures deviations whose squares overflow or vanish", () => {
  for (const unit of [1e200, 1e-200]) {
    const { deviation } = standardizationOf(Float64Array.of(-2 * unit, 2 * unit));
    assertAllClose([deviation], [2 * unit], { rtol: 1e-15 });
  }
});
