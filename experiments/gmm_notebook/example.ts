import { exampleEnvelope } from "@mixtape/report-site/testing";
import type { GmmNotebookResult } from "./result.ts";

function gmmNotebookResult(): GmmNotebookResult {
  return exampleEnvelope("gmm-notebook", {
    weightDecay: 0.01,
    recipes: ([["unit", 0.01, 186], ["standard", 0.01, 190], ["unit", 0.001, 194]] as const).map((
      [pixelScale, weightDecay, successes],
      at,
    ) => ({
      pixelScale,
      weightDecay,
      testAccuracy: {
        value: successes / 200,
        successes,
        trials: 200,
        interval: {
          low: successes / 200 - 0.03,
          high: Math.min(1, successes / 200 + 0.02),
          level: 0.95,
        },
      },
      aucAsPublished: 0.49 - 0.04 * at,
    })),
    rows: { inDistribution: 200, outOfDistribution: 150 },
    byComponents: [1, 2, 5].map((components) => ({
      components,
      inDistribution: { mean: 3 + components, standardDeviation: 10 },
      outOfDistribution: { mean: -4 - components, standardDeviation: 14 },
      accuracyAtMedian: 0.45,
      aucAsPublished: 0.52 - 0.03 * components,
      aucCorrected: 0.48 + 0.03 * components,
    })),
    published: {
      classifierAccuracy: 0.9672,
      bestComponents: 20,
      inDistribution: { mean: 5.2, standardDeviation: 10.72 },
      outOfDistribution: { mean: -14.39, standardDeviation: 13.58 },
      bestAccuracy: { value: 0.46, components: 1 },
      bestAuc: { value: 0.4, components: 1 },
    },
  });
}

/** A made-up result that conforms, for tests. */
export const example: GmmNotebookResult = gmmNotebookResult();
