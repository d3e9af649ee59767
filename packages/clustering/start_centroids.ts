import {
  type CompactLabels,
  gatherRows,
  type Random,
  rowPieces,
  type Rows,
} from "@mixtape/tensor-utils";
import { farthestFirst } from "./empty_clusters.ts";

/** Weights of the rows, and what ends the reading of a source. */
export interface StartOptions {
  readonly sampleWeight?: Float64Array;
  readonly signal?: AbortSignal;
}

/**
 * Draws `clusters` different rows at random, those with larger weights more often, and returns them
 * as k × d numbers.
 *
 * @see Efraimidis & Spirakis (2006), https://doi.org/10.1016/j.ipl.2005.11.003, for drawing by
 * weights without replacement.
 */
export async function randomStart(
  x: Rows,
  clusters: number,
  source: Random,
  { sampleWeight, signal }: StartOptions = {},
): Promise<Float64Array> {
  const rows = sampleWeight
    ? weightedSample(sampleWeight, clusters, source)
    : source.sample(x.shape[0], clusters);
  return Float64Array.from((await gatherRows(x, rows, signal)).values);
}

/**
 * Returns the weighted mean of the rows of each class, in the order of the classes.
 *
 * @throws {RangeError} If the number of classes is not `clusters`, or a class has no rows of
 * positive weight.
 */
export async function classMeanStart(
  x: Rows,
  clusters: number,
  { codes, values: classes }: CompactLabels,
  { sampleWeight, signal }: StartOptions = {},
): Promise<Float64Array> {
  if (classes.length !== clusters) {
    throw new RangeError(
      `Cannot start from class means: labels name ${classes.length} classes, ` +
        `${clusters} are needed, one per cluster`,
    );
  }
  const [, d] = x.shape;
  const means = new Float64Array(clusters * d);
  const weights = new Float64Array(clusters);
  for await (const { x: { values, shape: [rows] }, firstRow } of rowPieces(x, signal)) {
    for (let i = 0; i < rows; i++) {
      const code = codes[firstRow + i];
      const weight = sampleWeight ? sampleWeight[firstRow + i] : 1;
      weights[code] += weight;
      for (let p = 0; p < d; p++) means[code * d + p] += weight * values[i * d + p];
    }
  }
  const absent = weights.indexOf(0);
  if (absent !== -1) {
    throw new RangeError(
      `Cannot start from class means: class ${classes[absent]} has no rows` +
        `${sampleWeight ? " of positive weight" : ""}, each class needs at least one`,
    );
  }
  return means.map((sum, i) => sum / weights[Math.floor(i / d)]);
}

/**
 * Draws rows one after the other with probability proportional to their weights: each gets an
 * exponential arrival time, here below 0, and the earliest win.
 */
function weightedSample(weights: Float64Array, count: number, source: Random): Uint32Array {
  const arrivals = weights.map((weight) => {
    const log = Math.log(1 - source.next());
    // Finite, so that rows without weight come after all others.
    return weight > 0 ? Math.max(log / weight, -1e308) : -Infinity;
  });
  const earliest = farthestFirst(arrivals);
  return new Uint32Array(count).map(() => earliest.next().value!);
}
