import type { ResultOf } from "@mixtape/results";
import { exampleResults } from "./example_results.ts";

/** A run of the example classifier on a day of January, with another accuracy; for tests only. */
function run(day: number, value: number): ResultOf<"classifier"> {
  const result = exampleResults.classifier;
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
export const exampleRuns: readonly ResultOf<"classifier">[] = [
  run(1, 0.9),
  run(2, 0.905),
  run(3, 0.95),
];
