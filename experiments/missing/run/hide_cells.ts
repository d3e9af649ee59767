import { type HostMatrix, random } from "@mixtape/tensor-utils";

/** Cells that were hidden on purpose. */
export interface HiddenCells {
  /** The cells with more gaps, shape [n, d]. */
  readonly x: HostMatrix;
  /** Positions of the hidden cells among the values, ascending. */
  readonly positions: readonly number[];
}

/** Known cells of a column, below which none of them is hidden. */
const LEAST_KNOWN = 10;

/**
 * Hides some of the known cells, each with the same chance, at most half of those of a column, and none of columns of
 * which fewer than ten are known, or which have one value only.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one.
 * @param deviations Standard deviation of each column.
 * @param share The chance of a cell.
 * @param seed The seed of the draws.
 */
export function hideCells(
  { values, shape: [n, d] }: HostMatrix,
  deviations: Float64Array,
  share: number,
  seed: number,
): HiddenCells {
  const source = random(seed);
  const left = new Float64Array(d);
  for (let at = 0; at < n * d; at++) if (!Number.isNaN(values[at])) left[at % d]++;
  const least = left.map((known) => Math.max(LEAST_KNOWN - 1, known / 2));
  const hidden = Float64Array.from(values);
  const positions: number[] = [];
  for (let at = 0; at < n * d; at++) {
    const j = at % d;
    if (source.next() >= share || Number.isNaN(values[at]) || deviations[j] === 0) continue;
    if (left[j] <= least[j]) continue;
    left[j]--;
    hidden[at] = NaN;
    positions.push(at);
  }
  return { x: { values: hidden, shape: [n, d] }, positions };
}
