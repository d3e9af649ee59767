import { mixtureShapes } from "@mixtape/tensor-utils";
import { done } from "../steps.ts";
import type { CovarianceShape } from "./covariance_shape.ts";
import { scalarBlock } from "./scalar_block.ts";

/** One variance for each component: σ² = (tr S/N − |δ|²)/d. */
export const spherical: CovarianceShape = {
  ...scalarBlock,
  layout: mixtureShapes.spherical,

  maximize({ scatter, counts, shifts }, regularization) {
    const d = shifts.length / counts.length;
    return done(scatter.map((value, c) => {
      const shift = shifts.subarray(c * d, c * d + d).reduce((sum, s) => sum + s * s, 0);
      return Math.max(0, value / counts[c] - shift) / d + regularization;
    }));
  },
};
