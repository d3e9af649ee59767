import {
  arrayKind,
  describeValue,
  type HostMatrix,
  inPieces,
  isNumeric,
  isUnchanging,
  largestMagnitude,
  type MatrixLike,
  observedColumns,
  pieceSize,
  type PlacedMatrix,
  placedMatrix,
} from "@mixtape/tensor-utils";

/** A copy of data together with the positions of its missing entries; `releasing` frees it. */
export interface MissingEntries extends Pick<PlacedMatrix, "placement"> {
  /** The data; its values in missing positions have no meaning. */
  readonly x: HostMatrix;
  /** 1 where an entry is missing, otherwise 0; n × d entries. */
  readonly missing: Uint8Array;
  /** Number of missing entries. */
  readonly count: number;
  /** Number of missing entries of each column. */
  readonly gone: Uint32Array;
  /** Sum of the observed entries of each column; it may overflow. */
  readonly sums: Float64Array;
}

/**
 * Checks and copies data with missing entries: an entry is missing if it is NaN or the mask is not 0. To
 * be used within `releasing`.
 *
 * @param columns Number of columns needed; any number by default.
 * @param signal Ends the work.
 */
export async function missingEntries(
  x: MatrixLike,
  mask?: ArrayLike<number | boolean>,
  columns?: number,
  signal?: AbortSignal,
): Promise<MissingEntries> {
  const masked = mask === undefined ? undefined : copyMask(mask);
  const { placement, ...matrix } = await placedMatrix(x, "x", { allowNaN: true, columns }, signal);
  try {
    const values = isUnchanging(x) ? matrix.values.slice() : matrix.values;
    checkMask(masked, matrix);
    const missing = masked ?? new Uint8Array(values.length);
    const data = { values, shape: matrix.shape };
    const { sums, gone } = await observedColumns({ x: data, missing, signal });
    const count = gone.reduce((a, b) => a + b, 0);
    return { x: data, missing, count, gone, sums, placement };
  } catch (error) {
    placement?.[Symbol.dispose]();
    throw error;
  }
}

/** Returns the mean of the observed entries of each column; 0 for a column without any. */
export async function observedMeans(
  entries: MissingEntries,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const means = meansOf(entries);
  if (means.every(Number.isFinite)) return means;
  // The sum of a column can exceed float64 even if its mean does not.
  const sums = await scaledSums(entries, 2 ** -64, signal);
  return meansOf({ ...entries, sums }).map((mean) => mean * 2 ** 64);
}

function meansOf({ sums, gone, x: { shape: [n] } }: MissingEntries): Float64Array {
  return sums.map((sum, p) => gone[p] === n ? 0 : sum / (n - gone[p]));
}

async function scaledSums(
  entries: MissingEntries,
  scale: number,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { x: { values, shape: [, d] }, missing } = entries;
  // Observed entries, then missing ones: a branch would often be mispredicted.
  const sums = new Float64Array(2 * d);
  await eachPiece(entries, (start, end) => {
    for (let i = start * d; i < end * d;) {
      for (let p = 0; p < d; p++, i++) sums[p + d * missing[i]] += scale * values[i];
    }
  }, signal);
  return sums.slice(0, d);
}

/** Works on all rows, so many at a time as take some milliseconds; the event loop turns meanwhile. */
export async function eachPiece(
  { x: { shape: [n, d] } }: MissingEntries,
  work: (start: number, end: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await inPieces(n, pieceSize(d), work, signal);
}

/** Returns the indices of the rows without an entry that is missing, or of those without one that is not. */
export async function rowsWithout(
  which: "missing" | "observed",
  entries: MissingEntries,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const { x: { shape: [n, d] }, missing } = entries;
  const mark = which === "missing" ? 1 : 0;
  const rows = new Uint32Array(n);
  let count = 0;
  await eachPiece(entries, (start, end) => {
    for (let row = start; row < end; row++) {
      let at = row * d;
      const last = at + d;
      while (at < last && missing[at] !== mark) at++;
      if (at === last) rows[count++] = row;
    }
  }, signal);
  return rows.slice(0, count);
}

/**
 * Returns the data with missing entries replaced by one number per column, in their own place if that
 * holds these numbers. Otherwise 8-bit data becomes float32, and either float64 where they exceed that.
 * The event loop turns meanwhile.
 *
 * @param signal Ends the work.
 */
export async function fillMissing(
  entries: MissingEntries,
  fill: Float64Array,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const { x: { values: given, shape }, missing } = entries;
  const values = asKindThatHolds(given, fill);
  const d = fill.length;
  await eachPiece(entries, (start, end) => {
    fillRows(values.subarray(start * d, end * d), missing.subarray(start * d, end * d), fill);
  }, signal);
  return { values, shape };
}

function fillRows(values: HostMatrix["values"], missing: Uint8Array, fill: Float64Array): void {
  const d = fill.length;
  const choice = new Float64Array(2);
  const { length } = missing;
  for (let i = 0; i < length;) {
    for (let p = 0; p < d; p++, i++) {
      choice[0] = values[i];
      choice[1] = fill[p];
      values[i] = choice[missing[i]];
    }
  }
}

function asKindThatHolds(values: HostMatrix["values"], fill: Float64Array): HostMatrix["values"] {
  if (arrayKind(values) === "Float64Array") return values;
  if (largestMagnitude(fill) > largestFloat32) return new Float64Array(values);
  if (arrayKind(values) !== "Uint8Array" || fill.every(isByte)) return values;
  return new Float32Array(values);
}

const largestFloat32 = (2 - 2 ** -23) * 2 ** 127;

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}

/** Returns a copy of a mask, with 1 for each entry that is not 0. */
function copyMask(mask: ArrayLike<number | boolean>): Uint8Array {
  if (isNumeric(mask)) return Uint8Array.from(mask, (entry) => entry ? 1 : 0);
  throw new TypeError(
    `Cannot use mask: ${describeValue(mask)} was given, an array such as a Uint8Array is needed, ` +
      `with entries other than 0 where x is missing`,
  );
}

function checkMask(mask: Uint8Array | undefined, { values, shape }: HostMatrix): void {
  if (mask === undefined) return;
  if (mask.length === values.length) return;
  throw new RangeError(
    `Cannot use mask: it has ${mask.length} numbers, ${values.length} are needed ` +
      `for x of shape [${shape.join(", ")}]`,
  );
}
