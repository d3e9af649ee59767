import { classNames, exampleEnvelope, exampleSprite } from "@mixtape/report-site/testing";
import type { KMeansMissingResult, MissingMethod } from "./result.ts";

const methods: readonly MissingMethod[] = [
  "zero-prior",
  "feature-mean-prior",
  "k-pod",
  "mean-imputation",
  "complete-rows",
];

function kMeansMissingResult(): KMeansMissingResult {
  const rates = [0, 0.2, 0.5, 0.8];
  const loss = [0.5, 0.2, 0.25, 0.2, 0];
  const runs = methods.flatMap((method, at) =>
    rates.flatMap((rate) =>
      [7, 8].map((seed) => {
        const failed = method === "complete-rows" && rate > 0;
        const kept = Math.max(0, 1 - loss[at] * rate - 0.01 * (seed - 7) * rate);
        return {
          rate,
          method,
          seed,
          completeRows: rate === 0 ? 400 : 0,
          fit: failed ? null : {
            nmi: 0.5 * kept,
            ari: 0.4 * kept,
            nmiToComplete: kept,
            ariToComplete: kept,
            centroidError: 20 * (1 - kept),
            iterations: 12,
            converged: true,
            elapsedMs: 30,
          },
          failure: failed ? "no-complete-rows" as const : null,
        };
      })
    )
  );
  return exampleEnvelope("kmeans-missing", {
    clusters: classNames.length,
    rows: 400,
    complete: { nmi: 0.5, ari: 0.4 },
    rates,
    methods,
    runs,
    masked: exampleSprite("kmeans-missing/masked.png", 8, 8 * rates.length),
  });
}

/** A made-up result that conforms, for tests. */
export const example: KMeansMissingResult = kMeansMissingResult();
