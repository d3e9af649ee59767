import { exampleTableEnvelope } from "@mixtape/report-site/testing";
import type { MissingResult, Ranked, SeedMean } from "./result.ts";

function seedMean(value: number, reach: number): SeedMean {
  return { value, interval: { low: value - reach, high: value + reach, level: 0.95 } };
}

function ranked(value: number, behind: number, reach: number): Ranked {
  return {
    mean: seedMean(value, 0.0625),
    behind: behind === 0 ? null : seedMean(behind, reach),
  };
}

/** A made-up result that conforms, for tests. */
export const example: MissingResult = exampleTableEnvelope("missing", {
  rows: 120,
  completeRows: 112,
  missing: 9,
  byColumn: [
    { name: "weight", missing: 6 },
    { name: "width", missing: 3 },
    { name: "length", missing: 0 },
  ],
  patternCount: 2,
  patterns: [{ lacking: ["weight"], rows: 7 }, { lacking: ["width", "weight"], rows: 1 }],
  comparedRows: 118,
  clusters: 2,
  areClasses: true,
  seeds: 5,
  hiddenShare: 0.1,
  hidden: 175,
  fills: [
    { method: "column-mean", error: ranked(1, 0.5, 0.125) },
    { method: "column-median", error: ranked(1.125, 0.625, 0.25) },
    { method: "complete-rows", error: null },
    { method: "mean-imputation", error: ranked(0.5625, 0.0625, 0.125) },
    { method: "median-imputation", error: ranked(0.6875, 0.1875, 0.03125) },
    { method: "k-pod", error: ranked(0.5, 0, 0) },
  ],
  groupings: [
    {
      method: "complete-rows",
      fittedRows: 110,
      agreement: [
        seedMean(0.9375, 0.03125),
        seedMean(0.75, 0.03125),
        seedMean(0.625, 0.03125),
        seedMean(0.5, 0.03125),
      ],
      toClasses: ranked(0.375, 0.25, 0.125),
    },
    {
      method: "mean-imputation",
      fittedRows: 117,
      agreement: [
        seedMean(0.75, 0.03125),
        seedMean(0.875, 0.03125),
        seedMean(0.71875, 0.03125),
        seedMean(0.78125, 0.03125),
      ],
      toClasses: ranked(0.5, 0.125, 0.1875),
    },
    {
      method: "median-imputation",
      fittedRows: 116,
      agreement: [
        seedMean(0.625, 0.03125),
        seedMean(0.71875, 0.03125),
        seedMean(0.84375, 0.03125),
        seedMean(0.65625, 0.03125),
      ],
      toClasses: ranked(0.4375, 0.1875, 0.28125),
    },
    {
      method: "k-pod",
      fittedRows: 118,
      agreement: [
        seedMean(0.5, 0.03125),
        seedMean(0.78125, 0.03125),
        seedMean(0.65625, 0.03125),
        seedMean(0.96875, 0.03125),
      ],
      toClasses: ranked(0.625, 0, 0),
    },
  ],
});
