import assert from "node:assert/strict";
import fc from "fast-check";
import { mixtureLength, mixtureShapes, random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { ComponentCollapseError } from "../component_collapse_error.ts";
import { atOnce } from "../fixtures/at_once.ts";
import { blocksOf } from "./blocks.ts";
import { covarianceNames, covarianceShapes } from "./shapes.ts";

const d = 3;

/** A block of the shape, positive definite, in which every number differs. */
function anyBlock(covariance: (typeof covarianceNames)[number], seed: number): Float64Array {
  const { layout } = covarianceShapes[covariance];
  const source = random(seed);
  const root = Float64Array.from({ length: d * d }, () => source.normal());
  const matrix = Float64Array.from({ length: d * d }, (_, at) => {
    const [a, b] = [Math.floor(at / d), at % d];
    const product = root.subarray(a * d, a * d + d)
      .reduce((sum, value, p) => sum + value * root[b * d + p], 0);
    return product + (a === b ? 0.3 : 0);
  });
  if (layout.block === "matrix") return matrix;
  const diagonal = [0, 4, 8].map((at) => matrix[at]);
  return Float64Array.from(layout.block === "diagonal" ? diagonal : diagonal.slice(0, 1));
}

for (const covariance of covarianceNames) {
  const shape = covarianceShapes[covariance];

  Deno.test(`covarianceShapes["${covariance}"] property: bounds hold in every direction, and are met where blocks are no matrices`, () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e6 }), (seed) => {
        const [block, other] = [anyBlock(covariance, seed), anyBlock(covariance, seed + 1)];
        const factor = shape.precisionFactor(other, d, 0);
        const bound = atOnce(shape.boundVariance(block, factor, d));
        const nearer = (block: Float64Array, enough: number) =>
          atOnce(shape.boundVariance(block, factor, d, { own: other, enough }));
        const rough = nearer(block, Infinity);
        assert.ok(bound <= rough * (1 + 1e-9), `${bound} ${rough}`);
        assert.equal(nearer(block, rough * (1 - 1e-9)), bound);
        assertAllClose([nearer(other, Infinity)], [1], { rtol: 1e-9 });
        const [a, b] = [shape.toMatrix(block, d), shape.toMatrix(other, d)];
        const w = shape.toMatrix(factor, d);
        const source = random(seed);
        let most = 0;
        for (let trial = 0; trial < 30; trial++) {
          const direction = trial < d
            ? Float64Array.from({ length: d }, (_, j) => Number(j === trial))
            : Float64Array.from({ length: d }, () => source.normal());
          const along = (matrix: Float64Array) =>
            matrix.reduce(
              (sum, value, at) => sum + value * direction[at % d] * direction[Math.floor(at / d)],
              0,
            );
          most = Math.max(most, along(a) / along(b));
        }
        assert.ok(most <= bound * (1 + 1e-9), `${most} ${bound}`);
        if (shape.layout.block !== "matrix") assertAllClose([bound], [most], { rtol: 1e-9 });
        // No sum of absolute values in a row of d is more than d times the largest eigenvalue.
        let trace = 0;
        for (let i = 0; i < d; i++) {
          for (let p = 0; p < d * d; p++) {
            trace += w[i * d + Math.floor(p / d)] * a[p] * w[i * d + p % d];
          }
        }
        assert.ok(bound <= d * trace);
        const v = Float64Array.from({ length: d }, () => Math.abs(source.normal()));
        let length = 0;
        for (let i = 0; i < d; i++) {
          let y = 0;
          for (let j = 0; j < d; j++) y += Math.abs(w[i * d + j]) * v[j];
          length += y * y;
        }
        assertAllClose([shape.boundSquaredLength(factor, v)], [length], { rtol: 1e-12 });
      }),
      { seed: testSeed(), numRuns: 40 },
    );
  });

  Deno.test(`covarianceShapes["${covariance}"].maximize() has the shifts taken off, weighed, and regularization on variances alone`, () => {
    const counts = Float64Array.of(2, 6);
    const shifts = Float64Array.of(1, -2, 3, 0.5, 4, -1);
    const own = [anyBlock("full", 5), anyBlock("full", 6)];
    // Scatter about points that lie a shift away from means: N·(Σ + δδᵀ).
    const matrices = own.map((sigma, c) =>
      sigma.map((value, at) => {
        const [a, b] = [Math.floor(at / d), at % d];
        return counts[c] * (value + shifts[c * d + a] * shifts[c * d + b]);
      })
    );
    const reduced = (all: Float64Array[]) => {
      const { block, shared } = shape.layout;
      const one = shared ? [all[0].map((value, at) => value + all[1][at])] : all;
      return one.flatMap((matrix) => {
        if (block === "matrix") return [...matrix];
        const diagonal = [0, 4, 8].map((at) => matrix[at]);
        return block === "diagonal" ? diagonal : [diagonal.reduce((sum, value) => sum + value)];
      });
    };
    const scatter = Float64Array.from(reduced(matrices));
    const given = scatter.slice();
    const actual = atOnce(shape.maximize({ scatter, counts, shifts, total: 8 }, 0.125));
    const { block, shared } = shape.layout;
    const scaled = own.map((sigma, c) =>
      sigma.map((value) => shared ? value * counts[c] / 8 : value)
    );
    const size = shape.layout.block === "matrix" ? d * d : block === "diagonal" ? d : 1;
    const expected = reduced(scaled).map((value, at) => {
      const isVariance = block !== "matrix" || at % size % (d + 1) === 0;
      return (block === "scalar" ? value / d : value) + (isVariance ? 0.125 : 0);
    });
    assert.equal(actual.length, mixtureLength(shape.layout, 2, d));
    assertAllClose(actual, expected, { rtol: 1e-12 });
    assert.deepEqual(scatter, given);
  });

  if (shape.layout.block === "matrix") continue;
  Deno.test(`covarianceShapes["${covariance}"].maximize() takes a variance that rounding left below 0 for 0`, () => {
    const length = mixtureLength(shape.layout, 2, d);
    const about = {
      counts: Float64Array.of(1, 2),
      shifts: new Float64Array(2 * d).fill(1),
      total: 3,
    };
    const none = atOnce(shape.maximize({ ...about, scatter: new Float64Array(length) }, 0.5));
    assert.deepEqual([...none], Array(length).fill(0.5));
    assert.throws(
      () => shape.precisionFactor(blocksOf(none.map(() => -0.5), shape.layout, d)[0], d, 1),
      {
        name: "ComponentCollapseError",
        component: 1,
        message:
          "Cannot fit the mixture: component 1 has a variance of -0.5, raise regularization, " +
          "fit fewer components, or choose a covariance with fewer parameters",
      },
    );
    const infinite = new Float64Array(length).fill(Infinity);
    assert.throws(() => shape.precisionFactor(infinite, d, 0), ComponentCollapseError);
  });
}

Deno.test("covarianceShapes has each shape under the name of its layout", () => {
  assert.deepEqual(covarianceNames, ["full", "tied", "diagonal", "tied-diagonal", "spherical"]);
  for (const name of covarianceNames) {
    assert.equal(covarianceShapes[name].layout, mixtureShapes[name]);
  }
});

Deno.test("covarianceShapes.full.check() takes mirrored elements that differ by 1e-8 of one, and no more", () => {
  const { full } = covarianceShapes;
  const off = (by: number) => Float64Array.of(1, 0.5, 0.2, 0.5 * (1 + by), 2, 0.3, 0.2, 0.3, 3);
  full.check(off(0.9e-8), 3, "sigma");
  full.check(off(-0.9e-8), 3, "sigma");
  assert.throws(() => full.check(off(1.1e-8), 3, "sigma"), {
    name: "RangeError",
    message:
      /^Cannot use sigma: the element in row 0, column 1 is 0.5, that in row 1, column 0 is 0.500000005/,
  });
  assert.throws(
    () => full.check(Float64Array.of(1, 0, 0.5, 1), 2, "sigma"),
    /column 1 is 0, that in row 1, column 0 is 0.5,/,
  );
});

Deno.test("covarianceShapes.full.precisionFactor() names a column that others explain up to 2e-11, and what mends it", () => {
  const { full } = covarianceShapes;
  const depending = (share: number) => Float64Array.of(4, 4, 4, 4 + 4 * share);
  assert.equal(full.precisionFactor(depending(2.1e-11), 2, 0).length, 4);
  assert.throws(() => full.precisionFactor(depending(1.9e-11), 2, 3), {
    name: "ComponentCollapseError",
    message: "Cannot fit the mixture: component 3 has a covariance that is not positive definite " +
      "(column 1 depends on those before it), raise regularization to 2e-10 or more, " +
      "fit fewer components, or choose a covariance with fewer parameters",
  });
  assert.throws(() => full.precisionFactor(Float64Array.of(0, 0, 0, 1), 2, 2), {
    message: "Cannot fit the mixture: component 2 has a variance of 0 in column 0, " +
      "raise regularization, fit fewer components, or choose a covariance with fewer parameters",
  });
  const last = Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, -7);
  assert.throws(() => full.precisionFactor(last, 3, 0), /column 2 depends/);
});
