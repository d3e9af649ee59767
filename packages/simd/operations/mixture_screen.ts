import type { MixtureTerms } from "@mixtape/operations";
import { factorStrides, type MixtureLayout } from "./mixture_layout.ts";

/** Means and factors in float32, and bounds on what rounding does to lengths; see kernels/mixture/screen.ts. */
export interface MixtureScreen {
  /** For each component and four columns the means, then the factors. */
  readonly packed: Float32Array;
  /** k moves, k factors that lower bounds shrink by and k that upper bounds grow by. */
  readonly roundings: Float32Array;
}

/** With fewer columns or components, looking at bounds or at float32 first takes longer than it saves. */
const FEWEST_COLUMNS = 16;
const FEWEST_COMPONENTS = 4;
/** With more columns, sums in float32 lose digits that matter. */
const MOST_COLUMNS = 2 ** 16;
/** Numbers of these sizes neither overflow float32 nor vanish when they are squared. */
const SMALLEST = 1e-15;
const LARGEST = 1e15;
/** Half a unit in the last place of float32, relative. */
const ROUNDING = 2 ** -24;
/** A length below which squares may vanish in float32. */
const LEAST_LENGTH = 1e-10;

/** Returns true if whitening k components by diagonals takes longer than seeing which of them matter to a row. */
export function isWorthPruning({ columns }: MixtureLayout, k: number): boolean {
  return columns >= FEWEST_COLUMNS && k >= FEWEST_COMPONENTS;
}

/**
 * Rounds a mixture with diagonal covariances to float32, to see first which components matter to a row.
 *
 * @param terms The mixture.
 * @param layout The layout of the data.
 * @returns The mixture and the bounds, or undefined where float32 would not do or not help.
 */
export function screenOf(
  { k, means, precisionFactors }: MixtureTerms,
  layout: MixtureLayout,
): MixtureScreen | undefined {
  const { columns: d, shape, triangles } = layout;
  if (triangles || d > MOST_COLUMNS || !isWorthPruning(layout, k)) return undefined;
  if (!precisionFactors.every((w) => w >= SMALLEST && w <= LARGEST)) return undefined;
  if (!means.every((mean) => Math.abs(mean) <= LARGEST)) return undefined;
  const { component, column } = factorStrides(shape, d);
  const groups = Math.ceil(d / 4);
  const packed = new Float32Array(8 * groups * k);
  const roundings = new Float32Array(3 * k);
  const change = (d + 32) * ROUNDING;
  for (let c = 0; c < k; c++) {
    let squares = 0;
    for (let j = 0; j < d; j++) {
      const mean = means[c * d + j];
      const w = precisionFactors[c * component + j * column];
      const at = 8 * (c * groups + (j >> 2)) + (j & 3);
      packed[at] = mean;
      packed[at + 4] = w;
      squares += (w * mean) ** 2;
    }
    roundings[c] = 2 * ROUNDING * Math.sqrt(squares) + LEAST_LENGTH;
    roundings[k + c] = 1 / (1 + change);
    roundings[2 * k + c] = 1 / (1 - change);
  }
  return { packed, roundings };
}
