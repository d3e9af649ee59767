import type { CheckId } from "@mixtape/results";

/** Texts that the two derivations share. */
export const derivations = {
  checksTitle: "Checked by machine",
  checksIntro:
    "Each statement was put to a program that knows nothing of this page: it computes both sides and reports how far they are apart.",
  checksNotRun: "The machine checks have not been run yet. To run them:",
  check: (passed: boolean): string => passed ? "holds" : "fails",
  checkBounds: (error: string, tolerance: string, cases: string): string =>
    `largest deviation ${error}, accepted ${tolerance}, ${cases} cases`,
  columns: {
    statement: "Statement",
    error: "Largest deviation",
    tolerance: "Accepted",
    cases: "Cases",
    passed: "Holds",
  },
  statements: {
    "missing-gradient-vanishes": "At convergence the gradient of the expected cost vanishes",
    "missing-gradient-matches-differences":
      "The gradient of the expected cost matches finite differences",
    "missing-cost-never-rises": "No half step raises the expected cost",
    "missing-cost-matches-monte-carlo":
      "The closed form of the expected cost matches a brute-force average (in standard errors)",
    "missing-equals-filled-lloyd": "The algorithm is Lloyd's on filled data plus a constant",
    "missing-variance-moves-no-assignment": "The prior variance moves no assignment",
    "mixture-gradient-vanishes": "At convergence the gradient of the log-likelihood vanishes",
    "mixture-gradient-matches-differences":
      "The gradient of the log-likelihood matches finite differences",
    "mixture-bound-never-falls": "No EM step lowers the log-likelihood",
    "mixture-bound-is-tight": "At the responsibilities the bound equals the log-likelihood",
    "mixture-weights-sum-to-one": "The weights sum to one",
    "mixture-moments-match-monte-carlo":
      "Mean and covariance of the mixture match those of draws from it (in standard errors)",
  } satisfies Record<CheckId, string>,
  monteCarloTitle: "Closed forms beside brute force",
  monteCarloCaption:
    "What the formula says, and the average over random draws with its standard error.",
  monteCarloColumns: {
    statement: "Statement",
    closedForm: "Formula",
    estimate: "Average of draws",
    standardError: "Standard error",
    draws: "Draws",
  },
  findingAll: (passed: string): string => `All ${passed} machine checks of this derivation hold.`,
  findingSome: (failed: string, total: string): string =>
    `${failed} of ${total} machine checks of this derivation fail; they are marked below.`,
};
