/** Values of a matrix on the host, row by row. */
export type MatrixValues = Float32Array | Float64Array | Uint8Array;

/** A matrix on the host: `values` holds `rows × columns` numbers, row by row. */
export interface HostMatrix {
  /** The numbers, row by row. */
  readonly values: MatrixValues;
  /** Rows and columns. */
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * A `tf.Tensor2D`, described by what is needed of it, so that a tensor of any copy or version of
 * TensorFlow.js fits.
 */
export interface TensorMatrix {
  /** Rows and columns. */
  readonly shape: readonly [rows: number, columns: number];
  /** The kind of its numbers, `float32` or `int32`. */
  readonly dtype: string;
  /** Whether it was disposed of. */
  readonly isDisposed: boolean;
  /** Brings the numbers to the host. */
  data(): Promise<ArrayLike<number>>;
}

/** What every Mixtape package accepts as data: a `tf.Tensor2D`, or a matrix on the host. */
export type MatrixLike = TensorMatrix | HostMatrix;

/** What a function demands of its data beyond being a finite matrix. */
export interface MatrixRules {
  /** Fewest rows allowed, 1 unless given. */
  minRows?: number;
  /** The number of columns needed, for example those a model was fitted on. */
  columns?: number;
  /** Whether NaN stands for a missing entry; infinities are refused all the same. */
  allowNaN?: boolean;
}

/**
 * Checks data at the door of a public function and brings it to the host.
 *
 * A matrix that is on the host already is returned as it is, without a copy (bytes in a `Buffer` of Node as a
 * `Uint8Array` on the same memory).
 *
 * @example Check a small matrix
 * ```ts
 * import assert from "node:assert/strict";
 * import { hostMatrix } from "@mixtape/tensor-utils";
 *
 * const x = await hostMatrix({ values: new Float32Array([1, 2, 3, 4]), shape: [2, 2] });
 * assert.deepEqual(x.shape, [2, 2]);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param name What error messages call the data.
 * @param rules What is demanded beyond that.
 * @returns The same numbers on the host.
 * @throws {TypeError} If `x` is not a matrix, its values are of another kind, or its tensor was disposed of.
 * @throws {RangeError} If the shape does not fit the values or the rules, or a value is not finite.
 */
export async function hostMatrix(
  x: MatrixLike,
  name = "x",
  rules: MatrixRules = {},
): Promise<HostMatrix> {
  const matrix = isTensor(x) ? await download(x, name) : x;
  checkKind(matrix, name);
  checkShape(matrix, name, rules);
  checkValues(matrix, name, rules.allowNaN ?? false);
  return isPlain(matrix.values) ? matrix : { ...matrix, values: plainView(matrix.values) };
}

/**
 * Node's Buffer is a Uint8Array whose `slice` does not copy: code that changes its own copy would change
 * the caller's data. A view of the same bytes behaves as every typed array does.
 */
function plainView(values: MatrixValues): MatrixValues {
  return new Uint8Array(values.buffer, values.byteOffset, values.length);
}

function isPlain(values: MatrixValues): boolean {
  return !(values instanceof Uint8Array) || Object.getPrototypeOf(values) === Uint8Array.prototype;
}

/**
 * The mean of each column, in float64.
 *
 * @param x The matrix, shape [n, d].
 * @returns d numbers; not finite if there are no rows.
 */
export function columnMeans({ values, shape: [n, d] }: HostMatrix): Float64Array {
  const means = new Float64Array(d);
  for (let at = 0; at < n * d; at += d) {
    for (let j = 0; j < d; j++) means[j] += values[at + j];
  }
  return means.map((sum) => sum / n);
}

/**
 * Picks rows of a matrix, in the order given.
 *
 * @param x The matrix.
 * @param rows Indices of rows, each below the number of rows.
 * @returns A new matrix whose values are of the same kind.
 */
export function takeRows(x: HostMatrix, rows: ArrayLike<number>): HostMatrix {
  const [, d] = x.shape;
  const values = emptyLike(x.values, rows.length * d);
  for (let i = 0; i < rows.length; i++) {
    values.set(x.values.subarray(rows[i] * d, (rows[i] + 1) * d), i * d);
  }
  return { values, shape: [rows.length, d] };
}

function emptyLike(values: MatrixValues, length: number): MatrixValues {
  if (values instanceof Uint8Array) return new Uint8Array(length);
  return values instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

function isTensor(x: MatrixLike): x is TensorMatrix {
  return typeof (x as TensorMatrix | undefined)?.data === "function";
}

async function download(x: TensorMatrix, name: string): Promise<HostMatrix> {
  if (x.isDisposed) {
    throw new TypeError(`Cannot read ${name}: its tensor was disposed of, pass one that is alive`);
  }
  if (x.shape.length !== 2) {
    throw new TypeError(
      `Cannot read ${name}: its tensor has shape [${x.shape}], a matrix of shape [n, d] is needed`,
    );
  }
  if (x.dtype !== "float32" && x.dtype !== "int32") {
    throw new TypeError(`Cannot read ${name}: its tensor holds ${x.dtype}, float32 is needed`);
  }
  const data = await x.data();
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  return { values, shape: x.shape };
}

function checkKind(x: HostMatrix, name: string): void {
  const values: unknown = x?.values;
  const known = values instanceof Float32Array || values instanceof Float64Array ||
    values instanceof Uint8Array;
  if (!known || !Array.isArray(x.shape)) {
    throw new TypeError(
      `Cannot read ${name}: a tensor of shape [n, d] or { values, shape: [n, d] } is needed, ` +
        `values being a Float32Array, Float64Array or Uint8Array`,
    );
  }
}

function checkShape(x: HostMatrix, name: string, rules: MatrixRules): void {
  const [n, d] = x.shape;
  if (x.shape.length !== 2 || !Number.isInteger(n) || !Number.isInteger(d) || n < 0 || d < 0) {
    throw new RangeError(
      `Cannot read ${name}: its shape is [${x.shape}], two whole numbers [n, d] are needed`,
    );
  }
  if (x.values.length !== n * d) {
    throw new RangeError(
      `Cannot read ${name}: its shape [${n}, ${d}] needs ${n * d} values, ` +
        `${x.values.length} were given`,
    );
  }
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

/** False may also be said of finite numbers, so large that their sum is not. */
function allFinite(values: ArrayLike<number>): boolean {
  // A sum is not finite if a term is not; four of them need not wait for one another.
  let [a, b, c, d] = [0, 0, 0, 0];
  // Asking an array of any kind for its length at every turn takes longer than the rest.
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

function checkValues(x: HostMatrix, name: string, allowNaN: boolean): void {
  const { values } = x;
  if (values instanceof Uint8Array || allFinite(values)) return;
  const [, d] = x.shape;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // value − value is 0 for a finite number and NaN for the rest: one test for the common case.
    if (value - value === 0 || (allowNaN && value !== value)) continue;
    throw new RangeError(
      `Cannot use ${name}: the value in row ${Math.floor(i / d)}, column ${i % d} is ${value}, ` +
        (allowNaN
          ? "finite numbers or NaN for missing entries are needed"
          : "finite numbers are needed"),
    );
  }
}
