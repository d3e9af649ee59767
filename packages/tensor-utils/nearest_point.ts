import { largestMagnitude, timesPowerOfTwo } from "./power_of_two.ts";

/** The point of a set that is nearest to a row. */
export interface NearestPoint {
  /** Index of the point, the lowest one in case of a tie. */
  readonly label: number;
  /** Squared distance of the point; Infinity or 0 if that exceeds float64 or vanishes. */
  readonly squaredDistance: number;
}

/** Returns true for a sum of squares that neither overflowed nor lost digits. */
export function isSafeSquare(squared: number): boolean {
  return squared >= 2 ** -900 && squared <= 2 ** 900;
}

/**
 * Finds the point nearest to a row in float64, even if squared distances overflow or vanish: all
 * are measured in units of the distance to the nearest. This is several times slower than a search
 * with squares that fit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nearestPoint } from "@mixtape/tensor-utils";
 *
 * assert.equal(nearestPoint([2e200], Float64Array.of(9e200, 1e200)).label, 1);
 * assert.equal(nearestPoint([2e-200], Float64Array.of(9e-200, 1e-200)).label, 1);
 * ```
 *
 * @param row d numbers, finite.
 * @param points k × d numbers, finite, row by row.
 * @param missing Mask of d entries, not 0 where a number of the row is missing and ignored; none by
 * default.
 * @returns The nearest point and its squared distance.
 */
export function nearestPoint(
  row: ArrayLike<number>,
  points: Float64Array,
  missing?: ArrayLike<number>,
): NearestPoint {
  const d = row.length;
  const k = points.length / d;
  // Divided by 4, the difference of the two largest float64 numbers does not overflow.
  const unit = Math.max(largestMagnitude(row), largestMagnitude(points)) > 2 ** 1000 ? 0.25 : 1;
  const difference = (j: number, p: number) =>
    missing?.[p] ? 0 : unit * row[p] - unit * points[j * d + p];
  const extents = new Float64Array(k).map((_, j) => {
    let extent = 0;
    for (let p = 0; p < d; p++) extent = Math.max(extent, Math.abs(difference(j, p)));
    return extent;
  });
  const least = extents.reduce((a, b) => Math.min(a, b), Infinity);
  if (least === 0) return { label: extents.indexOf(0), squaredDistance: 0 };
  const exponent = -Math.floor(Math.log2(least));
  let label = 0;
  let closest = Infinity;
  for (let j = 0; j < k; j++) {
    let sum = 0;
    for (let p = 0; p < d; p++) sum += timesPowerOfTwo(difference(j, p), exponent) ** 2;
    if (sum >= closest) continue;
    closest = sum;
    label = j;
  }
  const squaredDistance = timesPowerOfTwo(closest / unit / unit, -2 * exponent);
  return { label, squaredDistance };
}
