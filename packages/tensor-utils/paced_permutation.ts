import { inPieces, pieceSize } from "./abort.ts";
import { checkInteger } from "./checks.ts";
import type { Random } from "./random.ts";

/**
 * Returns the numbers 0…n−1 in random order, the same as {@link Random.permutation} of the same
 * source, and lets the event loop turn meanwhile.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pacedPermutation, random } from "@mixtape/tensor-utils";
 *
 * assert.deepEqual(await pacedPermutation(random(7), 100), random(7).permutation(100));
 * ```
 *
 * @param source The source, of which nothing else is drawn until the promise is settled.
 * @param n Length of the permutation.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function pacedPermutation(
  source: Random,
  n: number,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const order = new Uint32Array(checkInteger(n, "n", { min: 0 }));
  await inPieces(n, pieceSize(), (start, end) => {
    for (let i = start; i < end; i++) order[i] = i;
  }, signal);
  // Nothing is drawn for the last place.
  await inPieces(n - 1, pieceSize(32), (start, end) => {
    for (let i = start; i < end; i++) {
      const j = i + source.integer(n - i);
      [order[i], order[j]] = [order[j], order[i]];
    }
  }, signal);
  return order;
}

/** The numbers 0…n−1 in two parts, each ascending. */
export interface NumbersApart {
  /** Those that were drawn. */
  readonly drawn: Uint32Array;
  /** All others. */
  readonly others: Uint32Array;
}

/**
 * Parts the numbers 0…n−1 at random: draws those that a permutation has first. The event loop turns
 * meanwhile.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { drawApart, random } from "@mixtape/tensor-utils";
 *
 * const { drawn, others } = await drawApart(random(7), 10, 3);
 * assert.deepEqual(drawn, random(7).permutation(10).slice(0, 3).sort());
 * assert.equal(others.length, 7);
 * ```
 *
 * @param source The source, of which nothing else is drawn until the promise is settled.
 * @param n Length of the permutation.
 * @param count Number of those that are drawn, at most n.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function drawApart(
  source: Random,
  n: number,
  count: number,
  signal?: AbortSignal,
): Promise<NumbersApart> {
  const order = await pacedPermutation(source, n, signal);
  const isDrawn = new Uint8Array(n);
  await inPieces(count, pieceSize(8), (start, end) => {
    for (let i = start; i < end; i++) isDrawn[order[i]] = 1;
  }, signal);
  const [drawn, others] = [new Uint32Array(count), new Uint32Array(n - count)];
  let next = 0;
  await inPieces(n, pieceSize(4), (start, end) => {
    for (let i = start; i < end; i++) {
      if (isDrawn[i]) drawn[next++] = i;
      else others[i - next] = i;
    }
  }, signal);
  return { drawn, others };
}
