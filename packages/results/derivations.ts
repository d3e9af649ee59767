import type { z } from "zod";
import type { Envelope } from "./envelope.ts";
import { flag, list, magnitude, number, oneOf, positive, record } from "./checks.ts";

/** Identifier of a statement in a derivation that is checked numerically. */
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

/** The identifiers of all checked statements, in the order of the derivations. */
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

/** A checked statement, and the largest deviation from it. */
export interface DerivationCheck {
  /** The statement. */
  readonly id: CheckId;
  /** Largest deviation that was seen; for a Monte Carlo check in standard errors. */
  readonly error: number;
  /** Largest deviation that is accepted. */
  readonly tolerance: number;
  /** True if the deviation is accepted: `error` is at most `tolerance`. */
  readonly passed: boolean;
  /** Number of cases (entries, steps or draws of data) that were checked. */
  readonly cases: number;
}

/** The value of a closed form, and its estimate by Monte Carlo. */
export interface MonteCarloEstimate {
  /** The statement that the formula belongs to. */
  readonly id: CheckId;
  /** Value of the formula. */
  readonly closedForm: number;
  /** Mean of the draws. */
  readonly estimate: number;
  /** Standard error of `estimate`. */
  readonly standardError: number;
  /** Number of draws. */
  readonly draws: number;
}

/** The payload of the experiment `derivations`. */
export interface DerivationsPayload {
  /** The checks, at least one. */
  readonly checks: readonly DerivationCheck[];
  /** Expected cost of k-means with missing entries after each half step: assignment, update, assignment … */
  readonly missingCost: readonly number[];
  /** Log-likelihood of the mixture after each EM iteration, in nats. */
  readonly mixtureLogLikelihood: readonly number[];
  /** Closed forms and their Monte Carlo estimates. */
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
