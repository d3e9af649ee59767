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
  const missing = new Uint8Array(matrix.values.length);
  const pace = pacer(signal);
  let count = 0;
  for (let i = 0; i < missing.length; i++) {
    if (i % LOOKED_AT === 0) await pace();
    if (!Number.isNaN(matrix.values[i]) && !masked?.[i]) continue;
    missing[i] = 1;
    count++;
  }
  return { x: matrix, missing, count };
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
  const [, d] = x.shape;
  const sums = new Float64Array(d);
  const counts = new Uint32Array(d);
  for (let i = 0; i < missing.length;) {
    for (let p = 0; p < d; p++, i++) {
      if (missing[i]) continue;
      sums[p] += scale * x.values[i];
      counts[p]++;
    }
  }
  return sums.map((sum, p) => counts[p] === 0 ? 0 : sum / counts[p]);
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
  const [, d] = x.shape;
  const values = copyThatHolds(x.values, fill);
  const pace = pacer(signal);
  const step = d * Math.ceil(LOOKED_AT / d);
  for (let i = 0; i < missing.length;) {
    if (i % step === 0) await pace();
    for (let p = 0; p < d; p++, i++) {
      if (missing[i]) values[i] = fill[p];
    }
  }
  return { values, shape: x.shape };
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
