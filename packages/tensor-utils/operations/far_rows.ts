import type { HostMatrix } from "../matrix.ts";
import type { MixtureShape, MixtureTerms } from "./mixture_moments.ts";
import { squaredMahalanobis } from "./squared_mahalanobis.ts";

/** What rows are multiplied by so that squares of anything in float64 stay within it. */
const SHRINK = 2 ** -700;

/**
 * The responsibilities for a row that lies so far away that its squared distances exceed float64: all of it
 * belongs to the nearest component, since no other density is within float64 of that one's.
 *
 * @param x The data, n×d.
 * @param row The row.
 * @param terms The mixture.
 * @param shape The shape of its covariances.
 * @returns k numbers with sum 1, shared equally by components that tie.
 */
export function farResponsibilities(
  x: HostMatrix,
  row: number,
  { k, means, precisionFactors }: MixtureTerms,
  shape: MixtureShape,
): Float64Array {
  const d = x.shape[1];
  const squares = Float64Array.from({ length: k }, (_, c) => {
    const v = Float64Array.from({ length: d }, (_, j) => {
      return SHRINK * x.values[row * d + j] - SHRINK * means[c * d + j];
    });
    const square = squaredMahalanobis(v, precisionFactors, c, shape);
    return Number.isNaN(square) ? Infinity : square;
  });
  const least = squares.reduce((least, square) => Math.min(least, square), Infinity);
  const ties = squares.filter((square) => square === least).length;
  return squares.map((square) => square === least ? 1 / ties : 0);
}
