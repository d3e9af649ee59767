import {
  type HostMatrix,
  inPieces,
  pacer,
  pieceSize,
  runningMeans,
} from "@mixtape/tensor-utils/host";
import type { Operations } from "./with_matrix.ts";

/** Directions in which centred data vary most. */
export interface PrincipalDirections {
  /** Mean of each column, d numbers. */
  readonly means: Float64Array;
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
 * @param operations Named operations.
 * @param x Data, shape [n, d].
 * @param k Number of directions, at most min(n, d).
 * @param signal Ends the work.
 */
export async function principalDirections(
  operations: Operations,
  x: HostMatrix,
  k: number,
  signal?: AbortSignal,
): Promise<PrincipalDirections> {
  const [n, d] = x.shape;
  if (n >= d) {
    const { means, scatter } = await operations.columnProducts(x, signal);
    const { vectors, variances, total } = await leadingVectors(operations, scatter, {
      size: d,
      n,
      k,
      signal,
    });
    return { means, directions: vectors, variances, total };
  }
  const means = await runningMeans(x, signal);
  const products = await rowProducts(operations, x, means, signal);
  const { vectors, variances, total } = await leadingVectors(operations, products, {
    size: n,
    n,
    k,
    signal,
  });
  const combined = await combineRows(operations, vectors, x, means, signal);
  return {
    means,
    directions: await unitDirections(operations, combined, variances, x.shape, signal),
    variances,
    total,
  };
}

/**
 * Returns the unit eigenvectors of the largest eigenvalues of products, divided by n − 1, of which the lower triangle is
 * given. Rows and columns of zeros, those of constant columns of the data, are left out: their eigenvectors are axes.
 */
async function leadingVectors(
  { inTurns, symmetricInSteps, threadedSymmetricEigen }: Operations,
  products: Float64Array,
  { size, n, k, signal }: {
    readonly size: number;
    readonly n: number;
    readonly k: number;
    readonly signal?: AbortSignal;
  },
): Promise<{ vectors: Float64Array; variances: Float64Array; total: number }> {
  const places = Array.from({ length: size }, (_, i) => i);
  const varying = places.filter((i) => products[i * size + i] !== 0);
  const constant = places.filter((i) => products[i * size + i] === 0);
  const d = varying.length;
  const chosen = await lowerTriangle(products, size, varying, signal);
  const covariance = await inTurns(symmetricInSteps(chosen, d, n - 1), signal);
  let total = 0;
  for (let at = 0; at < covariance.length; at += d + 1) total += covariance[at];
  const found = await threadedSymmetricEigen(covariance, d, { vectors: Math.min(k, d), signal });
  const vectors = new Float64Array(k * size);
  for (let c = 0; c < Math.min(k, d); c++) {
    varying.forEach((place, i) => vectors[c * size + place] = found.vectors[c * d + i]);
  }
  for (let c = d; c < k; c++) vectors[c * size + constant[c - d]] = 1;
  const variances = new Float64Array(k);
  variances.set(found.values.slice(0, k).map((value) => Math.max(0, value)));
  return { vectors, variances, total };
}

/** Multiply-adds between two turns of the event loop. */
const PACED = 2 ** 26;
/** Columns at a time, of which there are many: so many are worth a pass over the products. */
const FEWEST_COLUMNS = 32;

/** Neighbouring columns of centred rows. */
interface Columns {
  /** n×w numbers, row by row. */
  readonly values: Float64Array;
  /** Number of the first one. */
  readonly first: number;
  /** Number of columns, w. */
  readonly w: number;
}

/** Yields all columns of centred rows, some at a time, and lets the event loop turn meanwhile. */
async function* centredColumns(
  { values, shape: [n, d] }: HostMatrix,
  means: Float64Array,
  signal?: AbortSignal,
): AsyncGenerator<Columns> {
  const pace = pacer(signal);
  const most = Math.max(FEWEST_COLUMNS, Math.floor(2 * PACED / n ** 2));
  for (let first = 0; first < d; first += most) {
    await pace();
    const w = Math.min(most, d - first);
    const part = new Float64Array(n * w);
    for (let i = 0, at = 0; i < n; i++) {
      for (let j = first; j < first + w; j++, at++) part[at] = values[i * d + j] - means[j];
    }
    yield { values: part, first, w };
  }
}

/** Returns the products of centred rows, n×n, of which the lower triangle is defined. */
async function rowProducts(
  { float64Product }: Operations,
  x: HostMatrix,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const [n] = x.shape;
  const addTo = new Float64Array(n * n);
  for await (const { values, w } of centredColumns(x, means, signal)) {
    float64Product({ a: values, b: values, transposeB: true, lower: true, addTo, m: n, n, k: w });
  }
  return addTo;
}

/** Returns sums of centred rows with each of k lists of n weights, k×d. */
async function combineRows(
  { float64Product }: Operations,
  weights: Float64Array,
  x: HostMatrix,
  means: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const [n, d] = x.shape;
  const k = weights.length / n;
  const combined = new Float64Array(k * d);
  for await (const { values, first, w } of centredColumns(x, means, signal)) {
    const part = float64Product({ a: weights, b: values, m: k, n: w, k: n });
    for (let c = 0; c < k; c++) combined.set(part.subarray(c * w, (c + 1) * w), c * d + first);
  }
  return combined;
}

/** Copies the lower triangle of the rows and columns of some places. */
async function lowerTriangle(
  products: Float64Array,
  size: number,
  places: readonly number[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = places.length;
  const chosen = new Float64Array(d * d);
  await inPieces(d, pieceSize(d), (start, end) => {
    for (let a = start; a < end; a++) {
      const row = places[a] * size;
      for (let b = 0; b <= a; b++) chosen[a * d + b] = products[row + places[b]];
    }
  }, signal);
  return chosen;
}

/** Number of directions that are made orthogonal to all before them at once. */
const BLOCK = 32;
/** Share of the largest variance above which rounding leaves directions orthogonal to about 1e-9. */
const CLEAR = 1e-6;

/** Makes orthogonal unit directions of rows that were combined by the eigenvectors of their products, in place. */
async function unitDirections(
  operations: Operations,
  directions: Float64Array,
  variances: Float64Array,
  [n, d]: HostMatrix["shape"],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { float64Product } = operations;
  const pace = pacer(signal);
  const floor = n * Number.EPSILON * variances[0];
  variances.forEach((variance, c) => {
    const direction = directions.subarray(c * d, (c + 1) * d);
    if (variance > floor) divide(direction, lengthOf(direction));
    else direction.fill(0);
  });
  const k = variances.length;
  const clear = variances.filter((variance) => variance > CLEAR * variances[0]).length;
  await takeOutProducts(operations, directions.subarray(0, clear * d), clear, signal);
  const units = { next: 0 };
  for (let start = clear; start < k; start += BLOCK) {
    const m = Math.min(BLOCK, k - start);
    const block = directions.subarray(start * d, (start + m) * d);
    const earlier = directions.subarray(0, start * d);
    // Twice, as rounding leaves some of what is along earlier ones the first time.
    for (let pass = 0; pass < 2; pass++) {
      await pace();
      const along = float64Product({ a: block, b: earlier, m, n: start, k: d, transposeB: true });
      const a = along.map((value) => -value);
      float64Product({ a, b: earlier, m, n: d, k: start, addTo: block });
      await orthogonaliseBlock(directions, start * d, d, units, m, pace);
    }
  }
  return directions;
}

/**
 * Takes from unit directions that are nearly orthogonal what each has along those before it, all at once, in place: of
 * products of at most 1e-9, no more than their squares are left.
 */
async function takeOutProducts(
  operations: Operations,
  directions: Float64Array,
  k: number,
  signal?: AbortSignal,
): Promise<void> {
  if (k < 2) return;
  const d = directions.length / k;
  const x = { values: directions, shape: [k, d] } as const;
  const origin = new Float64Array(d);
  const products = await rowProducts(operations, x, origin, signal);
  const weights = new Float64Array(k * k);
  for (let c = 0; c < k; c++) {
    for (let before = 0; before < c; before++) weights[c * k + before] = -products[c * k + before];
    weights[c * k + c] = 1;
  }
  directions.set(await combineRows(operations, weights, x, origin, signal));
  for (let at = 0; at < directions.length; at += d) {
    const direction = directions.subarray(at, at + d);
    divide(direction, lengthOf(direction));
  }
}

/**
 * Makes directions orthogonal to each other; those of which too little is left become unit vectors, whatever is left
 * of these beside all directions before: without variance any will do.
 */
async function orthogonaliseBlock(
  directions: Float64Array,
  first: number,
  d: number,
  units: { next: number },
  m: number,
  pace: () => Promise<void>,
): Promise<void> {
  for (let at = first; at < first + m * d; at += d) {
    await pace();
    const direction = directions.subarray(at, at + d);
    const length = lengthOf(direction);
    let isLeft = length >= LEAST_LEFT;
    if (isLeft) {
      divide(direction, length);
      isLeft = orthogonalise(direction, directions.subarray(first, at));
    }
    while (!isLeft) {
      direction.fill(0);
      direction[units.next++] = 1;
      isLeft = orthogonalise(direction, directions.subarray(0, at));
    }
  }
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
  let sum = 0;
  for (let j = 0; j < vector.length; j++) sum += vector[j] * vector[j];
  return Math.sqrt(sum);
}

function divide(vector: Float64Array, divisor: number): void {
  for (let j = 0; j < vector.length; j++) vector[j] /= divisor;
}
