import { checkInteger } from "@mixtape/tensor-utils";

/** Layers of more units than this are wide: work that grows with the rows is done on some of them. */
export const FEW_UNITS = 64;
const WIDE_LAYER_ROWS = 12000;

/** Size of a layer's activations, and the option that limits the rows used. */
export interface RowLimit {
  /** Number of training rows. */
  readonly rows: number;
  /** Number of units that vary. */
  readonly units: number;
  /** The option's value; by default, all rows, or 12,000 of a wide layer. */
  readonly wanted?: number;
  /** Name of the option in messages. */
  readonly option: string;
}

/** Returns the number of training rows to use, at least 1. */
export function rowLimit({ rows, units, wanted, option }: RowLimit): number {
  if (wanted !== undefined) return Math.min(checkInteger(wanted, option, { min: 1 }), rows);
  return units > FEW_UNITS ? Math.min(WIDE_LAYER_ROWS, rows) : rows;
}
