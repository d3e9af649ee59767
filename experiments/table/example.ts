import { exampleTableEnvelope } from "@mixtape/report-site/testing";
import type { TableResult } from "./result.ts";

/** A made-up result that conforms, for tests: more columns than are listed, one constant, one a copy. */
export const example: TableResult = exampleTableEnvelope("table", {
  columns: ["length", "width", "weight"].map((name, j) => ({
    name,
    missing: 3 * j,
    distinct: 17 + j,
    min: -1.5 + j,
    max: 10 * (j + 1),
    mean: 2.25 + j,
    deviation: 0.75 * (j + 1),
    histogram: [12 + j, 40 - j, 31, 22 + j, 15 - 4 * j],
  })),
  spread: {
    missing: { least: 0, lower: 0.011, middle: 0.025, upper: 0.05, most: 0.07 },
    mean: { least: 2.25, lower: 2.5, middle: 3.25, upper: 3.5, most: 4.25 },
    deviation: { least: 0.75, lower: 0.8, middle: 1.5, upper: 1.75, most: 2.25 },
  },
  withGaps: 2,
  constant: { count: 1, names: ["zero"] },
  copied: { count: 2, columns: [{ name: "mass", of: "weight" }] },
  repeated: {
    count: 5,
    sets: [
      { count: 4, first: [{ row: 2, id: "b" }, { row: 9, id: "j" }, { row: 11, id: null }] },
      { count: 3, first: [{ row: 30, id: "x" }, { row: 31, id: "y" }] },
    ],
  },
  correlations: {
    columns: 6,
    rows: 110,
    least: 0.95,
    count: 3,
    pairs: [
      { first: "length", second: "width", rows: 117, correlation: -0.98, low: -0.99, high: -0.97 },
      { first: "width", second: "weight", rows: 114, correlation: 0.96, low: 0.94, high: 0.971 },
    ],
  },
  omitted: {
    count: 4,
    columns: [{ name: "note", reason: "text" }, { name: "seen", reason: "date" }],
  },
  classes: [{ name: "cat", rows: 70 }, { name: "dog", rows: 50 }],
  images: null,
});
