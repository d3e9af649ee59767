import { defineOwnRun } from "../run/experiment.ts";
import type { OwnTable } from "../run/own/own_table.ts";
import type { AuditPayload, EmptyRows } from "./result.ts";
import { checkDrift } from "./run/check_drift.ts";
import { checkGroups } from "./run/check_groups.ts";
import { checkLabels, findRareClasses } from "./run/check_labels.ts";
import { checkOrder } from "./run/check_order.ts";
import { findDuplicates } from "./run/find_duplicates.ts";
import { findIdentifiers } from "./run/find_identifiers.ts";
import { referTo } from "../run/own/refer_to.ts";

const everything = {
  listed: 20,
  driftCells: 1e7,
  duplicateCells: 1e6,
  orderRows: 3000,
  permutations: 999,
  groups: 20,
  groupRows: 5000,
  groupNames: 5,
};

/** Runs the experiment: looks for faults in a table. */
export const run = defineOwnRun({
  answers: "Which rows and columns of the table look wrong?",
  seconds: 10,
  needs: {},
  profiles: { quick: everything, full: everything },
  async run(context): Promise<AuditPayload> {
    const { table, seed, signal, parameters, stage, update } = context;
    const { listed } = parameters;
    const labels = await stage("labels", () => checkLabels(context, listed));
    update(0.3);
    const groups = await stage("groups", () =>
      checkGroups(table, {
        groups: parameters.groups,
        fittedRows: parameters.groupRows,
        named: parameters.groupNames,
      }, context));
    update(0.4);
    const duplicates = await stage(
      "duplicates",
      () => findDuplicates(context, { cells: parameters.duplicateCells, listed }),
    );
    update(0.7);
    const order = await stage("order", () =>
      checkOrder(table, {
        rows: parameters.orderRows,
        permutations: parameters.permutations,
        listed,
        seed,
        signal,
      }));
    update(0.8);
    const drift = await stage(
      "drift",
      () => checkDrift(table, { cells: parameters.driftCells, listed, seed }),
    );
    return await stage("columns", () => ({
      labels,
      rareClasses: findRareClasses(table),
      groups,
      duplicates,
      order,
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
