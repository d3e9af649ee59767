import assert from "node:assert/strict";
import { type HostMatrix, matrixSource, random, RowReader } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { classLogDensity, fitClassGaussians } from "./class_gaussians.ts";
import { groupByLabel } from "./groups.ts";
import { inputCovariance } from "./input_covariance.ts";
import { groupMeans } from "./moments.ts";
import { fitTiedGaussians, nearestSquaredMahalanobis } from "./tied_gaussians.ts";
import { BLOCK_ROWS, selectUnits } from "./unit_selection.ts";

const [n, d] = [1700, 5];
const context = { note: () => {} };
const options = { regularization: 1e-6 };

/** Rows of which column 1 is constant, and column 3 within each block, but not from one to the next. */
function made(isSparse: boolean, scale = 1): HostMatrix {
  const source = random(testSeed());
  const values = Float64Array.from({ length: n * d }, (_, at) => {
    if (at % d === 1) return 4;
    if (at % d === 3) return at < 1024 * d ? 0 : scale;
    return isSparse && source.next() < 0.8 ? 0 : scale * (at % d + source.normal());
  });
  return { values, shape: [n, d] };
}

/** The rows in blocks of a multiple of 512 rows, from sources that are cut at other places. */
function* readersOf(x: HostMatrix): Generator<RowReader> {
  for (const cut of [1, 100, 512, 700, n]) {
    for (const blocks of [1, 2]) {
      const blockValues = blocks * BLOCK_ROWS * d;
      yield new RowReader(matrixSource(x, cut), "x", { blockValues });
    }
  }
}

const classes = random(testSeed() + 1);
const groups = groupByLabel(Int32Array.from({ length: n }, () => classes.integer(3)));

for (const scale of [1, 2 ** 300]) {
  Deno.test(`selectUnits() of blocks is that of the matrix, at the scale ${scale}`, async () => {
    const x = made(false, scale);
    for (const normalize of [false, true]) {
      const expected = await selectUnits(x, normalize, context);
      assert.deepEqual(expected.kept, Uint32Array.of(0, 2, 3, 4));
      assert.equal(expected.exponent !== undefined, scale > 1 && !normalize);
      for (const rows of readersOf(x)) {
        assert.deepEqual(await selectUnits(rows, normalize, context), expected);
      }
    }
  });
}

Deno.test("Gaussians fitted to blocks, and their distances, have the bits of the matrix", async () => {
  const x = made(false);
  for (const normalize of [false, true]) {
    const units = await selectUnits(x, normalize, context);
    const tied = await fitTiedGaussians(x, units, groups, options);
    const each = await fitClassGaussians(x, units, groups, options);
    const distances = await nearestSquaredMahalanobis(x, tied);
    const densities = await classLogDensity(x, each);
    for (const rows of readersOf(x)) {
      assert.deepEqual(await fitTiedGaussians(rows, units, groups, options), tied);
      assert.deepEqual(await fitClassGaussians(rows, units, groups, options), each);
      assert.deepEqual(await nearestSquaredMahalanobis(rows, tied), distances);
      assert.deepEqual(await classLogDensity(rows, each), densities);
    }
  }
});

Deno.test("inputCovariance() of blocks has the bits of the matrix, of few zeros and of many", async () => {
  for (const isSparse of [false, true]) {
    const x = made(isSparse);
    const units = await selectUnits(x, false, context);
    const means = await groupMeans(x, units, groups);
    const expected = await inputCovariance(x, units, groups, means);
    for (const rows of readersOf(x)) {
      assert.deepEqual(await inputCovariance(rows, units, groups, means), expected);
    }
  }
});
