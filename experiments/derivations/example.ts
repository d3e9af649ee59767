import { exampleEnvelope } from "@mixtape/report-site/testing";
import { checkIds, type DerivationsResult } from "@mixtape/results";
import { indicesOf } from "../indices_of.ts";

function derivationsResult(): DerivationsResult {
  return exampleEnvelope("derivations", {
    checks: checkIds.map((id, at) => ({
      id,
      error: at * 1e-13,
      tolerance: 1e-9,
      passed: id !== "mixture-weights-sum-to-one",
      cases: 12,
    })),
    missingCost: indicesOf(8).map((step) => 1e5 * (1 + 0.8 ** step)),
    mixtureLogLikelihood: indicesOf(8).map((step) => -1e4 * (1 + 0.7 ** step)),
    monteCarlo: [{
      id: "missing-cost-matches-monte-carlo",
      closedForm: 12.5,
      estimate: 12.49,
      standardError: 0.02,
      draws: 100_000,
    }],
  });
}

/** A made-up result that conforms, for tests. */
export const example: DerivationsResult = derivationsResult();
