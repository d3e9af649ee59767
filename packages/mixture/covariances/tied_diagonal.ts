import { mixtureShapes } from "@mixtape/tensor-utils";
import { done } from "../steps.ts";
import type { CovarianceShape } from "./covariance_shape.ts";
import { diagonalBlock } from "./diagonal_block.ts";

/** One diagonal for all components: σ² = (s − ΣN·δ²)/n in each column. */
export const tiedDiagonal: CovarianceShape = {
  ...diagonalBlock,
  layout: mixtureShapes["tied-diagonal"],

  maximize({ scatter, counts, shifts, total }, regularization) {
    const d = scatter.length;
    return done(scatter.map((value, j) => {
      const shift = counts.reduce((sum, count, c) => sum + count * shifts[c * d + j] ** 2, 0);
      return Math.max(0, value - shift) / total + regularization;
    }));
  },
};
