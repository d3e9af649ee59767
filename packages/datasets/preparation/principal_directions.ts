import {
  type Float64Matrix,
  type HostMatrix,
  pacedSymmetricEigen,
  pacer,
  rowRange,
} from "@mixtape/tensor-utils/host";
import { centred } from "./centred.ts";
import { loadProducts } from "./load_products.ts";
import { type WholeNumbers, wholeNumbers } from "./whole_numbers.ts";

/** Directions in which centred data vary most. */
export interface PrincipalDirections {
  /** Unit directions, orthogonal to each other, k×d. */
  readonly directions: Float64Array;
  /** Variance along each, divided by n − 1, descending, k numbers. */
  readonly variances: Float64Array;
  /** Variance in all directions. */
  readonly total: number;
}

/**
 * Finds the directions in which data vary most: by the eigenvectors of the covariance of the columns, or, where there
 * are fewer rows than columns, of the products of the rows, which have the same eigenvalues.
 *
 * @param x Data, shape [n, d].
 * @param means Mean of each column.
 * @param k Number of directions, at most min(n, d).
 * @param signal Ends the work.
 */
export async function principalDirections(
  x: HostMatrix,
  means: Float64Array,
  k: number,
  signal?: AbortSignal,
): Promise<PrincipalDirections> {
  const [n, d] = x.shape;
  const size = Math.min(n, d);
  const rows = n < d ? centred(x, means) : null;
  const products = rows === null
    ? await columnProducts(x, means, signal)
    : await rowProducts(rows, signal);
  const total = products.reduce((sum, value, i) => i % (size + 1) === 0 ? sum + value : sum, 0);
  const { values, vectors } = await pacedSymmetricEigen(products, size, { vectors: k, signal });
  const variances = values.slice(0, k).map((variance) => Math.max(0, variance));
  return {
    directions: rows === null ? vectors : combineRows(vectors, rows, variances),
    variances,
    total,
  };
}

/** Multiply-adds between two turns of the event loop, and numbers of the rows of a block. */
const PACED = 2 ** 28;
const BLOCK = 2 ** 20;

/** Returns the covariance of the columns, divided by n − 1, d×d. */
async function columnProducts(
  x: HostMatrix,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const whole = await wholeNumbers(x, means, signal);
  if (whole) return await wholeProducts(x, whole, signal);
  const { addProducts } = await loadProducts();
  const [n, d] = x.shape;
  const pace = pacer(signal);
  const sums = new Float64Array(d * d);
  // Products of the lower triangle alone are half as many.
  const step = Math.ceil(Math.min(BLOCK / d, 2 * PACED / (d * d)));
  const buffer = new Float64Array(Math.min(n, step) * d);
  for (let start = 0; start < n; start += step) {
    await pace();
    const rows = rowRange(x, start, Math.min(n, start + step));
    addProducts(sums, centred(rows, means, buffer).values, rows.shape[0], d);
  }
  return mirrored(sums, d, n);
}

/** Returns the same of whole numbers, whose sums and products are exact. */
async function wholeProducts(
  { values, shape: [n, d] }: HostMatrix,
  { offsets, largest }: WholeNumbers,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { addIntegerScatter } = await loadProducts();
  const pace = pacer(signal);
  const products = new Float64Array(d * d);
  const sums = new Float64Array(d);
  const step = Math.ceil(Math.min(BLOCK / d, 4 * PACED / (d * d)));
  const buffer = new Int16Array(Math.min(n, step) * d);
  for (let start = 0; start < n; start += step) {
    await pace();
    const rows = Math.min(step, n - start);
    for (let from = start * d, at = 0; at < rows * d; at += d) {
      for (let j = 0; j < d; j++, from++) {
        const difference = values[from] - offsets[j];
        sums[j] += difference;
        buffer[at + j] = difference;
      }
    }
    addIntegerScatter({ rows: buffer, largest, n: rows, d, addTo: products });
  }
  // The means of differences are below 1, so little is lost here.
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) products[a * d + b] -= sums[a] * sums[b] / n;
  }
  return mirrored(products, d, n);
}

/** Returns the products of centred rows, divided by n − 1, n×n. */
async function rowProducts(
  { values, shape: [n, d] }: Float64Matrix,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { float64Product } = await loadProducts();
  const pace = pacer(signal);
  const sums = new Float64Array(n * n);
  const step = Math.ceil(PACED / (n * d));
  for (let start = 0; start < n; start += step) {
    await pace();
    const end = Math.min(n, start + step);
    const part = float64Product({
      ...{ a: values.subarray(start * d), b: values, transposeB: true },
      ...{ m: end - start, n: end, k: d },
    });
    for (let a = start; a < end; a++) {
      sums.set(part.subarray((a - start) * end, (a - start) * end + a + 1), a * n);
    }
  }
  return mirrored(sums, n, n);
}

/** Divides the lower triangle by n − 1, and copies it to the upper one. */
function mirrored(sums: Float64Array, size: number, n: number): Float64Array {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) sums[b * size + a] = sums[a * size + b] /= n - 1;
  }
  return sums;
}

/** Combines rows into the directions that the eigenvectors of their products stand for. */
function combineRows(
  vectors: Float64Array,
  { values, shape: [n, d] }: Float64Matrix,
  variances: Float64Array,
): Float64Array {
  const directions = new Float64Array(variances.length * d);
  const floor = n * Number.EPSILON * variances[0];
  let unit = 0;
  for (let c = 0; c < variances.length; c++) {
    const direction = directions.subarray(c * d, (c + 1) * d);
    if (variances[c] > floor) {
      for (let i = 0; i < n; i++) {
        const weight = vectors[c * n + i];
        for (let j = 0; j < d; j++) direction[j] += weight * values[i * d + j];
      }
      divide(direction, lengthOf(direction));
    }
    // Without variance any direction will do that is orthogonal to those before.
    while (!orthogonalise(direction, directions.subarray(0, c * d))) {
      direction.fill(0);
      direction[unit++] = 1;
    }
  }
  return directions;
}

/** Length of what is left of a direction of length 1, below which rounding has too large a share of it. */
const LEAST_LEFT = 1e-3;

/**
 * Takes the part along earlier directions out of a direction of length 1, twice, as rounding leaves some the first time.
 *
 * @returns False if too little is left.
 */
function orthogonalise(direction: Float64Array, earlier: Float64Array): boolean {
  const d = direction.length;
  for (let pass = 0; pass < 2; pass++) {
    for (let start = 0; start < earlier.length; start += d) {
      let along = 0;
      for (let j = 0; j < d; j++) along += direction[j] * earlier[start + j];
      for (let j = 0; j < d; j++) direction[j] -= along * earlier[start + j];
    }
    const length = lengthOf(direction);
    if (length < LEAST_LEFT) return false;
    divide(direction, length);
  }
  return true;
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

function divide(vector: Float64Array, divisor: number): void {
  for (let j = 0; j < vector.length; j++) vector[j] /= divisor;
}
