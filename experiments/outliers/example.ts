import { exampleTableEnvelope } from "@mixtape/report-site/testing";
import type { OddRow, OutliersResult } from "./result.ts";

function oddRow(at: number, isDiscovery: boolean): OddRow {
  return {
    row: 3 + 7 * at,
    id: `r${3 + 7 * at}`,
    score: 18.5 - 3 * at,
    pValue: 0.0002 * 4 ** at,
    byChance: 0.024 * 4 ** at,
    isDiscovery,
    reasons: [
      { column: "length", value: 9.5, expected: 4.25, low: 1.5, median: 5, high: 8 - at, nats: 6 },
      { column: "width", value: 0.5, expected: 3.5, low: 1, median: 4, high: 7, nats: 4.5 - at },
    ],
  };
}

const histogram = {
  edges: [0, 4, 8, 12],
  inDistribution: { below: 1, counts: [60, 40, 15], above: 4 },
  outOfDistribution: { below: 100, counts: [5000, 3800, 1000], above: 100 },
};

/** A made-up result that conforms, for tests. */
export const example: OutliersResult = exampleTableEnvelope("outliers", {
  rows: 120,
  fitted: 118,
  space: { components: 16, share: 0.75 },
  rate: 0.1,
  cut: 0.1 * 2 / 120,
  threshold: 14.75,
  discoveries: 2,
  histogram,
  listed: [oddRow(0, true), oddRow(1, true), oddRow(2, false)],
  pictures: null,
  foreign: {
    name: "other.csv",
    rows: 40,
    comparedWith: 120,
    discoveries: 1,
    separation: { auroc: 0.8, aurocInterval: { low: 0.7, high: 0.88, level: 0.95 } },
    histogram: {
      ...histogram,
      outOfDistribution: { below: 0, counts: [10, 12, 8], above: 10 },
    },
    listed: [oddRow(0, true), oddRow(1, false)].map((row) => ({
      ...row,
      byChance: row.pValue * 40,
    })),
    pictures: null,
  },
});
