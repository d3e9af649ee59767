import { columnMoments } from "@mixtape/datasets/preparation";
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
  async run({ table, stage }): Promise<TablePayload> {
    return await stage("columns", () => ({
      columns: summarise(table.raw, table.columns),
      classes: countClasses(table),
    }));
  },
});

function summarise(x: HostMatrix, names: readonly string[]): ColumnSummary[] {
  const { values, shape: [n, d] } = x;
  const { counts, means, deviations } = columnMoments(x);
  const least = new Float64Array(d).fill(Infinity);
  const most = new Float64Array(d).fill(-Infinity);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) {
      const value = values[i + j];
      if (value < least[j]) least[j] = value;
      if (value > most[j]) most[j] = value;
    }
  }
  return names.map((name, j) => ({
    name,
    missing: n - counts[j],
    min: least[j],
    max: most[j],
    mean: means[j],
    deviation: deviations[j],
  }));
}

function countClasses({ labels, classNames }: OwnTable): ClassCount[] {
  const counts = new Uint32Array(classNames.length);
  for (const label of labels ?? []) counts[label]++;
  return classNames.map((name, label) => ({ name, rows: counts[label] }));
}
