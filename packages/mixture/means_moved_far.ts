import type { MixtureFactors } from "@mixtape/tensor-utils";
import type { Mixture } from "./em_iteration.ts";

/**
 * Squares of moves in standard deviations, up to which taking the move back out of a covariance costs less than a
 * billionth of it.
 */
const FARTHEST = 1e5;
/** The share of what a covariance loses to rounding anyway that taking a move back may add. */
const SHARE = 0.1;

/**
 * Whether moments about the means of before are too coarse for the covariances after: Σ is what they leave once the
 * square of the move is taken out, and both are rounded.
 *
 * @param mixture The mixture after the move.
 * @param before The means before the move, k×d.
 * @returns Whether to take moments about the new means.
 */
export function meansMovedFar({ parameters, factors }: Mixture, before: Float64Array): boolean {
  const { means, components, dimensions: d } = parameters;
  const shift = new Float64Array(d);
  const spread = new Float64Array(d);
  for (let c = 0; c < components; c++) {
    for (let j = 0; j < d; j++) {
      shift[j] = Math.abs(means[c * d + j] - before[c * d + j]);
      spread[j] = Math.sqrt(parameters.covariances[diagonalAt(parameters.covariance, c, j, d)]);
    }
    const moved = whitenedBound(factors, parameters.covariance, c, shift);
    const rounded = whitenedBound(factors, parameters.covariance, c, spread);
    if (!(moved <= Math.max(FARTHEST, SHARE * rounded))) return true;
  }
  return false;
}

type Shape = Mixture["parameters"]["covariance"];

function diagonalAt(covariance: Shape, c: number, j: number, d: number): number {
  if (covariance === "full") return (c * d + j) * d + j;
  if (covariance === "tied") return j * d + j;
  return covariance === "diagonal" ? c * d + j : c;
}

/** ‖|W|·v‖² for v ≥ 0: what elements that are rounded by themselves may grow to, since W cancels nothing then. */
function whitenedBound(
  { precisionFactors: w }: MixtureFactors,
  covariance: Shape,
  c: number,
  v: Float64Array,
): number {
  const d = v.length;
  let square = 0;
  for (let i = 0; i < d; i++) {
    const matrix = covariance === "full" || covariance === "tied";
    const diagonal = diagonalAt(covariance, c, i, d);
    let y = w[diagonal] * v[i];
    for (let j = 0; matrix && j < i; j++) y += Math.abs(w[diagonal - i + j]) * v[j];
    square += y * y;
  }
  return square;
}
