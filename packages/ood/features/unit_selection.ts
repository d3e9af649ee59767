import {
  type HostMatrix,
  isSafeSquare,
  largestMagnitude,
  type MatrixValues,
  pacer,
  rowBlocks,
  rowPieces,
  type Rows,
  rowsMagnitude,
  safeExponent,
  timesPowerOfTwo,
} from "@mixtape/tensor-utils";
import type { FitContext } from "../detector_recipe.ts";
import { lengthOf } from "./length_of.ts";
import * as state from "../state/mod.ts";

/** Columns of a layer that a detector uses, and the scaling of its rows. Plain data. */
export interface UnitSelection {
  /** Number of columns of the layer. */
  readonly columns: number;
  /** Indices of the columns that vary in training, ascending. */
  readonly kept: Uint32Array;
  /** True if each row, after columns are dropped, is divided by its Euclidean length. */
  readonly normalize: boolean;
  /**
   * Exponent of the power of two that values are multiplied by, so that their products neither
   * overflow nor vanish; absent if no scaling is needed.
   */
  readonly exponent?: number;
}

/**
 * Returns the shape of {@link UnitSelection} in JSON: sizes `columns` and, for `kept`, `d`.
 *
 * @param normalize True if this kind of detector scales rows to length 1.
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
    exponent: state.optional(state.number({ min: -1000, max: 2000 })),
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

/** Number of rows that are prepared, and added up, at once. */
export const BLOCK_ROWS = 512;

/**
 * Finds the columns that vary. A constant column says nothing about a row, but would be divided by
 * a deviation of 0.
 *
 * @param x Training activations, shape [n, d].
 * @param normalize True to scale rows to length 1.
 * @param context `note` receives the number of columns dropped, if any; `signal` ends the reading.
 * @param name Name of the layer in messages.
 * @throws {RangeError} If no column varies.
 */
export async function selectUnits(
  x: Rows,
  normalize: boolean,
  { note, signal }: Pick<FitContext, "note" | "signal">,
  name = "the penultimate layer",
): Promise<UnitSelection> {
  const [n, d] = x.shape;
  const constant = new Set(await constantColumns(x, signal));
  const kept = Uint32Array.from({ length: d }, (_, j) => j).filter((j) => !constant.has(j));
  if (kept.length === 0) {
    throw new RangeError(
      `Cannot fit on ${name}: none of its ${d} units varies over ${n} rows, one that varies is needed`,
    );
  }
  if (kept.length < d) {
    note(`${d - kept.length} of ${d} units of ${name} never vary in training and were dropped`);
  }
  // Rows of length 1 are ordinary, whatever they were before.
  return { columns: d, kept, normalize, ...(!normalize && await unitsOfScale(x, kept, signal)) };
}

/** Returns the columns that have one value in all rows. */
async function constantColumns(x: Rows, signal?: AbortSignal): Promise<Uint32Array> {
  const [, d] = x.shape;
  const same = Uint32Array.from({ length: d }, (_, j) => j);
  let first: MatrixValues | undefined;
  let left = d;
  for await (const { x: { values, shape: [rows] } } of rowPieces(x, signal)) {
    first ??= values.slice(0, d);
    for (let i = 0; i < rows && left > 0; i++) {
      let still = 0;
      for (let at = 0; at < left; at++) {
        if (values[i * d + same[at]] === first[same[at]]) same[still++] = same[at];
      }
      left = still;
    }
  }
  return same.subarray(0, left);
}

/**
 * Values between 2^−200 and 2^200 can be squared and multiplied by one another, as covariances are.
 */
const ORDINARY = 200;

/** Returns the exponent that the kept columns need, if any. */
async function unitsOfScale(
  x: Rows,
  kept: Uint32Array,
  signal?: AbortSignal,
): Promise<Pick<UnitSelection, "exponent">> {
  if (safeExponent(await rowsMagnitude(x, signal), ORDINARY) === 0) return {};
  let largest = 0;
  for await (const { x: { values, shape: [rows, d] } } of rowPieces(x, signal)) {
    for (let i = 0; i < rows; i++) {
      for (const j of kept) largest = Math.max(largest, Math.abs(values[i * d + j]));
    }
  }
  const exponent = safeExponent(largest, ORDINARY);
  return exponent === 0 ? {} : { exponent };
}

/**
 * Returns the logarithm of the volume of a selection's units, which a log-density in these units
 * lacks.
 */
export function logVolumeOf({ kept, exponent = 0 }: UnitSelection): number {
  return kept.length * exponent * Math.LN2;
}

/** Selects every column. */
export function allUnits(columns: number, exponent?: number): UnitSelection {
  const kept = Uint32Array.from({ length: columns }, (_, j) => j);
  return { columns, kept, normalize: false, exponent };
}

/**
 * Yields the rows of a layer in blocks: kept columns only, scaled if the selection says so, in
 * float64.
 *
 * @throws {RangeError} If the layer does not have as many columns as in training.
 */
export function* unitBlocks(x: HostMatrix, selection: UnitSelection): Generator<RowBlock> {
  const { values: source, shape: [n, columns] } = x;
  const { kept, normalize, exponent } = selection;
  checkColumns(x, selection);
  const d = kept.length;
  const values = new Float64Array(Math.min(n, BLOCK_ROWS) * d);
  for (let start = 0; start < n; start += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, n - start);
    for (let i = 0; i < rows; i++) {
      const from = (start + i) * columns;
      for (let j = 0; j < d; j++) values[i * d + j] = source[from + kept[j]];
      if (exponent) scaleRow(values, i * d, d, exponent);
      if (normalize) scaleToUnitLength(values, i * d, d);
    }
    yield { start, rows, values };
  }
}

/**
 * Yields the rows of a layer as {@link unitBlocks} does, read block by block if they are in a
 * source, and lets the event loop turn between blocks.
 *
 * @param x A matrix, or a reader of blocks of a multiple of {@link BLOCK_ROWS} rows: then what is
 * added up block by block has the bits that it has for a matrix.
 * @param selection Columns that are used, and their scaling.
 * @param signal Ends the work.
 * @throws The signal's reason, if it was aborted.
 * @throws {RangeError} If the layer does not have as many columns as in training.
 */
export async function* pacedUnitBlocks(
  x: Rows,
  selection: UnitSelection,
  signal?: AbortSignal,
): AsyncGenerator<RowBlock> {
  checkColumns(x, selection);
  const pace = pacer(signal);
  for await (const { x: part, firstRow } of rowBlocks(x, signal)) {
    for (const { start, rows, values } of unitBlocks(part, selection)) {
      await pace();
      yield { start: firstRow + start, rows, values };
    }
  }
}

function checkColumns({ shape: [, columns] }: Rows, selection: UnitSelection): void {
  if (columns === selection.columns) return;
  throw new RangeError(
    `Cannot use activations of ${columns} units: the detector was fitted on ${selection.columns}`,
  );
}

/** Divides a row by its length; a row of zeros stays as it is. */
function scaleToUnitLength(values: Float64Array, start: number, d: number): void {
  let sum = 0;
  for (let j = start; j < start + d; j++) sum += values[j] * values[j];
  if (!isSafeSquare(sum)) {
    const largest = largestMagnitude(values.subarray(start, start + d));
    if (largest === 0) return;
    scaleRow(values, start, d, -Math.floor(Math.log2(largest)));
    sum = lengthOf(values.subarray(start, start + d)) ** 2;
  }
  const factor = 1 / Math.sqrt(sum);
  for (let j = start; j < start + d; j++) values[j] *= factor;
}

function scaleRow(values: Float64Array, start: number, d: number, exponent: number): void {
  for (let j = start; j < start + d; j++) values[j] = timesPowerOfTwo(values[j], exponent);
}
