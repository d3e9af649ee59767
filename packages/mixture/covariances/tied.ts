import { mixtureShapes } from "@mixtape/tensor-utils";
import type { CovarianceShape } from "./covariance_shape.ts";
import { divideScatter, isWide, matrixBlock, subtractOuter } from "./matrix_block.ts";

/** One matrix for all components: Σ = (S − ΣN·δδᵀ)/n. */
export const tied: CovarianceShape = {
  ...matrixBlock,
  layout: mixtureShapes.tied,

  *maximize({ scatter, counts, shifts, total }, regularization) {
    const d = shifts.length / counts.length;
    const covariance = scatter.slice();
    for (let c = 0; c < counts.length; c++) {
      subtractOuter(covariance, shifts.subarray(c * d, c * d + d), counts[c]);
      if (isWide(d)) yield;
    }
    if (isWide(d)) yield;
    divideScatter(covariance, total, d, regularization);
    return covariance;
  },
};
