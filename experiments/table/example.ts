import { exampleTableEnvelope } from "@mixtape/report-site/testing";
import type { TableResult } from "./result.ts";

/** A made-up result that conforms, for tests. */
export const example: TableResult = exampleTableEnvelope("table", {
  columns: ["length", "width", "weight"].map((name, j) => ({
    name,
    missing: 3 * j,
    min: -1.5 + j,
    max: 10 * (j + 1),
    mean: 2.25 + j,
    deviation: 0.75 * (j + 1),
  })),
  classes: [{ name: "cat", rows: 70 }, { name: "dog", rows: 50 }],
});
