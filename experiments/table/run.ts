import type { HostMatrix } from "@mixtape/tensor-utils";
import { defineOwnRun } from "../run/experiment.ts";
import type { OwnTable } from "../run/own/own_table.ts";
import type { ClassCount, ColumnSummary, TablePayload } from "./result.ts";

const everything = {};

/** Runs the experiment: describes the columns and classes of a table. */
export const run = defineOwnRun({
  answers: "What is in the table: ranges, gaps and classes?",
  seconds: 1,
  needs: {},
  profiles: { quick: everything, full: everything },
  async run({ table, stage, model }): Promise<TablePayload> {
    model("preparation", table.preparation);
    return await stage("columns", () => ({
      columns: summarise(table.raw, table.columns),
      classes: countClasses(table),
    }));
  },
});

function summarise(
  { values, shape: [n, d] }: HostMatrix,
  names: readonly string[],
): ColumnSummary[] {
  const counts = new Float64Array(d);
  const means = new Float64Array(d);
  const least = new Float64Array(d).fill(Infinity);
  const most = new Float64Array(d).fill(-Infinity);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      const value = values[i * d + j];
      if (value !== value) continue;
      counts[j]++;
      // A running mean cannot overflow, as a sum can.
      means[j] += value / counts[j] - means[j] / counts[j];
      if (value < least[j]) least[j] = value;
      if (value > most[j]) most[j] = value;
    }
  }
  const squares = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      const difference = values[i * d + j] - means[j];
      if (difference === difference) squares[j] += difference * difference / counts[j];
    }
  }
  return names.map((name, j) => ({
    name,
    missing: n - counts[j],
    min: least[j],
    max: most[j],
    mean: means[j],
    deviation: Math.sqrt(squares[j]),
  }));
}

function countClasses({ labels, classNames }: OwnTable): ClassCount[] {
  const counts = new Uint32Array(classNames.length);
  for (const label of labels ?? []) counts[label]++;
  return classNames.map((name, label) => ({ name, rows: counts[label] }));
}
