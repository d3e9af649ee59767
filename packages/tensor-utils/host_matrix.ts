import { inPieces, pieceSize } from "./abort.ts";
import { arrayKind } from "./array_kind.ts";
import { copyRows, copyValues, firstNotNumber, isMatrixArray, isNumeric } from "./host_values.ts";
import {
  type HostMatrix,
  type MatrixLike,
  type MatrixRows,
  type MatrixRules,
  rowRange,
  type TensorMatrix,
  type ValuesMatrix,
} from "./matrix.ts";
import { largestMagnitude } from "./power_of_two.ts";
import { isUnchanging } from "./unchanging.ts";
import { notAMatrix, notANumber, notARow, spelled } from "./matrix_errors.ts";

/**
 * Checks data and copies it to the host. Unless it is a tensor, it is copied before the function
 * returns its promise: later changes to the caller's arrays do not reach the result.
 *
 * Values are exact. Bytes stay bytes (8-bit data is faster), float32 stays float32; whole numbers
 * of 16 bits and float16 become float32; whole numbers of 32 bits become float32 if all of them fit,
 * otherwise float64, as plain arrays of numbers do.
 *
 * @example Check a small matrix
 * ```ts
 * import assert from "node:assert/strict";
 * import { hostMatrix } from "@mixtape/tensor-utils";
 *
 * const x = await hostMatrix({ values: new Float32Array([1, 2, 3, 4]), shape: [2, 2] });
 * assert.deepEqual(x.shape, [2, 2]);
 * assert.deepEqual(await hostMatrix([[1, 2], [3, 4]]), { ...x, values: Float64Array.of(1, 2, 3, 4) });
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param name Name of the data in error messages.
 * @param rules Further requirements.
 * @param signal Ends the check if it takes long; the promise is then rejected with its reason.
 * @returns A copy of the same numbers on the host.
 * @throws {TypeError} If `x` is not a matrix, its values are of another kind, or its tensor was disposed of.
 * @throws {RangeError} If the shape does not match the values or the rules, rows differ in length,
 * or a value is not finite.
 */
export async function hostMatrix(
  x: MatrixLike,
  name = "x",
  rules: MatrixRules = {},
  signal?: AbortSignal,
): Promise<HostMatrix> {
  if (isUnchanging(x)) {
    checkSize(x.shape, name, rules);
    return x;
  }
  const given = isTensor(x) ? await download(x, name) : x;
  const matrix = Array.isArray(given)
    ? matrixOfRows(given, name, rules)
    : matrixOfValues(given as ValuesMatrix, name, rules);
  await checkInTurns(matrix, name, rules.allowNaN ?? false, signal);
  return matrix;
}

/** Checks the numbers of a matrix; while there are many, the event loop turns. */
async function checkInTurns(
  x: HostMatrix,
  name: string,
  allowNaN: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const [n, d] = x.shape;
  if (arrayKind(x.values) === "Uint8Array") return;
  await inPieces(n, pieceSize(d), (start, end) => {
    checkValues(rowRange(x, start, end), name, allowNaN, start);
  }, signal);
}

/**
 * Returns data as it is, without copying it or looking at its numbers, if it is a typed array of a
 * kind that matrices hold: for a computation that reads it at once, and finds numbers that are not
 * finite by itself.
 *
 * @param x Data, shape [n, d].
 * @param name Name of the data in error messages.
 * @param rules Further requirements.
 * @returns The caller's own array with its shape; undefined for data of other kinds.
 * @throws {RangeError} If the shape does not match the values or the rules.
 */
export function viewMatrix(
  x: MatrixLike,
  name = "x",
  rules: MatrixRules = {},
): HostMatrix | undefined {
  const { values, shape } = (x ?? {}) as Partial<ValuesMatrix>;
  if (isTensor(x) || !isMatrixArray(values) || !isNumeric(shape)) return undefined;
  const size = Array.from(shape) as [number, number];
  checkShape(size, values.length, name);
  checkSize(size, name, rules);
  return { values, shape: size };
}

function isTensor(x: MatrixLike): x is TensorMatrix {
  return typeof (x as TensorMatrix | undefined)?.data === "function";
}

async function download(x: TensorMatrix, name: string): Promise<ValuesMatrix> {
  if (x.isDisposed) {
    throw new TypeError(`Cannot read ${name}: its tensor was disposed of, pass one that is alive`);
  }
  const { shape, dtype } = x;
  if (shape.length !== 2) {
    throw new TypeError(
      `Cannot read ${name}: its tensor has shape [${shape}], a matrix of shape [n, d] is needed, ` +
        `write tf.reshape(${spelled(name)}, [n, d])`,
    );
  }
  if (dtype !== "float32" && dtype !== "int32") {
    throw new TypeError(
      `Cannot read ${name}: its tensor holds ${dtype}, float32 or int32 is needed` +
        (dtype === "bool" ? `, write tf.cast(${spelled(name)}, "int32")` : ""),
    );
  }
  return { values: await x.data(), shape };
}

function matrixOfRows(rows: MatrixRows, name: string, rules: MatrixRules): HostMatrix {
  const columns = rows.length === 0 ? rules.columns ?? 1 : rows[0]?.length;
  for (let i = 0; i < rows.length; i++) {
    const row: unknown = rows[i];
    if (!isNumeric(row)) throw notARow(row, i, name);
    if (row.length !== columns) {
      throw new RangeError(
        `Cannot read ${name}: row ${i} has ${row.length} numbers and row 0 has ${columns}, ` +
          `all rows must be equally long`,
      );
    }
    const at = firstNotNumber(row);
    if (at !== -1) throw notANumber(row[at], { row: i, column: at, name });
  }
  const shape = [rows.length, columns] as const;
  checkSize(shape, name, rules);
  return { values: copyRows(rows, columns), shape };
}

function matrixOfValues(x: ValuesMatrix, name: string, rules: MatrixRules): HostMatrix {
  if (!isNumeric(x?.values) || !isNumeric(x.shape)) throw notAMatrix(x, name);
  const shape = Array.from(x.shape) as [number, number];
  const { length } = x.values;
  checkShape(shape, length, name);
  const at = firstNotNumber(x.values);
  if (at !== -1) {
    const [row, column] = [Math.floor(at / shape[1]), at % shape[1]];
    throw notANumber(x.values[at], { row, column, name, values: `${spelled(name)}.values` });
  }
  checkSize(shape, name, rules);
  return { values: copyValues(x.values), shape };
}

function checkShape(shape: readonly number[], length: number, name: string): void {
  const [n, d] = shape;
  if (shape.length !== 2 || !Number.isInteger(n) || !Number.isInteger(d) || n < 0 || d < 0) {
    throw new RangeError(
      `Cannot read ${name}: its shape is [${shape}], two whole numbers [n, d] are needed`,
    );
  }
  if (length !== n * d) {
    throw new RangeError(
      `Cannot read ${name}: its shape [${n}, ${d}] needs ${n * d} values, ${length} were given`,
    );
  }
}

function checkSize(
  [n, d]: readonly [number, number],
  name: string,
  rules: MatrixRules,
): void {
  const minRows = rules.minRows ?? 1;
  if (n < minRows) {
    throw new RangeError(
      `Cannot use ${name}: it has ${n} rows, at least ${minRows} ${
        minRows === 1 ? "is" : "are"
      } needed`,
    );
  }
  if (d < 1) throw new RangeError(`Cannot use ${name}: it has no columns, at least 1 is needed`);
  if (rules.columns !== undefined && d !== rules.columns) {
    throw new RangeError(
      `Cannot use ${name}: it has ${d} columns, ${rules.columns} are needed, ` +
        `as in the data the model was fitted on`,
    );
  }
}

/** Returns true only if all values are finite, or NaN where that is allowed; may be false for large ones. */
function areFine(values: ArrayLike<number>, allowNaN: boolean): boolean {
  // No comparison with NaN is true.
  return allowNaN ? largestMagnitude(values) < Infinity : allFinite(values);
}

/**
 * Returns true only if all values are finite; may also return false for finite values whose sum is
 * not.
 */
function allFinite(values: ArrayLike<number>): boolean {
  // A sum is not finite if one of its terms is not; four sums, so that none waits for another.
  let [a, b, c, d] = [0, 0, 0, 0];
  // Reading the length of an array of unknown kind in every iteration takes longer than the rest.
  const end = values.length;
  const fours = end - end % 4;
  for (let i = 0; i < fours; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (let i = fours; i < end; i++) a += values[i];
  return Number.isFinite(a + b + c + d);
}

/**
 * Checks the numbers of a matrix.
 *
 * @param x The matrix.
 * @param name Name of the data in error messages.
 * @param allowNaN True if NaN stands for a missing entry.
 * @param firstRow Number that the first row has in messages.
 * @throws {RangeError} If a value is not finite; the message names the first.
 */
export function checkValues(
  x: HostMatrix,
  name: string,
  allowNaN: boolean,
  firstRow = 0,
): void {
  const { values } = x;
  if (arrayKind(values) === "Uint8Array" || areFine(values, allowNaN)) return;
  const [, d] = x.shape;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // value − value is 0 for finite numbers and NaN for all others: one test for the common case.
    if (value - value === 0 || (allowNaN && value !== value)) continue;
    throw new RangeError(
      `Cannot use ${name}: the value in row ${firstRow + Math.floor(i / d)}, column ${i % d} is ` +
        `${value}, ` +
        (allowNaN
          ? "finite numbers or NaN for missing entries are needed"
          : "finite numbers are needed"),
    );
  }
}
