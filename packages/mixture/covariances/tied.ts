import { mixtureShapes } from "@mixtape/tensor-utils";
import type { CovarianceShape } from "./covariance_shape.ts";
import { divideScatter, matrixBlock, subtractOuter } from "./matrix_block.ts";

/** One matrix for all components: Σ = (S − ΣN·δδᵀ)/n. */
export const tied: CovarianceShape = {
  ...matrixBlock,
  layout: mixtureShapes.tied,

  maximize({ scatter, counts, shifts, total }, regularization) {
    const d = shifts.length / counts.length;
    const covariance = scatter.slice();
    counts.forEach((count, c) => {
      subtractOuter(covariance, shifts.subarray(c * d, c * d + d), count);
    });
    divideScatter(covariance, total, d, regularization);
    return covariance;
  },
};
