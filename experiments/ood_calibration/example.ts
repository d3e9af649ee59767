import { exampleEnvelope } from "@mixtape/report-site/testing";
import type { OodCalibrationResult } from "./result.ts";

const detectors = ["constant", "msp", "gmm++"];

function oodCalibrationResult(): OodCalibrationResult {
  return exampleEnvelope("ood-calibration", {
    splits: 4,
    rows: { calibration: 100, fresh: 100 },
    batches: 30,
    batchRows: 50,
    tpr: [0.9, 0.95].flatMap((wanted) =>
      detectors.slice(1).map((detector, at) => ({
        detector,
        wanted,
        achieved: [-0.02, -0.01, 0.01, 0.02].map((off) => wanted + off + 0.005 * at),
        spread: { mean: wanted + 0.005 * at, standardDeviation: 0.016 },
      }))
    ),
    pValues: detectors.slice(1).map((detector, at) => ({
      detector,
      counts: [10 + 8 * at, 10, 10, 10 - 8 * at],
      kolmogorovSmirnov: 0.02 + 0.2 * at,
      critical: 0.2,
    })),
    discoveries: [0.1, 0.5].flatMap((oodShare) =>
      detectors.slice(1).flatMap((detector, at) =>
        [0.05, 0.1, 0.2].map((wanted) => ({
          detector,
          oodShare,
          wanted,
          falseDiscoveryRate: { mean: wanted * (0.8 + 0.4 * at), standardDeviation: 0.02 },
          power: { mean: 0.6, standardDeviation: 0.1 },
        }))
      )
    ),
  });
}

/** A made-up result that conforms, for tests. */
export const example: OodCalibrationResult = oodCalibrationResult();
