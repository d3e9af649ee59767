import type { Envelope, Proportion } from "@mixtape/results";
import { examplesByExperiment } from "./examples.ts";

type ClassifierResult = Envelope<"classifier", { readonly testAccuracy: Proportion }>;

/** A run of the example classifier on a day of January, with another accuracy; for tests only. */
function run(day: number, value: number): ClassifierResult {
  const result = examplesByExperiment["classifier"] as ClassifierResult;
  const { testAccuracy } = result.payload;
  return {
    ...result,
    provenance: { ...result.provenance, startedAt: `2026-01-0${day}T03:04:05.000Z` },
    payload: {
      ...result.payload,
      testAccuracy: {
        ...testAccuracy,
        value,
        interval: { low: value - 0.01, high: value + 0.01, level: 0.95 },
      },
    },
  };
}

/** Made-up runs, the last two of which differ beyond their intervals; for tests only. */
export const exampleRuns: readonly ClassifierResult[] = [
  run(1, 0.9),
  run(2, 0.905),
  run(3, 0.95),
];
