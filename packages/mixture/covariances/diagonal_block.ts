import { done } from "../steps.ts";
import type { CovarianceBlock } from "./covariance_shape.ts";
import { inverseDeviation } from "./inverse_deviation.ts";
import { scaleRows } from "./spread_rows.ts";

/** Blocks that are the d variances of a diagonal. */
export const diagonalBlock: CovarianceBlock = {
  freeParameters: (d) => d,

  check() {},

  precisionFactor(variances, _d, component) {
    return variances.map((variance) => inverseDeviation(variance, component));
  },

  variances: (variances) => variances,

  boundSquaredLength(factor, v) {
    let square = 0;
    for (let j = 0; j < v.length; j++) {
      const y = factor[j] * v[j];
      square += y * y;
    }
    return square;
  },

  boundVariance(variances, factor) {
    const ratios = variances.map((variance, j) => variance * factor[j] ** 2);
    return done(ratios.reduce((most, ratio) => Math.max(most, ratio), 0));
  },

  spread: (variances, rows) => scaleRows(rows, variances.map(Math.sqrt)),

  longestAxis(variances, d) {
    const variance = Math.max(...variances);
    const direction = new Float64Array(d);
    direction[variances.indexOf(variance)] = 1;
    return { variance, direction };
  },

  shrink(variances, direction, variance) {
    variances.forEach((value, j) => variances[j] = value - variance * direction[j] ** 2);
  },

  toMatrix(block, d) {
    const matrix = new Float64Array(d * d);
    for (let j = 0; j < d; j++) matrix[j * d + j] = block[j];
    return matrix;
  },

  addDerivatives(block, matrix, d) {
    for (let j = 0; j < d; j++) block[j] += matrix[j * d + j];
  },
};
