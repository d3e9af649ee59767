import { failingGroups } from "@mixtape/audit";
import { kMeans } from "@mixtape/clustering";
import { columnMeans, type HostMatrix, random, takeRows } from "@mixtape/tensor-utils";
import { hasClasses } from "../../run/own/needs.ts";
import { judgeOutOfFold, mostProbable, type RunScope } from "../../run/own/out_of_fold.ts";
import type { OwnTable } from "../../run/own/own_table.ts";
import { workingSpace } from "../../run/own/working_space.ts";
import type { FailingGroup, GroupCheck, GroupColumn } from "../result.ts";
import { valuesOf } from "./column_values.ts";
import { referTo } from "../../run/own/refer_to.ts";

/** Least number of rows that are divided into groups. */
const LEAST_ROWS = 40;

/** Number of rows per group, if that makes neither too few groups nor too many. */
const ROWS_PER_GROUP = 50;

/** Limits of the search. */
export interface GroupLimits {
  /** Most groups. */
  readonly groups: number;
  /** Most rows that groups are formed of; the others join the nearest one. */
  readonly fittedRows: number;
  /** Most columns and rows to name per group. */
  readonly named: number;
}

/**
 * Looks for groups of rows in which the network that judges rows out of fold fails more than elsewhere. Groups are the
 * clusters of k-means, which sees neither labels nor failures.
 *
 * @param table The data.
 * @param limits Numbers of groups, rows and columns.
 * @param scope Seed and signal.
 * @returns The groups; nothing without labels, or with fewer than 40 rows.
 */
export async function checkGroups(
  table: OwnTable,
  { groups, fittedRows, named }: GroupLimits,
  { seed, signal }: RunScope,
): Promise<GroupCheck | null> {
  const { labels, prepared } = table;
  const [n] = prepared.shape;
  if (labels === null || !hasClasses(table) || n < LEAST_ROWS) return null;
  const predicted = mostProbable((await judgeOutOfFold(table, { seed, signal })).probabilities);
  const failures = Array.from(predicted, (label, row) => label !== labels[row]);
  const { x } = await workingSpace(prepared, { seed, signal });
  const clusters = Math.min(groups, Math.max(2, Math.round(n / ROWS_PER_GROUP)));
  const drawn = n <= fittedRows ? x : takeRows(x, random(seed).sample(n, fittedRows).sort());
  using model = await kMeans(drawn, { clusters, seed, signal });
  const clusterOf = await model.predict(x);
  const tested = failingGroups(Array.from(clusterOf), failures, { alpha: 0.05 });
  const failing = tested.filter(({ fails }) => fails).sort((a, b) => a.pValue - b.pValue);
  return {
    clusters: tested.length,
    failing: failing.map(({ group, rows, failures: count, elsewhere, adjusted }): FailingGroup => {
      const inside = Uint32Array.from(clusterOf.keys()).filter((row) => clusterOf[row] === group);
      return {
        rows,
        failures: count,
        elsewhere,
        adjusted,
        label: table.classNames[mostFrequent(inside, labels)],
        columns: apartColumns(table, inside).slice(0, named),
        examples: Array.from(
          inside.filter((row) => failures[row]).subarray(0, named),
          (row) => referTo(table, row),
        ),
      };
    }),
  };
}

function mostFrequent(rows: Uint32Array, labels: Int32Array): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(labels[row], (counts.get(labels[row]) ?? 0) + 1);
  return [...counts].reduce((a, b) => a[1] >= b[1] ? a : b)[0];
}

/** Lists columns by the difference of means in and outside of a group, in units of the scale, the largest first. */
function apartColumns({ columns, raw, prepared }: OwnTable, inside: Uint32Array): GroupColumn[] {
  const own = new Uint8Array(prepared.shape[0]);
  for (const row of inside) own[row] = 1;
  const outside = Uint32Array.from(own.keys()).filter((row) => own[row] === 0);
  const [here, there] = [inside, outside].map((rows) => columnMeans(takeRows(prepared, rows)));
  const [rawHere, rawThere] = [inside, outside].map((rows) => takeRows(raw, rows));
  return columns.map((column, j) => ({ column, j, apart: Math.abs(here[j] - there[j]) }))
    .sort((a, b) => b.apart - a.apart)
    .slice(0, 10)
    .flatMap(({ column, j }): GroupColumn[] => {
      const [mean, meanElsewhere] = [meanOf(rawHere, j), meanOf(rawThere, j)];
      return Number.isNaN(mean + meanElsewhere) ? [] : [{ column, mean, meanElsewhere }];
    });
}

function meanOf(x: HostMatrix, column: number): number {
  const values = valuesOf(x, column);
  if (values.length === 0) return NaN;
  return values.reduce((sum, value) => sum + value / values.length, 0);
}
