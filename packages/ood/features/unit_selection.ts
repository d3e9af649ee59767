import type { HostMatrix } from "@mixtape/tensor-utils";
import * as state from "../state/mod.ts";

/** Which columns of a layer a detector uses, and whether rows are scaled to length 1 first. Plain data. */
export interface UnitSelection {
  /** Columns of the layer. */
  readonly columns: number;
  /** The columns that vary in training, ascending. */
  readonly kept: Uint32Array;
  /** Whether each row, after dropping columns, is divided by its Euclidean length. */
  readonly normalize: boolean;
}

/**
 * What JSON may hold of {@link UnitSelection}: sizes `columns` and, kept, `d`.
 *
 * @param normalize Whether this kind of detector scales rows.
 */
export function unitSelectionState(normalize: boolean): state.StateShape<UnitSelection> {
  return state.record<UnitSelection>({
    columns: state.size("columns"),
    kept: state.such(state.uint32s(["d"]), (kept, sizes) => {
      const columns = sizes.get("columns")!;
      const at = kept.findIndex((column, i) => column >= columns || i > 0 && column <= kept[i - 1]);
      if (at === -1) return undefined;
      return `column ${kept[at]} is at ${at}, ascending columns below ${columns} are needed`;
    }),
    normalize: state.always(normalize),
  });
}

/** Some consecutive rows, prepared; `values` is reused from block to block. */
export interface RowBlock {
  /** First row of the block. */
  readonly start: number;
  /** Number of rows in the block. */
  readonly rows: number;
  /** rows × kept columns, row by row, float64. */
  readonly values: Float64Array;
}

const BLOCK_ROWS = 512;

/**
 * Finds the columns that vary. One that does not tells rows apart only by a division by zero.
 *
 * @param x Training activations, shape [n, d].
 * @param normalize Whether rows are to be scaled to length 1.
 * @param note Is told how many columns were dropped, if any.
 * @param name What to call the layer.
 * @throws {RangeError} If no column varies.
 */
export function selectUnits(
  x: HostMatrix,
  normalize: boolean,
  note: (sentence: string) => void,
  name = "the penultimate layer",
): UnitSelection {
  const { values, shape: [n, d] } = x;
  const same = Uint32Array.from({ length: d }, (_, j) => j);
  let left = d;
  for (let i = 1; i < n && left > 0; i++) {
    let still = 0;
    for (let at = 0; at < left; at++) {
      if (values[i * d + same[at]] === values[same[at]]) same[still++] = same[at];
    }
    left = still;
  }
  const constant = new Set(same.subarray(0, left));
  const kept = Uint32Array.from({ length: d }, (_, j) => j).filter((j) => !constant.has(j));
  if (kept.length === 0) {
    throw new RangeError(
      `Cannot fit on ${name}: none of its ${d} units varies over ${n} rows, one that varies is needed`,
    );
  }
  if (kept.length < d) {
    note(`${d - kept.length} of ${d} units of ${name} never vary in training and were dropped`);
  }
  return { columns: d, kept, normalize };
}

/** Every column, as it is. */
export function allUnits(columns: number): UnitSelection {
  return { columns, kept: Uint32Array.from({ length: columns }, (_, j) => j), normalize: false };
}

/**
 * Goes through the rows of a layer in blocks: kept columns only, scaled if asked for, in float64.
 *
 * @throws {RangeError} If the layer has another number of columns than the one fitted on.
 */
export function* unitBlocks(x: HostMatrix, selection: UnitSelection): Generator<RowBlock> {
  const { values: source, shape: [n, columns] } = x;
  const { kept, normalize } = selection;
  if (columns !== selection.columns) {
    throw new RangeError(
      `Cannot use activations of ${columns} units: the detector was fitted on ${selection.columns}`,
    );
  }
  const d = kept.length;
  const values = new Float64Array(Math.min(n, BLOCK_ROWS) * d);
  for (let start = 0; start < n; start += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, n - start);
    for (let i = 0; i < rows; i++) {
      const from = (start + i) * columns;
      for (let j = 0; j < d; j++) values[i * d + j] = source[from + kept[j]];
      if (normalize) scaleToUnitLength(values, i * d, d);
    }
    yield { start, rows, values };
  }
}

/** Divides a row by its length; a row of zeros stays as it is. */
function scaleToUnitLength(values: Float64Array, start: number, d: number): void {
  let sum = 0;
  for (let j = start; j < start + d; j++) sum += values[j] * values[j];
  if (sum === 0) return;
  const factor = 1 / Math.sqrt(sum);
  for (let j = start; j < start + d; j++) values[j] *= factor;
}
