import assert from "node:assert/strict";
import {
  cholesky,
  mixtureLength,
  openMixture,
  random,
  squaredMahalanobis,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { ComponentCollapseError } from "../component_collapse_error.ts";
import { atOnce } from "../fixtures/at_once.ts";
import { blockOf, blocksOf } from "./blocks.ts";
import type { CovarianceShape } from "./covariance_shape.ts";
import { covarianceNames, covarianceShapes } from "./shapes.ts";

await useBackend("cpu");

const [n, d, k] = [40, 3, 2];
const source = random(5);
const normals = (length: number) => Float64Array.from({ length }, () => source.normal());
const rows = normals(n * d).map((value, at) => value + (at % d) * (at % (2 * d)));
const about = normals(k * d);
const responsibilities = Float64Array.from({ length: n * k }, (_, at) => {
  return at % k === 0 ? 0.1 + 0.7 * (at % 3) / 2 : 0.9 - 0.7 * ((at - 1) % 3) / 2;
});

/** Moments of one set of rows about points that are not their means, and the M-step's covariances. */
async function maximized(covariance: (typeof covarianceNames)[number]) {
  using session = openMixture({ values: rows, shape: [n, d] }, covariance);
  const { counts, sums, scatter } = await session.moments(responsibilities, about);
  const shifts = sums.map((sum, at) => sum / counts[Math.floor(at / d)]);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const covariances = atOnce(
    covarianceShapes[covariance].maximize({ scatter, counts, shifts, total }, 0),
  );
  return { covariances, means: about.map((value, at) => value + shifts[at]) };
}

for (const covariance of covarianceNames) {
  const shape = covarianceShapes[covariance];
  const { layout } = shape;

  Deno.test(`covarianceShapes["${covariance}"].precisionFactor() inverts a block`, async () => {
    const { covariances } = await maximized(covariance);
    assert.equal(covariances.length, mixtureLength(layout, k, d));
    for (const block of blocksOf(covariances, layout, d)) {
      const sigma = shape.toMatrix(block, d);
      const factor = shape.precisionFactor(block, d, 0);
      assert.equal(factor.length, block.length);
      const w = shape.toMatrix(factor, d);
      assertAllClose(product(product(w, sigma), transposed(w)), identity(), { atol: 1e-12 });
      const variances = [0, 1, 2].map((j) => sigma[j * d + j]);
      assert.deepEqual([...new Set(variances)], [...new Set(shape.variances(block, d))]);
      const v = normals(d).map(Math.abs);
      const square = squaredMahalanobis(v, factor, 0, layout);
      assert.ok(shape.boundSquaredLength(factor, v) >= square * (1 - 1e-14));
      const wide = block.map((value) => 9 * value);
      assertAllClose([atOnce(shape.boundVariance(wide, factor, d))], [9], { rtol: 1e-12 });
      assert.throws(
        () => shape.precisionFactor(block.map(() => 0), d, 1),
        (error) => error instanceof ComponentCollapseError && error.component === 1,
      );
    }
  });

  Deno.test(`covarianceShapes["${covariance}"].spread() multiplies rows by the Cholesky factor of a block`, async () => {
    const { covariances } = await maximized(covariance);
    for (const block of blocksOf(covariances, layout, d)) {
      // Those in between stay as they are.
      const rows = [1, 2, 4, 5, 7, 8];
      const values = normals(9 * d);
      const given = values.slice();
      atOnce(shape.spread(block, { values, rows, d }));
      const lower = cholesky(shape.toMatrix(block, d), d);
      for (let row = 0; row < 9; row++) {
        const z = given.slice(row * d, row * d + d);
        const expected = rows.includes(row)
          ? z.map((_, i) => dot(lower.slice(i * d, i * d + d), z))
          : z;
        assert.deepEqual(values.slice(row * d, row * d + d), expected);
      }
    }
  });

  Deno.test(`covarianceShapes["${covariance}"].longestAxis() has the largest variance, and shrink() reduces it`, async () => {
    const { covariances } = await maximized(covariance);
    for (const block of blocksOf(covariances, layout, d)) {
      const sigma = shape.toMatrix(block, d);
      const { variance, direction } = await shape.longestAxis(block, d);
      assertAllClose([varianceAlong(sigma, direction)], [variance], { rtol: 1e-12 });
      for (let trial = 0; trial < 100; trial++) {
        const other = normals(d);
        const length = Math.hypot(...other);
        const along = varianceAlong(sigma, other.map((value) => value / length));
        assert.ok(along <= variance * (1 + 1e-12));
      }
      const shrunk = block.slice();
      shape.shrink(shrunk, direction, variance / 4);
      shape.precisionFactor(shrunk, d, 0);
      const left = varianceAlong(shape.toMatrix(shrunk, d), direction);
      const wanted = layout.block === "scalar" ? variance : variance * 3 / 4;
      assertAllClose([left], [wanted], { rtol: 1e-12 });
    }
    const one = Float64Array.of(4);
    shape.shrink(one, Float64Array.of(1), 1);
    assert.deepEqual([...one], [3]);
  });

  Deno.test(`covarianceShapes["${covariance}"].maximize() returns covariances that no change makes likelier`, async () => {
    const { covariances, means } = await maximized(covariance);
    const best = expectedLogLikelihood(shape, covariances, means);
    covariances.forEach((value, at) => {
      // A matrix is moved along both of its triangles: here it is enough to move its variances.
      if (layout.block === "matrix" && at % (d * d) % (d + 1) !== 0) return;
      for (const change of [0.99, 1.01]) {
        const moved = covariances.slice();
        moved[at] = value * change;
        assert.ok(expectedLogLikelihood(shape, moved, means) < best, `${at} ${change}`);
      }
    });
  });

  Deno.test(`covarianceShapes["${covariance}"].addDerivatives() agrees with derivatives by the matrix of a block`, () => {
    const length = blocksOf(new Float64Array(mixtureLength(layout, 1, d)), layout, d)[0].length;
    const [derivatives, block] = [normals(d * d), normals(length)];
    const gathered = new Float64Array(length);
    shape.addDerivatives(gathered, derivatives, d);
    const matrix = shape.toMatrix(block, d);
    assertAllClose([dot(gathered, block)], [dot(derivatives, matrix)], { rtol: 1e-12 });
  });
}

/** Σ γ·log N(x; μ, Σ) but for what Σ has no part in. */
function expectedLogLikelihood(
  shape: CovarianceShape,
  covariances: Float64Array,
  means: Float64Array,
): number {
  let sum = 0;
  for (let c = 0; c < k; c++) {
    const block = blockOf(covariances, shape.layout, d, c);
    const lower = cholesky(shape.toMatrix(block, d), d);
    const logDeterminant = [0, 1, 2].reduce((sum, j) => sum + Math.log(lower[j * d + j]), 0);
    const factor = shape.precisionFactor(block, d, c);
    for (let i = 0; i < n; i++) {
      const v = rows.slice(i * d, i * d + d).map((value, j) => value - means[c * d + j]);
      const square = squaredMahalanobis(v, factor, 0, shape.layout);
      sum -= responsibilities[i * k + c] * (logDeterminant + square / 2);
    }
  }
  return sum;
}

function identity(): Float64Array {
  return Float64Array.from({ length: d * d }, (_, at) => at % (d + 1) === 0 ? 1 : 0);
}

function transposed(matrix: Float64Array): Float64Array {
  return matrix.map((_, at) => matrix[at % d * d + Math.floor(at / d)]);
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((_, at) => {
    const [row, column] = [Math.floor(at / d), at % d];
    return [0, 1, 2].reduce((sum, p) => sum + a[row * d + p] * b[p * d + column], 0);
  });
}

function varianceAlong(sigma: Float64Array, direction: Float64Array): number {
  return sigma.reduce(
    (sum, value, at) => sum + value * direction[at % d] * direction[Math.floor(at / d)],
    0,
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at], 0);
}

Deno.test("covarianceShapes.full.boundVariance() is the largest row sum of |W Σ Wᵀ|, by loops as by products", () => {
  for (const size of [1, 2, 31, 32, 33]) {
    const a = normals(size * size);
    const at = (i: number, j: number) => i * size + j;
    const [sigma, w] = [new Float64Array(size * size), new Float64Array(size * size)];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        for (let p = 0; p < size; p++) sigma[at(i, j)] += a[at(i, p)] * a[at(j, p)];
        if (j <= i) w[at(i, j)] = a[at(j, i)];
      }
    }
    const sums = Array.from({ length: size }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < size; j++) {
        let entry = 0;
        for (let p = 0; p < size; p++) {
          for (let q = 0; q < size; q++) entry += w[at(i, p)] * sigma[at(p, q)] * w[at(j, q)];
        }
        sum += Math.abs(entry);
      }
      return sum;
    });
    const bound = atOnce(covarianceShapes.full.boundVariance(sigma, w, size));
    assertAllClose([bound], [Math.max(...sums)], { rtol: 1e-10 });
  }
});

Deno.test("covarianceShapes.full.boundVariance() needs no product near the matrix of the factor", () => {
  const own = Float64Array.of(4, 1, 1, 9);
  const sigma = Float64Array.of(4.5, 1.25, 1.25, 9);
  const factor = covarianceShapes.full.precisionFactor(own, 2, 0);
  const [a, b, c] = [factor[0], Math.abs(factor[2]), factor[3]];
  const rough = 1 + Math.max(a, b + c) * 0.75 * Math.max(a + b, c);
  const bound = (enough: number) =>
    atOnce(covarianceShapes.full.boundVariance(sigma, factor, 2, { own, enough }));
  assertAllClose([bound(rough + 1e-9)], [rough], { rtol: 1e-12 });
  assert.ok(bound(rough - 1e-9) < 0.99 * rough);
});
