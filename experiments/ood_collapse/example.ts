import { exampleEnvelope, exampleSeparation } from "@mixtape/report-site/testing";
import type { OodCollapseResult } from "./result.ts";

function oodCollapseResult(): OodCollapseResult {
  return exampleEnvelope("ood-collapse", {
    units: 25,
    byWeightDecay: [0, 1e-4, 1e-3, 1e-2].map((weightDecay, at) => ({
      weightDecay,
      testAccuracy: {
        value: 0.95,
        successes: 190,
        trials: 200,
        interval: { low: 0.91, high: 0.97, level: 0.95 },
      },
      effectiveRank: 14 - 3 * at,
      spectrum: Array.from({ length: 25 }, (_, direction) => 0.3 * (0.7 - 0.1 * at) ** direction),
      withinOverBetween: 0.8 - 0.2 * at,
      meanLengthVariation: 0.1,
      angleVariation: 0.2,
      meanNorm: { inDistribution: 12 - at, outOfDistribution: 9 - at },
      mixtures: (["none", "l2"] as const).flatMap((normalization) =>
        [1, 5, 20].map((components) => ({
          normalization,
          components,
          separation: at === 3 && components === 20
            ? null
            : exampleSeparation(0.9 - 0.1 * at + (normalization === "l2" ? 0.05 : 0)),
          bic: 1000,
        }))
      ),
    })),
    correlations: [{ measure: "effective-rank", spearman: 0.9 }],
  });
}

/** A made-up result that conforms, for tests. */
export const example: OodCollapseResult = oodCollapseResult();
