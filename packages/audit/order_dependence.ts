import {
  checkInteger,
  gatherRows,
  givenOptions,
  hostMatrix,
  inPieces,
  type MatrixLike,
  type OptionNames,
  pacedPermutation,
  pieceSize,
  random,
} from "@mixtape/tensor-utils";
import { openRowSearch } from "./row_search.ts";

/** Options of {@linkcode orderDependence}. */
export interface OrderDependenceOptions {
  /** Number of nearest rows that each row is compared with, at least 1; 10 by default. */
  readonly neighbors?: number;
  /** Number of random orders to compare with, at least 19; 999 by default. */
  readonly permutations?: number;
  /** Seed of the random orders; 0 by default. */
  readonly seed?: number;
  /** Stops the work between two rows or orders; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
}

/** Comparison of the order of rows with random orders. */
export interface OrderDependence {
  /** Mean number of rows between a row and its nearest ones in space: |i − j|. */
  readonly distance: number;
  /** The mean of the same over all orders: (n + 1) / 3. */
  readonly expected: number;
  /**
   * Probability of a mean as small in a random order, by the share of those that were drawn;
   * multiples of 1 / (permutations + 1).
   */
  readonly pValue: number;
}

const names: OptionNames<OrderDependenceOptions> = {
  neighbors: true,
  permutations: true,
  seed: true,
  signal: true,
};

/**
 * Tests if rows that are near in space are near in the order of the rows too, as in a file that was
 * sorted, or measured while something drifted. If rows are independent and identically distributed,
 * in any distribution, the p-value is at most α with a probability of at most α: every order is
 * then equally likely, and which of equally near rows count does not depend on it.
 *
 * @example Values that rise
 * ```ts
 * import assert from "node:assert/strict";
 * import { orderDependence } from "@mixtape/audit";
 *
 * const rising = Array.from({ length: 60 }, (_, i) => [i + 5 * Math.sin(7 * i)]);
 * const { distance, expected, pValue } = await orderDependence(rising);
 * assert.ok(distance < 10 && expected > 20 && pValue === 0.001);
 * ```
 *
 * @param x Data, shape [n, d], finite, at least 3 rows; columns of comparable scale. The search for
 * neighbours takes up to n² · d steps.
 * @param options Numbers of neighbours and of orders, seed and signal.
 * @returns The mean distance in order, the expected one, and the p-value.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown.
 * @throws {RangeError} If there are fewer than 3 rows, or an option is out of range.
 */
export async function orderDependence(
  x: MatrixLike,
  options?: OrderDependenceOptions,
): Promise<OrderDependence> {
  const { neighbors = 10, permutations = 999, seed = 0, signal } = givenOptions(
    options,
    names,
    "orderDependence",
  );
  checkInteger(neighbors, "neighbors", { min: 1 });
  checkInteger(permutations, "permutations", { min: 19 });
  const source = random(checkInteger(seed, "seed"));
  const data = await hostMatrix(x, "x", { minRows: 3 }, signal);
  const [n] = data.shape;
  const k = Math.min(neighbors, n - 1);
  // Shuffled, so that which of equally near rows are found does not depend on their order.
  const shuffled = await pacedPermutation(source, n, signal);
  const search = await openRowSearch(await gatherRows(data, shuffled, signal), signal);
  const edges = new Uint32Array(n * k);
  for (let row = 0; row < n; row++) edges.set((await search.nearest(row, k)).rows, row * k);
  const observed = await meanDistance(edges, k, shuffled, signal);
  let asSmall = 0;
  for (let run = 0; run < permutations; run++) {
    const positions = await pacedPermutation(source, n, signal);
    const distance = await meanDistance(edges, k, positions, signal);
    if (distance <= observed) asSmall++;
  }
  return {
    distance: observed,
    expected: (n + 1) / 3,
    pValue: (asSmall + 1) / (permutations + 1),
  };
}

/** Returns the mean of |i − j| over the edges, where `positions` gives the i of each row. */
async function meanDistance(
  edges: Uint32Array,
  k: number,
  positions: Uint32Array,
  signal?: AbortSignal,
): Promise<number> {
  let sum = 0;
  // Positions lie far apart in memory.
  await inPieces(positions.length, pieceSize(4 * k), (start, end) => {
    for (let row = start, at = start * k; row < end; row++) {
      const own = positions[row];
      for (let rank = 0; rank < k; rank++) sum += Math.abs(own - positions[edges[at++]]);
    }
  }, signal);
  return sum / edges.length;
}
