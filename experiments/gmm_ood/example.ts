import { exampleEnvelope, exampleSeparation } from "@mixtape/report-site/testing";
import { indicesOf } from "../indices_of.ts";
import type { GmmOodResult } from "./result.ts";

function gmmOodResult(): GmmOodResult {
  const curve = (bend: number) => ({
    outAccepted: indicesOf(11).map((step) => 15 * step),
    inAccepted: indicesOf(11).map((step) => Math.round(200 * (step / 10) ** bend)),
  });
  return exampleEnvelope("gmm-ood", {
    rows: { fitted: 360, heldOut: 40, inDistribution: 200, outOfDistribution: 150 },
    byWeightDecay: [0, 1e-4, 1e-3, 1e-2].map((weightDecay, at) => ({
      weightDecay,
      testAccuracy: {
        value: 0.97 - 0.01 * at,
        successes: 194 - 2 * at,
        trials: 200,
        interval: { low: 0.92, high: 0.99, level: 0.95 },
      },
      units: 25,
      effectiveRank: 14 - 3 * at,
      softmax: exampleSeparation(0.7),
      byComponents: [1, 2, 5].map((components) => ({
        components,
        bic: 1e5 - 1000 * components + 90 * components ** 2,
        heldOutLogDensity: -20 + components,
        separation: exampleSeparation(0.95 - 0.12 * at + 0.005 * components),
        scores: {
          low: -60 - components,
          high: 20,
          inDistribution: { below: 4, counts: [1, 2, 5, 18, 60, 70, 30, 9 + components], above: 1 },
          outOfDistribution: { below: 60, counts: [20, 22, 18, 12, 9, 5, 3, 1], above: 0 },
          roc: curve((0.2 + 0.2 * at) / components),
        },
        iterations: 20,
        converged: true,
        elapsedMs: 50,
      })),
      chosen: { byBic: 5, byHeldOut: 5, oracle: 5 },
      softmaxRoc: curve(0.5),
    })),
  });
}

/** A made-up result that conforms, for tests. */
export const example: GmmOodResult = gmmOodResult();
