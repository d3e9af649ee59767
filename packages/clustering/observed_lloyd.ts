import {
  type HostMatrix,
  type LloydSession,
  type LloydStep,
  openLloyd,
} from "@mixtape/tensor-utils";
import { relocateEmptyClusters } from "./empty_clusters.ts";
import { eachPiece, type MissingEntries, observedMeans, rowsWithout } from "./missing_entries.ts";
import { observedDistance } from "./observed_distance.ts";

/**
 * Opens a session of Lloyd's algorithm with distances over observed entries, by the named operation
 * for complete data.
 *
 * With o = 1 where an entry is observed and x = 0 where it is not, Σ o (x − μ)² = |x|² − 2 y·b for
 * y = (x, s·o) and b = (μ, −μ²/2s): the nearest centroid is the one with the largest inner product.
 * One more coordinate, 0 in all rows, makes all b equally long, so that it is also the nearest b.
 * The sums of these lifted rows hold the inputs of the next centroids: sums and counts of observed
 * entries.
 *
 * @see Bachrach et al. (2014), https://doi.org/10.1145/2645710.2645741, for the added coordinate
 */
export async function openObservedLloyd(
  entries: MissingEntries,
  signal?: AbortSignal,
): Promise<LloydSession> {
  // Once centred, μ² is small and little cancels; pixels stay as they are, since 8-bit data is
  // faster.
  const centre = entries.x.values instanceof Uint8Array
    ? new Float64Array(entries.x.shape[1])
    : await observedMeans(entries, signal);
  const scale = await chooseScale(entries, centre, signal);
  const lifted: Lifted = {
    ...{ entries, centre, scale },
    rows: await liftRows(entries, centre, scale, signal),
    hidden: await rowsWithout("observed", entries, signal),
    squares: await sumOfSquares(entries, centre, signal),
  };
  return new ObservedLloydSession(lifted, signal);
}

/** Rows with their missing entries, as they are assigned. */
interface Lifted {
  readonly entries: MissingEntries;
  readonly centre: Float64Array;
  readonly scale: number;
  /** The rows (x − centre, scale · observed, 0). */
  readonly rows: HostMatrix;
  /** Rows without an observed entry. */
  readonly hidden: Uint32Array;
  /** Σ (x − centre)² over observed entries. */
  readonly squares: number;
}

class ObservedLloydSession implements LloydSession {
  readonly #entries: MissingEntries;
  readonly #centre: Float64Array;
  readonly #scale: number;
  readonly #rows: HostMatrix;
  readonly #session: LloydSession;
  readonly #hidden: Uint32Array;
  readonly #squares: number;
  readonly #signal: AbortSignal | undefined;
  #centroids: Float64Array;
  #labels: Int32Array;

  constructor({ entries, centre, scale, rows, hidden, squares }: Lifted, signal?: AbortSignal) {
    this.#entries = entries;
    this.#centre = centre;
    this.#scale = scale;
    this.#rows = rows;
    this.#session = openLloyd(rows, undefined, signal);
    this.#hidden = hidden;
    this.#squares = squares;
    this.#signal = signal;
    this.#centroids = new Float64Array(0);
    this.#labels = new Int32Array(rows.shape[0]);
    this.reset();
  }

  async step(centroids: Float64Array): Promise<LloydStep> {
    const lifted = this.#lift(centroids);
    const step = await this.#session.step(lifted);
    const sums = step.sums.slice();
    const counts = step.counts.slice();
    const labels = (await this.#session.labels?.() ?? step.labels).slice();
    const previous = this.#labels;
    await eachPiece(this.#entries, (start, end) => {
      for (let i = start; i < end; i++) {
        if (previous[i] === -1 || labels[i] === previous[i]) continue;
        if (this.#isNearer(i, centroids, labels[i], previous[i])) continue;
        this.#moveBack(i, labels[i], previous[i], sums, counts);
        labels[i] = previous[i];
      }
    }, this.#signal);
    this.#centroids = centroids.slice();
    const quick = this.#quickInertia(sums, counts, lifted);
    const relocated = counts.includes(0) &&
      relocateEmptyClusters(this.#rows, labels, await this.#distancesTo(labels), { sums, counts });
    const changed = labels.reduce((sum, label, i) => sum + Number(label !== previous[i]), 0);
    this.#labels = labels;
    return {
      labels,
      sums: this.#meansTimesCounts(sums, counts, centroids),
      counts,
      inertia: changed > 0 && quick !== undefined
        ? quick
        : (await this.distances()).reduce((sum, value) => sum + value, 0),
      // A relocated row has yet to change its label: the run must continue for it.
      changed: relocated ? Math.max(1, changed) : changed,
    };
  }

  distances(): Promise<Float64Array> {
    return this.#distancesTo(this.#labels);
  }

  reset(): void {
    this.#labels.fill(-1);
    // Rows that are equally near to all centroids: they stay with the first one.
    for (const row of this.#hidden) this.#labels[row] = 0;
    this.#session.reset();
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }

  /**
   * Returns |x|² − 2 y·b summed over rows, which needs no further pass, unless a bound on its rounding exceeds
   * 1e-6 of it: much cancels where clusters are tight, or centroids far away.
   */
  #quickInertia(
    sums: Float64Array,
    counts: Float64Array,
    lifted: Float64Array,
  ): number | undefined {
    const [n, width] = this.#rows.shape;
    const d = this.#centre.length;
    let inertia = this.#squares;
    let moment = 0;
    for (let at = 0; at < lifted.length; at++) {
      inertia -= 2 * sums[at] * lifted[at];
      if (at % width < d) moment += counts[Math.floor(at / width)] * lifted[at] ** 2;
    }
    const [x, centroids] = [Math.sqrt(this.#squares), Math.sqrt(moment)];
    const ofRows = this.#rows.values instanceof Float32Array ? 2 ** -23 * x * centroids : 0;
    const ofSums = n * Number.EPSILON * (x + centroids) ** 2;
    return ofRows + ofSums <= 5e-7 * inertia ? inertia : undefined;
  }

  async #distancesTo(labels: Int32Array): Promise<Float64Array> {
    const distances = new Float64Array(labels.length);
    await eachPiece(this.#entries, (start, end) => {
      for (let i = start; i < end; i++) {
        distances[i] = observedDistance(this.#entries, i, this.#centroids, labels[i]);
      }
    }, this.#signal);
    return distances;
  }

  /**
   * Returns true if a centroid is nearer than another by more than rounding. Rows with too few
   * observed entries to tell two centroids apart would otherwise alternate between them for ever.
   */
  #isNearer(row: number, centroids: Float64Array, label: number, than: number): boolean {
    const rounding = 1e-14 * this.#scale * Math.sqrt(this.#centre.length);
    const before = observedDistance(this.#entries, row, centroids, than);
    const after = observedDistance(this.#entries, row, centroids, label);
    return after < before - rounding * Math.sqrt(before) - rounding * rounding;
  }

  #moveBack(row: number, from: number, to: number, sums: Float64Array, counts: Float64Array): void {
    const { values, shape: [, width] } = this.#rows;
    counts[from]--;
    counts[to]++;
    for (let p = 0; p < width; p++) {
      sums[from * width + p] -= values[row * width + p];
      sums[to * width + p] += values[row * width + p];
    }
  }

  /** Returns the means of observed entries, multiplied by the counts that the caller divides by. */
  #meansTimesCounts(
    sums: Float64Array,
    counts: Float64Array,
    centroids: Float64Array,
  ): Float64Array {
    const d = this.#centre.length;
    return centroids.map((value, i) => {
      const cluster = Math.floor(i / d);
      const at = cluster * (2 * d + 1) + i % d;
      const observed = sums[at + d] / this.#scale;
      // A coordinate that no row of a cluster observes stays where it is.
      const mean = observed === 0 ? value : sums[at] / observed + this.#centre[i % d];
      return mean * counts[cluster];
    });
  }

  #lift(centroids: Float64Array): Float64Array {
    const d = this.#centre.length;
    const k = centroids.length / d;
    const lifted = new Float64Array(k * (2 * d + 1));
    const squaredLengths = new Float64Array(k);
    for (let i = 0; i < centroids.length; i++) {
      const cluster = Math.floor(i / d);
      const value = centroids[i] - this.#centre[i % d];
      const weight = -value * value / (2 * this.#scale);
      lifted[cluster * (2 * d + 1) + i % d] = value;
      lifted[cluster * (2 * d + 1) + d + i % d] = weight;
      squaredLengths[cluster] += value * value + weight * weight;
    }
    const longest = squaredLengths.reduce((a, b) => Math.max(a, b));
    squaredLengths.forEach((length, cluster) => {
      lifted[cluster * (2 * d + 1) + 2 * d] = Math.sqrt(longest - length);
    });
    return lifted;
  }
}

/**
 * Returns about the largest distance of an observed entry from the centre of its column: a power of
 * two, or 255 for 8-bit data, so that its multiples, which count observed entries, are exact.
 */
async function chooseScale(
  entries: MissingEntries,
  centre: Float64Array,
  signal?: AbortSignal,
): Promise<number> {
  const { x: { values }, missing } = entries;
  if (values instanceof Uint8Array) return 255;
  const d = centre.length;
  let largest = 0;
  await eachPiece(entries, (start, end) => {
    let most = largest;
    for (let i = start * d; i < end * d;) {
      for (let p = 0; p < d; p++, i++) {
        if (!missing[i]) most = Math.max(most, Math.abs(values[i] - centre[p]));
      }
    }
    largest = most;
  }, signal);
  return largest === 0 ? 1 : 2 ** Math.ceil(Math.log2(largest));
}

/** Builds the rows (x − centre, scale · observed, 0), in the number type of the data. */
async function liftRows(
  entries: MissingEntries,
  centre: Float64Array,
  scale: number,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const { x, missing } = entries;
  const [n, d] = x.shape;
  const width = 2 * d + 1;
  const Values = x.values.constructor as new (length: number) => HostMatrix["values"];
  const values = new Values(n * width);
  await eachPiece(entries, (start, end) => {
    for (let row = start; row < end; row++) {
      for (let p = 0; p < d; p++) {
        if (missing[row * d + p]) continue;
        values[row * width + p] = x.values[row * d + p] - centre[p];
        values[row * width + p + d] = scale;
      }
    }
  }, signal);
  return { values, shape: [n, width] };
}

/** Returns Σ (x − centre)² over observed entries. */
async function sumOfSquares(
  entries: MissingEntries,
  centre: Float64Array,
  signal?: AbortSignal,
): Promise<number> {
  const { x: { values }, missing } = entries;
  const d = centre.length;
  let total = 0;
  await eachPiece(entries, (start, end) => {
    let sum = total;
    for (let i = start * d; i < end * d;) {
      for (let p = 0; p < d; p++, i++) if (!missing[i]) sum += (values[i] - centre[p]) ** 2;
    }
    total = sum;
  }, signal);
  return total;
}
