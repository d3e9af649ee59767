import { mixtureShapes } from "@mixtape/tensor-utils";
import { done } from "../steps.ts";
import type { CovarianceShape } from "./covariance_shape.ts";
import { diagonalBlock } from "./diagonal_block.ts";

/** A diagonal for each component: σ² = s/N − δ² in each column. */
export const diagonal: CovarianceShape = {
  ...diagonalBlock,
  layout: mixtureShapes.diagonal,

  maximize({ scatter, counts, shifts }, regularization) {
    const d = shifts.length / counts.length;
    return done(
      scatter.map((value, at) =>
        Math.max(0, value / counts[Math.floor(at / d)] - shifts[at] ** 2) + regularization
      ),
    );
  },
};
