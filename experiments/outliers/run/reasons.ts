import { quantile } from "@mixtape/ood";
import type { HostMatrix } from "@mixtape/tensor-utils";
import type { OwnRows, OwnTable } from "../../run/own/own_table.ts";
import type { Reason } from "../result.ts";
import type { CellCosts } from "./table_density.ts";

/** Nats below which a column is no reason: those of a value one deviation from the expected one. */
const LEAST_NATS = 0.5;

/** Share of the nats of the first reason, below which a further column is none. */
const LEAST_SHARE = 0.25;

/** Most reasons per row. */
const MOST_REASONS = 3;

/**
 * Finds the columns that make rows odd, and where the bulk of those columns lies.
 *
 * @param costs The nats that each cell costs its row, and what was expected.
 * @param table The table.
 * @param of The rows' table: the table itself, or the rows of the other file.
 * @param rows Rows of it, those of the costs.
 * @returns For each row up to three columns, the first with most nats; cells that the file lacks are none.
 */
export function reasonsOf(
  { nats, expected }: CellCosts,
  table: OwnTable,
  of: OwnRows,
  rows: Uint32Array,
): Reason[][] {
  const { columns, preparation } = table;
  const d = columns.length;
  const scale = preparation.toJSON().standardizer;
  const inFile = (value: number, j: number) =>
    scale === null ? value : value * scale.scales[j] + scale.centers[j];
  const bulks = new Map<number, Pick<Reason, "low" | "median" | "high">>();
  return Array.from(rows, (row, i) => {
    const value = (j: number) => of.raw.values[row * d + j];
    const order = columns.map((_, j) => j)
      .filter((j) => !Number.isNaN(value(j)))
      .sort((a, b) => nats[i * d + b] - nats[i * d + a])
      .filter((j, _, [first]) =>
        nats[i * d + j] >= Math.max(LEAST_NATS, LEAST_SHARE * nats[i * d + first])
      );
    return order.slice(0, MOST_REASONS).map((j) => {
      if (!bulks.has(j)) bulks.set(j, bulkOf(table.raw, j));
      return {
        column: columns[j],
        value: value(j),
        expected: expected && d > 1 ? inFile(expected[i * d + j], j) : null,
        ...bulks.get(j)!,
        nats: nats[i * d + j],
      };
    });
  });
}

function bulkOf({ values, shape: [n, d] }: HostMatrix, j: number) {
  const present = Float64Array.from({ length: n }, (_, i) => values[i * d + j])
    .filter((value) => !Number.isNaN(value));
  const [low, median, high] = [0.05, 0.5, 0.95].map((share) => quantile(present, share));
  return { low, median, high };
}
