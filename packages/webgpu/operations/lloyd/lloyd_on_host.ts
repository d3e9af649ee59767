import type { HostMatrix } from "@mixtape/operations";
import { squaredDistance } from "../squared_distance.ts";

/** Share of the squares of the data below which an inertia would have lost digits to them. */
const CANCELLATION = 1e-4;
/** Share of the products of centroids and sums below which it would have lost digits to those. */
const PRODUCTS = 2 ** -22;

/** Finds the nearest centroid of a row in float64, the lowest index in case of a tie. */
export function nearestTo(
  { values, shape: [, d] }: HostMatrix,
  row: number,
  centroids: Float64Array,
): number {
  let best = 0;
  let closest = Infinity;
  for (let j = 0; j < centroids.length / d; j++) {
    const distance = squaredDistance(values, row, centroids, j, d);
    if (distance < closest) {
      closest = distance;
      best = j;
    }
  }
  return best;
}

/** Returns the squared distance of each row to its centroid; 0 for rows without one. */
export function distancesTo(
  { values, shape: [n, d] }: HostMatrix,
  labels: Int32Array,
  centroids: Float64Array,
): Float64Array {
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (labels[i] >= 0) distances[i] = squaredDistance(values, i, centroids, labels[i], d);
  }
  return distances;
}

/** Weighted sums of the rows of each cluster: rows that change cluster are added and taken away. */
export class SumsOfLabels {
  readonly #x: HostMatrix;
  readonly #weights: Float64Array | undefined;
  #labels: Int32Array | undefined;
  #sums = new Float64Array(0);

  /** Sums up rows, weighted by `weights` if there are any. */
  constructor(x: HostMatrix, weights: Float64Array | undefined) {
    this.#x = x;
    this.#weights = weights;
  }

  /** Forgets the labels of the last division: sums of the next one do not depend on it. */
  reset(): void {
    this.#labels = undefined;
  }

  /** Returns the sums, k × d, and the sums of weights, k, of a division of the rows. */
  of(labels: Int32Array, k: number): { sums: Float64Array; counts: Float64Array } {
    const { values, shape: [n, d] } = this.#x;
    const weights = this.#weights;
    if (this.#sums.length !== k * d) this.#labels = undefined;
    const before = this.#labels;
    if (!before) this.#sums = new Float64Array(k * d);
    const sums = this.#sums;
    const counts = new Float64Array(k);
    for (let i = 0; i < n; i++) {
      const weight = weights ? weights[i] : 1;
      const to = labels[i];
      counts[to] += weight;
      if (before?.[i] === to) continue;
      for (let p = 0; p < d; p++) {
        const value = weight * values[i * d + p];
        sums[to * d + p] += value;
        if (before) sums[before[i] * d + p] -= value;
      }
    }
    // What rounding leaves of rows that were taken away is no part of any cluster.
    counts.forEach((count, j) => count === 0 && sums.fill(0, j * d, (j + 1) * d));
    this.#labels = labels.slice();
    return { sums: sums.slice(), counts };
  }
}

/** The inertia of divisions of the same rows. */
export class Inertia {
  readonly #x: HostMatrix;
  readonly #weights: Float64Array | undefined;
  readonly #origin: Float64Array;
  /** Σ w |x − origin|². */
  readonly #total: number;

  /** Sums up the squares of rows about their mean, weighted by `weights` if there are any. */
  constructor(x: HostMatrix, weights: Float64Array | undefined) {
    const { values, shape: [n, d] } = x;
    this.#x = x;
    this.#weights = weights;
    const origin = this.#origin = new Float64Array(d);
    for (let i = 0; i < n; i++) for (let p = 0; p < d; p++) origin[p] += values[i * d + p];
    for (let p = 0; p < d; p++) origin[p] /= n;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const square = squaredDistance(values, i, origin, 0, d);
      total += weights ? weights[i] * square : square;
    }
    this.#total = total;
  }

  /**
   * Returns the weighted sum of squared distances to the nearest centroids, in float64: of the sums
   * of clusters, or row by row where that is little beside the squares of the data or, far from 0,
   * beside products of the sums, whose digits it would lose.
   *
   * @param centroids The centroids.
   * @param step Sums and counts of the clusters.
   * @param labels Gives the labels of the rows, where they are needed.
   */
  async of(
    centroids: Float64Array,
    { sums, counts }: { sums: Float64Array; counts: Float64Array },
    labels: () => Promise<Int32Array>,
  ): Promise<number> {
    const origin = this.#origin;
    const weights = this.#weights;
    // Σ |x − c|² = Σ |x − m|² − 2 Σ (c − m)·(sum − count m) + Σ count |c − m|².
    let inertia = this.#total;
    let products = 0;
    for (let j = 0, at = 0; j < counts.length; j++) {
      for (let p = 0; p < origin.length; p++, at++) {
        const centroid = centroids[at] - origin[p];
        inertia += centroid * (counts[j] * (centroid + 2 * origin[p]) - 2 * sums[at]);
        products += Math.abs(centroid * sums[at]);
      }
    }
    const least = Math.max(CANCELLATION * this.#total, PRODUCTS * products);
    if (inertia > least && inertia < Infinity) return inertia;
    return distancesTo(this.#x, await labels(), centroids)
      .reduce((sum, distance, i) => sum + (weights ? weights[i] * distance : distance), 0);
  }
}
