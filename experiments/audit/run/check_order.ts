import { orderDependence } from "@mixtape/audit";
import { random, takeRows } from "@mixtape/tensor-utils";
import type { OwnTable } from "../../run/own/own_table.ts";
import { workingSpace } from "../../run/own/working_space.ts";
import type { OrderCheck } from "../result.ts";
import { movedColumns } from "./check_drift.ts";

/** Least number of rows whose order is looked at. */
const LEAST_ROWS = 20;

/** p-value up to which the order counts as one that matters. */
const LEVEL = 0.05;

/**
 * Tests if the order of the rows matters, and which columns then differ between its two halves; not which pixels.
 *
 * @param table The data.
 * @param settings Most rows to compare, number of random orders, most columns to list; seed and signal.
 * @returns The comparison; nothing with fewer than 20 rows.
 */
export async function checkOrder(
  table: OwnTable,
  { rows, permutations, listed, seed, signal }: {
    readonly rows: number;
    readonly permutations: number;
    readonly listed: number;
    readonly seed: number;
    readonly signal: AbortSignal;
  },
): Promise<OrderCheck | null> {
  const { raw, prepared } = table;
  const [n] = raw.shape;
  if (n < LEAST_ROWS) return null;
  const drawn = n <= rows
    ? Uint32Array.from({ length: n }, (_, row) => row)
    : random(seed).sample(n, rows).sort();
  const { x } = await workingSpace(takeRows(prepared, drawn), { seed, signal });
  const { distance, expected, pValue } = await orderDependence(x, { permutations, seed });
  const half = drawn.length >> 1;
  const columns = pValue > LEVEL || table.imageShape !== null ? [] : await movedColumns(
    table.columns,
    takeRows(raw, drawn.subarray(0, half)),
    takeRows(raw, drawn.subarray(half)),
  );
  return {
    rows: drawn.length,
    distance,
    expected,
    pValue,
    sortedByClass: table.labels && isSorted(table.labels),
    columns: columns.slice(0, listed),
  };
}

/** Returns true if the rows of each class stand together. */
function isSorted(labels: Int32Array): boolean {
  const changes = labels.filter((label, row) => row > 0 && label !== labels[row - 1]).length;
  return changes + 1 === new Set(labels).size;
}
