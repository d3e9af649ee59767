import { mixtureShapes } from "@mixtape/tensor-utils";
import type { CovarianceShape } from "./covariance_shape.ts";
import { divideScatter, matrixBlock, subtractOuter } from "./matrix_block.ts";

/** A matrix for each component: Σ = S/N − δδᵀ. */
export const full: CovarianceShape = {
  ...matrixBlock,
  layout: mixtureShapes.full,

  maximize({ scatter, counts, shifts }, regularization) {
    const d = shifts.length / counts.length;
    const covariances = scatter.slice();
    counts.forEach((count, c) => {
      const matrix = covariances.subarray(c * d * d, (c + 1) * d * d);
      subtractOuter(matrix, shifts.subarray(c * d, c * d + d), count);
      divideScatter(matrix, count, d, regularization);
    });
    return covariances;
  },
};
