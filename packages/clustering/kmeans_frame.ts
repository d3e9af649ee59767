import {
  type HostMatrix,
  largestMagnitude,
  type LloydRun,
  mapRows,
  type Rows,
  rowsMagnitude,
  safeExponent,
  scaledMatrix,
  timesPowerOfTwo,
} from "@mixtape/tensor-utils";
import type { CheckedOptions } from "./kmeans_options.ts";

/**
 * Weights between 2^−100 and 2^100 leave room in the sums of squares; others are scaled so that the
 * largest is 1.
 */
const weightLimit = 100;

/** Squares of values below 2^−450 vanish beside the sums they are added to. */
const smallest = 2 ** -450;

/**
 * Chooses the units of a fit.
 *
 * @param x The data to fit, without missing entries; a source is read once.
 * @param options Checked options.
 */
export async function kMeansFrame<Kind extends Rows>(
  x: Kind,
  options: CheckedOptions,
): Promise<KMeansFrame<Kind>> {
  return new KMeansFrame(x, options, await rowsMagnitude(x, options.signal));
}

/**
 * The units in which a fit is computed: those of the caller, unless squares of the data or sums of
 * weights would overflow or vanish in them. Units differ by powers of two, so no digit changes.
 */
export class KMeansFrame<Kind extends Rows> {
  /** The data in these units; the caller's own matrix if the units are the caller's. */
  readonly x: Kind;
  /** The options in these units; `onIteration` still receives numbers in the caller's units. */
  readonly options: CheckedOptions;
  readonly #largest: number;
  readonly #exponent: number;
  readonly #weightExponent: number;

  /**
   * @param x The data to fit, without missing entries.
   * @param options Checked options.
   * @param magnitude The largest absolute value of `x`; 1 if it is ordinary.
   * @throws {RangeError} If the values of `x` differ so much in magnitude that float64 cannot
   * square both the largest and the smallest; those of a source only when they are read.
   */
  constructor(x: Kind, options: CheckedOptions, magnitude: number) {
    const { init, sampleWeight, onIteration } = options;
    const start = init instanceof Float64Array ? largestMagnitude(init) : 0;
    this.#largest = Math.max(magnitude, start);
    this.#exponent = safeExponent(this.#largest);
    const heaviest = sampleWeight ? largestMagnitude(sampleWeight) : 1;
    const isHeavy = safeExponent(heaviest, weightLimit) !== 0;
    this.#weightExponent = isHeavy ? -Math.floor(Math.log2(heaviest)) : 0;
    this.x = this.#exponent === 0 ? x : mapRows(x, (block) => this.#scaleAll(block));
    const scaled = (values: Float64Array, exponent: number) =>
      exponent === 0 ? values : values.map((value) => timesPowerOfTwo(value, exponent));
    this.options = {
      ...options,
      init: init instanceof Float64Array ? scaled(init, this.#exponent) : init,
      sampleWeight: sampleWeight && scaled(sampleWeight, this.#weightExponent),
      onIteration: onIteration && ((iteration) =>
        onIteration({
          ...iteration,
          inertia: this.#inertia(iteration.inertia),
          centroids: {
            values: scaled(iteration.centroids.values, -this.#exponent),
            shape: iteration.centroids.shape,
          },
        })),
    };
  }

  /** Converts data from the caller's units to these. */
  scale(x: HostMatrix): HostMatrix {
    return scaledMatrix(x, this.#exponent);
  }

  /**
   * Converts a run back to the caller's units.
   *
   * @throws {RangeError} If an inertia exceeds float64 in the caller's units.
   */
  restore(run: LloydRun): LloydRun {
    if (this.#exponent === 0 && this.#weightExponent === 0) return run;
    return {
      ...run,
      centroids: run.centroids.map((value) => timesPowerOfTwo(value, -this.#exponent)),
      inertia: this.#inertia(run.inertia),
      inertiaHistory: run.inertiaHistory.map((inertia) => this.#inertia(inertia)),
    };
  }

  #inertia(inertia: number): number {
    const restored = timesPowerOfTwo(inertia, -2 * this.#exponent - this.#weightExponent);
    if (Number.isFinite(restored)) return restored;
    const [cause, remedy] = this.#weightExponent < 0
      ? ["such weights", "sampleWeight by its largest value"]
      : [`values up to ${this.#largest}`, "x by its largest absolute value"];
    throw new RangeError(
      `Cannot fit clusters: with ${cause} the sum of squared distances exceeds 1.8e308, the ` +
        `largest float64, divide ${remedy}`,
    );
  }

  /** Scales all numbers, none of which may vanish beside the largest. */
  #scaleAll(x: HostMatrix): HostMatrix {
    const scaled = this.scale(x);
    if (this.#exponent > 0) return scaled;
    const lost = scaled.values.findIndex((value) => value !== 0 && Math.abs(value) < smallest);
    if (lost === -1) return scaled;
    throw new RangeError(
      `Cannot fit clusters: values are as large as ${this.#largest} and as small as ` +
        `${x.values[lost]}, float64 cannot hold the squared distances of both, leave out ` +
        `rows of one kind`,
    );
  }
}
