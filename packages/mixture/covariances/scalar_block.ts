import { done } from "../steps.ts";
import type { CovarianceBlock } from "./covariance_shape.ts";
import { inverseDeviation } from "./inverse_deviation.ts";
import { scaleRows } from "./spread_rows.ts";

/** Blocks that are one variance for all columns. */
export const scalarBlock: CovarianceBlock = {
  freeParameters: () => 1,

  check() {},

  precisionFactor: ([variance], _d, component) =>
    Float64Array.of(inverseDeviation(variance, component)),

  variances: (variance) => variance,

  boundSquaredLength([factor], v) {
    let square = 0;
    for (const value of v) {
      const y = factor * value;
      square += y * y;
    }
    return square;
  },

  boundVariance: ([variance], [factor]) => done(variance * factor ** 2),

  spread: ([variance], rows) => scaleRows(rows, new Float64Array(rows.d).fill(Math.sqrt(variance))),

  longestAxis([variance], d) {
    const direction = new Float64Array(d);
    direction[0] = 1;
    return { variance, direction };
  },

  shrink(block, direction, variance) {
    // One variance cannot be less in one of several directions.
    if (direction.length === 1) block[0] -= variance;
  },

  toMatrix([value], d) {
    const matrix = new Float64Array(d * d);
    for (let j = 0; j < d; j++) matrix[j * d + j] = value;
    return matrix;
  },

  addDerivatives(block, matrix, d) {
    for (let j = 0; j < d; j++) block[0] += matrix[j * d + j];
  },
};
