import type { EmOutcome } from "./expectation_maximization.ts";

/** The outcome of a fit. */
export interface FittedMixture extends EmOutcome {
  /** Remarks on the fit. */
  readonly notes: readonly string[];
}

/** The contents of a model. */
export interface MixtureContents extends Omit<FittedMixture, "factors"> {
  /** Factors of its covariances; absent if it was read from a file: they are computed when densities need them. */
  readonly factors?: FittedMixture["factors"];
}
