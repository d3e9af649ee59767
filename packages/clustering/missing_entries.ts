import {
  arrayKind,
  describeValue,
  type HostMatrix,
  hostMatrix,
  isNumeric,
  largestMagnitude,
  type MatrixLike,
  pacer,
} from "@mixtape/tensor-utils";

/** Number of entries that are looked at between two turns of the event loop. */
const LOOKED_AT = 2 ** 20;

/** Data together with the positions of its missing entries. */
export interface MissingEntries {
  /** The data; its values in missing positions have no meaning. */
  readonly x: HostMatrix;
  /** 1 where an entry is missing, otherwise 0; n × d entries. */
  readonly missing: Uint8Array;
  /** Number of missing entries. */
  readonly count: number;
}

/**
 * Checks data with missing entries: an entry is missing if it is NaN or the mask is not 0.
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
  const matrix = await hostMatrix(x, "x", { allowNaN: true, columns });
  checkMask(masked, matrix);
  const missing = masked ?? new Uint8Array(matrix.values.length);
  const pace = pacer(signal);
  let count = 0;
  for (let start = 0; start < missing.length; start += LOOKED_AT) {
    await pace();
    const end = Math.min(start + LOOKED_AT, missing.length);
    count += markMissing(matrix.values, missing, start, end);
  }
  return { x: matrix, missing, count };
}

/** Sets entries to 1 from one place to another where values are NaN; returns how many are 1 then. */
function markMissing(
  values: ArrayLike<number>,
  missing: Uint8Array,
  start: number,
  end: number,
): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const value = values[i];
    // Without a branch, which would often be mispredicted.
    const isMissing = missing[i] | Number(value !== value);
    missing[i] = isMissing;
    count += isMissing;
  }
  return count;
}

/** Returns the mean of the observed entries of each column; 0 for a column without any. */
export function observedMeans(entries: MissingEntries): Float64Array {
  const means = scaledMeans(entries, 1);
  // The sum of a column can exceed float64 even if its mean does not.
  return means.every(Number.isFinite)
    ? means
    : scaledMeans(entries, 2 ** -64).map((mean) => mean * 2 ** 64);
}

function scaledMeans({ x, missing }: MissingEntries, scale: number): Float64Array {
  const { values, shape: [n, d] } = x;
  // Observed entries, then missing ones: a branch would often be mispredicted.
  const sums = new Float64Array(2 * d);
  const gone = new Uint32Array(d);
  const { length } = missing;
  for (let i = 0; i < length;) {
    for (let p = 0; p < d; p++, i++) {
      sums[p + d * missing[i]] += scale * values[i];
      gone[p] += missing[i];
    }
  }
  return sums.subarray(0, d).map((sum, p) => gone[p] === n ? 0 : sum / (n - gone[p]));
}

/** Returns the indices of the rows without a missing entry. */
export function completeRows({ x, missing }: MissingEntries): Uint32Array {
  const [n, d] = x.shape;
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  return rows.filter((i) => !missing.subarray(i * d, (i + 1) * d).includes(1));
}

/**
 * Returns a copy of the data with missing entries replaced by one number per column. 8-bit data
 * stays 8-bit if those numbers fit; otherwise it becomes float32, or float64 if they exceed that.
 * The event loop turns meanwhile.
 *
 * @param signal Ends the work.
 */
export async function fillMissing(
  { x, missing }: MissingEntries,
  fill: Float64Array,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const values = copyThatHolds(x.values, fill);
  const pace = pacer(signal);
  const step = fill.length * Math.ceil(LOOKED_AT / fill.length);
  for (let start = 0; start < missing.length; start += step) {
    await pace();
    fillRows(values.subarray(start, start + step), missing.subarray(start, start + step), fill);
  }
  return { values, shape: x.shape };
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

function copyThatHolds(values: HostMatrix["values"], fill: Float64Array): HostMatrix["values"] {
  if (arrayKind(values) === "Float64Array") return values.slice();
  if (largestMagnitude(fill) > largestFloat32) return new Float64Array(values);
  if (arrayKind(values) !== "Uint8Array" || fill.every(isByte)) return values.slice();
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
