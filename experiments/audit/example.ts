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
  groups: {
    clusters: 6,
    failing: [1, 0].map((i) => ({
      rows: 21 + 10 * i,
      failures: 9 + 4 * i,
      elsewhere: 0.0345 - 0.01 * i,
      adjusted: 0.0321 - 0.03 * i,
      label: i === 1 ? "dog" : "cat",
      columns: [
        { column: "width", mean: 3.25 + i, meanElsewhere: 1.75 - i },
        { column: "length", mean: -0.5 - i, meanElsewhere: 2.125 + i },
      ],
      examples: [{ row: 11 + i, id: `r${11 + i}` }, { row: 15 + i, id: null }],
    })),
  },
  duplicates: {
    compared: 118,
    dimensions: 3,
    identical: 7,
    identicalRelabelled: 4,
    identicalPairs: [{
      first: { row: 2, id: "r2", label: "cat" },
      other: { row: 29, id: "r29", label: "dog" },
    }],
    near: 13,
    nearRelabelled: 6,
    nearPairs: [8, 50].map((row, i) => ({
      first: { row, id: `r${row}`, label: i === 0 ? "dog" : "cat" },
      other: { row: row + 41, id: `r${row + 41}`, label: i === 0 ? "cat" : "dog" },
      distance: 0.00123 + 0.0345 * i,
      adjusted: 0.00045 + 0.0111 * i,
    })),
    usual: 0.876,
    images: exampleSprite("audit/near-duplicates.png", 2, 4),
  },
  order: {
    rows: 117,
    distance: 12.3,
    expected: 39.3,
    pValue: 0.0025,
    sortedByClass: true,
    columns: ["length", "width"].map((column, i) => ({
      column,
      statistic: 0.55 - 0.2 * i,
      adjusted: 0.00031 + 0.0222 * i,
      median: 1.5 + 2.1 * i,
      otherMedian: 8.25 - 3.3 * i,
    })),
  },
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
      otherMedian: 6.25 - 1.7 * i,
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
