import type { EmOutcome } from "./expectation_maximization.ts";

/** The contents of a model. */
export interface FittedMixture extends EmOutcome {
  /** Remarks on the fit. */
  readonly notes: readonly string[];
}
