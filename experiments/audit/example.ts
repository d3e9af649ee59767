import { exampleSprite, exampleTableEnvelope } from "@mixtape/report-site/testing";
import type { AuditResult } from "./result.ts";

const envelope = exampleTableEnvelope("audit", {
  labels: {
    accuracy: {
      value: 0.9,
      successes: 108,
      trials: 120,
      interval: { low: 0.8333, high: 0.9419, level: 0.95 },
    },
    largestShare: 0.5833,
    suspects: 3,
    rows: [17, 4, 101].map((row, i) => ({
      row,
      id: `r${row}`,
      given: i === 1 ? "dog" : "cat",
      likely: i === 1 ? "cat" : "dog",
      givenProbability: 0.02 + 0.11 * i,
      likelyProbability: 0.97 - 0.13 * i,
    })),
    images: exampleSprite("audit/suspect-labels.png", 3, 3),
  },
  rareClasses: [{ name: "owl", rows: 2 }],
  identifiers: [
    { column: "length", sign: "ascending" as const },
    { column: "width", sign: "descending" as const },
    { column: "weight", sign: "never-repeated" as const },
  ],
  emptyRows: { count: 5, rows: [{ row: 33, id: "r33" }, { row: 77, id: null }] },
  drift: {
    rows: 119,
    foreignRows: 64,
    moved: 2,
    columns: ["weight", "length"].map((column, i) => ({
      column,
      statistic: 0.6 - 0.21 * i,
      adjusted: 0.00012 + 0.0123 * i,
      median: 4.5 + 3.2 * i,
      foreignMedian: 6.25 - 1.7 * i,
    })),
  },
});

/** A made-up result that conforms, for tests. */
export const example: AuditResult = {
  ...envelope,
  data: [...envelope.data, {
    ...envelope.data[0],
    role: "out-of-distribution",
    name: "later.csv",
    title: "later.csv",
    rows: 64,
  }],
};
