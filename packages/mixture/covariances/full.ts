import { mixtureShapes } from "@mixtape/tensor-utils";
import type { CovarianceShape } from "./covariance_shape.ts";
import { divideScatter, isWide, matrixBlock, subtractOuter } from "./matrix_block.ts";

/** A matrix for each component: Σ = S/N − δδᵀ. */
export const full: CovarianceShape = {
  ...matrixBlock,
  layout: mixtureShapes.full,

  *maximize({ scatter, counts, shifts }, regularization) {
    const d = shifts.length / counts.length;
    const covariances = new Float64Array(scatter.length);
    for (let c = 0, at = 0; at < scatter.length; c++, at += d * d) {
      const matrix = covariances.subarray(at, at + d * d);
      matrix.set(scatter.subarray(at, at + d * d));
      subtractOuter(matrix, shifts.subarray(c * d, c * d + d), counts[c]);
      if (isWide(d)) yield;
      divideScatter(matrix, counts[c], d, regularization);
      if (isWide(d)) yield;
    }
    return covariances;
  },
};
