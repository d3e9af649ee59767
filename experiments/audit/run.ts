import { defineOwnRun } from "../run/experiment.ts";
import type { OwnTable } from "../run/own/own_table.ts";
import type { AuditPayload, EmptyRows } from "./result.ts";
import { checkDrift } from "./run/check_drift.ts";
import { checkLabels, findRareClasses } from "./run/check_labels.ts";
import { findIdentifiers } from "./run/find_identifiers.ts";
import { referTo } from "./run/row_references.ts";

const everything = { listed: 20, driftCells: 1e7 };

/** Runs the experiment: looks for faults in a table. */
export const run = defineOwnRun({
  answers: "Which rows and columns of the table look wrong?",
  seconds: 10,
  needs: {},
  profiles: { quick: everything, full: everything },
  async run(context): Promise<AuditPayload> {
    const { table, seed, stage, parameters: { listed, driftCells } } = context;
    const labels = await stage("labels", () => checkLabels(context, listed));
    const drift = await stage(
      "drift",
      () => checkDrift(table, { cells: driftCells, listed, seed }),
    );
    return await stage("columns", () => ({
      labels,
      rareClasses: findRareClasses(table),
      identifiers: findIdentifiers(table),
      emptyRows: findEmptyRows(table, listed),
      drift,
    }));
  },
});

function findEmptyRows(table: OwnTable, listed: number): EmptyRows {
  const { values, shape: [n, d] } = table.raw;
  const empty: number[] = [];
  for (let row = 0; row < n; row++) {
    let j = 0;
    while (j < d && Number.isNaN(values[row * d + j])) j++;
    if (j === d) empty.push(row);
  }
  return {
    count: empty.length,
    rows: empty.slice(0, listed).map((row) => referTo(table, row)),
  };
}
