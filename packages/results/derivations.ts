import type { z } from "zod";
import type { Envelope } from "./envelope.ts";
import { flag, list, magnitude, number, oneOf, positive, record } from "./checks.ts";

/** A statement of a derivation that a machine can check. */
export type CheckId =
  | "missing-gradient-vanishes"
  | "missing-gradient-matches-differences"
  | "missing-cost-never-rises"
  | "missing-cost-matches-monte-carlo"
  | "missing-equals-filled-lloyd"
  | "missing-variance-moves-no-assignment"
  | "mixture-gradient-vanishes"
  | "mixture-gradient-matches-differences"
  | "mixture-bound-never-falls"
  | "mixture-bound-is-tight"
  | "mixture-weights-sum-to-one"
  | "mixture-moments-match-monte-carlo";

/** All statements that are checked, in the order of the derivations. */
export const checkIds: readonly CheckId[] = [
  "missing-cost-matches-monte-carlo",
  "missing-variance-moves-no-assignment",
  "missing-gradient-matches-differences",
  "missing-gradient-vanishes",
  "missing-equals-filled-lloyd",
  "missing-cost-never-rises",
  "mixture-bound-is-tight",
  "mixture-gradient-matches-differences",
  "mixture-gradient-vanishes",
  "mixture-weights-sum-to-one",
  "mixture-bound-never-falls",
  "mixture-moments-match-monte-carlo",
];

/** A statement and by how much it fails to hold. */
export interface DerivationCheck {
  /** Which statement. */
  readonly id: CheckId;
  /** The largest deviation that was seen; for a Monte-Carlo check in standard errors. */
  readonly error: number;
  /** The largest deviation that is accepted. */
  readonly tolerance: number;
  /** Whether the deviation is accepted. */
  readonly passed: boolean;
  /** How many cases (entries, steps, draws of data) were looked at. */
  readonly cases: number;
}

/** A closed form beside its brute-force estimate. */
export interface MonteCarloEstimate {
  /** The statement it belongs to. */
  readonly id: CheckId;
  /** What the formula says. */
  readonly closedForm: number;
  /** What sampling says. */
  readonly estimate: number;
  /** Standard error of the estimate. */
  readonly standardError: number;
  /** Draws. */
  readonly draws: number;
}

/** What the experiment `derivations` found. */
export interface DerivationsPayload {
  /** Every check. */
  readonly checks: readonly DerivationCheck[];
  /** Expected cost of k-means with missing entries, by half step: assignment, update, assignment… */
  readonly missingCost: readonly number[];
  /** Log-likelihood of the mixture by EM step. */
  readonly mixtureLogLikelihood: readonly number[];
  /** Closed forms beside their estimates. */
  readonly monteCarlo: readonly MonteCarloEstimate[];
}

const checkId = oneOf<CheckId>(checkIds);

/** The schema of {@link DerivationsPayload}. */
export const derivationsPayload: z.ZodType<DerivationsPayload> = record<DerivationsPayload>({
  checks: list(
    record<DerivationCheck>({
      id: checkId,
      error: magnitude,
      tolerance: magnitude,
      passed: flag,
      cases: positive,
    }),
    1,
  ),
  missingCost: list(number, 2),
  mixtureLogLikelihood: list(number, 2),
  monteCarlo: list(
    record<MonteCarloEstimate>({
      id: checkId,
      closedForm: number,
      estimate: number,
      standardError: magnitude,
      draws: positive,
    }),
  ),
});

/** The result of the experiment `derivations`. */
export type DerivationsResult = Envelope<"derivations", DerivationsPayload>;
