import type { MixtureShape, MixtureTerms } from "@mixtape/operations";
import type { HostMatrix } from "../matrix.ts";
import { squaredMahalanobis } from "./squared_mahalanobis.ts";

/**
 * Factor for rows whose squares would exceed float64, so that squares of any float64 number stay
 * within it.
 */
const SHRINK = 2 ** -700;

/**
 * Returns the responsibilities for a row so far away that its squared distances exceed float64: all
 * of it belongs to the nearest component, since no other density is within float64 range of that
 * one's.
 *
 * @param x Data, n×d.
 * @param row Index of the row.
 * @param terms The mixture.
 * @param shape The shape of its covariances.
 * @returns k numbers with sum 1, shared equally by tied components.
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
