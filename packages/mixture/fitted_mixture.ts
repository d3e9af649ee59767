import type { EmOutcome } from "./expectation_maximization.ts";

/** What a model is made of. */
export interface FittedMixture extends EmOutcome {
  /** Remarks on the fit. */
  readonly notes: readonly string[];
}
