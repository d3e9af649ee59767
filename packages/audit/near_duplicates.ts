import {
  checkInteger,
  checkNumber,
  gatherRows,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  type OptionNames,
  pacedOrder,
  random,
} from "@mixtape/tensor-utils";
import { gapTest, LEAST_NEIGHBORS, LONGEST_GAP, spacingsOf } from "./distance_gap.ts";
import { adjustedAmong } from "./holm.ts";
import { identicalRows } from "./identical_rows.ts";
import { openRowSearch, type RowSearch } from "./row_search.ts";

/** Options of {@linkcode nearDuplicates}. */
export interface NearDuplicatesOptions {
  /** Probability of naming any pair if rows are spread evenly, above 0 and below 1; 0.05 by default. */
  readonly alpha?: number;
  /** Seed of the drawing of rows that tell the usual distance; 0 by default. */
  readonly seed?: number;
  /** Stops the work between two rows; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Two rows that are far nearer to each other than is usual. */
export interface NearPair {
  /** The earlier row. */
  readonly row: number;
  /** The later row. */
  readonly other: number;
  /** Euclidean distance. */
  readonly distance: number;
  /** p-value that allows for the number of rows, by Holm's method. */
  readonly adjusted: number;
}

/** Rows that are equal or nearly so. */
export interface NearDuplicates {
  /** For each row the first row that equals it; -1 if there is no earlier one. */
  readonly identical: Int32Array;
  /** Pairs of different rows that are far nearer than is usual, the nearest first. */
  readonly pairs: readonly NearPair[];
  /** For each row the first row that it leads to by equality and nearness; -1 if that is itself. */
  readonly originals: Int32Array;
  /**
   * Usual distance: the median, over rows, of that to the sixth nearest different row; NaN if there
   * are fewer than 12 different rows, among which no pairs are looked for.
   */
  readonly usual: number;
}

const names: OptionNames<NearDuplicatesOptions> = { alpha: true, seed: true, signal: true };

/** Share of the usual distance up to which rows can be near-duplicates. */
const NEAR = 0.1;
/** Number of rows that tell the usual distance. */
const SAMPLED = 100;
/** Number of rows, those with the nearest neighbours, that are tested. */
const TESTED = 1000;
/** Number of nearest rows that a test looks at. */
const NEIGHBORS = 30;

/**
 * Finds rows that are equal, and pairs of rows that are far nearer than is usual, such as a
 * measurement that was entered twice with other rounding, or a picture that was saved twice.
 *
 * A pair must pass two criteria. Its distance is below a tenth of the usual one. And a test finds
 * a gap after the nearest rows of one of them: in rows spread evenly around it, the logarithms of
 * the ratios of successive distances, the j-th times j, are independent and exponential with one
 * mean, in any number of dimensions; a gap after the first to fifth is compared with those up to
 * the thirtieth, and with those after the first rows of other rows. If rows are spread so around each row, any pair is named with a probability of at
 * most `alpha`. Groups of more than six near-duplicates are not found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nearDuplicates } from "@mixtape/audit";
 *
 * const x = Array.from({ length: 100 }, (_, i) => [1, 2, 3, 5].map((j) => Math.sin(i * i * j)));
 * x.push(x[7].map((value) => value + 1e-6), x[3]);
 * const { pairs, identical } = await nearDuplicates(x);
 * assert.deepEqual(pairs.map(({ row, other }) => [row, other]), [[7, 100]]);
 * assert.equal(identical[101], 3);
 * ```
 *
 * @param x Data, shape [n, d], finite, at least 2 rows; columns of comparable scale.
 * @param options Significance level, seed and signal.
 * @returns Equal rows, and the pairs.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown.
 * @throws {RangeError} If there are fewer than 2 rows, or an option is out of range.
 */
export async function nearDuplicates(
  x: MatrixLike,
  options?: NearDuplicatesOptions,
): Promise<NearDuplicates> {
  const { alpha = 0.05, seed = 0, signal } = givenOptions(options, names, "nearDuplicates");
  checkNumber(alpha, "alpha", { above: 0, max: 1 - Number.EPSILON });
  checkInteger(seed, "seed");
  const data = await hostMatrix(x, "x", { minRows: 2 }, signal);
  const identical = await identicalRows(data, signal);
  const different = differentRows(identical);
  const { pairs, usual } = different.length <= LEAST_NEIGHBORS
    ? { pairs: [], usual: NaN }
    : await findPairs(await gatherRows(data, different, signal), { alpha, seed, signal });
  const named = pairs.map((pair) => ({
    ...pair,
    row: different[pair.row],
    other: different[pair.other],
  }));
  return { identical, pairs: named, originals: originalsOf(identical, named), usual };
}

/** Returns the rows that equal no earlier one. */
function differentRows(identical: Int32Array): Uint32Array {
  const different = new Uint32Array(identical.length);
  let count = 0;
  for (let row = 0; row < identical.length; row++) {
    if (identical[row] === -1) different[count++] = row;
  }
  return different.subarray(0, count);
}

/** A row that may be a near-duplicate of another. */
interface Partner {
  readonly other: number;
  readonly distance: number;
}

async function findPairs(
  x: HostMatrix,
  { alpha, seed, signal }: NearDuplicatesOptions & {
    readonly alpha: number;
    readonly seed: number;
  },
): Promise<{ pairs: NearPair[]; usual: number }> {
  const [n] = x.shape;
  const search = await openRowSearch(x, signal);
  const usual = await usualOf(search, random(seed).sample(n, Math.min(n, SAMPLED)));
  const limit = NEAR * usual.distance;
  const near: number[] = [];
  const nearest: number[] = [];
  for (let row = 0; row < n; row++) {
    const { distances: [distance] } = await search.nearest(row, 1, limit);
    if (distance === undefined) continue;
    near.push(row);
    nearest.push(distance);
  }
  const order = await pacedOrder(Float64Array.from(nearest), signal);
  const tested = Array.from(order.subarray(0, TESTED), (place) => near[place]);
  const pValues = new Float64Array(tested.length);
  const partners: Partner[][] = [];
  for (const [at, row] of tested.entries()) {
    const { rows, distances } = await search.nearest(row, NEIGHBORS);
    const { pValue, before } = gapTest(distances, usual.spacing);
    pValues[at] = pValue;
    const group = rows.slice(0, before).map((other, i) => ({ other, distance: distances[i] }));
    partners.push(group.filter(({ distance }) => distance < limit));
  }
  // That of a row that is not tested is 1.
  const adjusted = adjustedAmong(pValues, n);
  const pairs = new Map<string, NearPair>();
  for (const [at, row] of tested.entries()) {
    if (adjusted[at] > alpha) continue;
    for (const { other, distance } of partners[at]) {
      const [first, second] = row < other ? [row, other] : [other, row];
      const known = pairs.get(`${first},${second}`);
      pairs.set(`${first},${second}`, {
        row: first,
        other: second,
        distance,
        adjusted: Math.min(adjusted[at], known?.adjusted ?? 1),
      });
    }
  }
  const ordered = [...pairs.values()]
    .sort((a, b) => a.distance - b.distance || a.row - b.row || a.other - b.other);
  return { pairs: ordered, usual: usual.distance };
}

/** Distances and spacings that are usual. */
interface Usual {
  /** Median distance to the row after the longest gap that is tested. */
  readonly distance: number;
  /** Mean of the exponential distribution with the median of the first spacings. */
  readonly spacing: number;
}

async function usualOf(
  search: RowSearch,
  rows: Uint32Array,
): Promise<Usual> {
  const distances: number[] = [];
  const spacings: number[] = [];
  for (const row of rows) {
    const near = (await search.nearest(row, LONGEST_GAP + 1)).distances;
    distances.push(near[LONGEST_GAP]);
    spacings.push(...spacingsOf(near));
  }
  return { distance: medianOf(distances), spacing: medianOf(spacings) / Math.LN2 };
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1];
}

/** Follows equality and nearness from each row to the first one. */
function originalsOf(identical: Int32Array, pairs: readonly NearPair[]): Int32Array {
  const parents = identical.map((first, row) => first === -1 ? row : first);
  const rootOf = (row: number): number => {
    while (parents[row] !== row) row = parents[row];
    return row;
  };
  for (const { row, other } of pairs) {
    const [a, b] = [rootOf(row), rootOf(other)];
    parents[Math.max(a, b)] = Math.min(a, b);
  }
  return parents.map((_, row) => rootOf(row) === row ? -1 : rootOf(row));
}
