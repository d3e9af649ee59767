import type { Distances, DistancesAttributes } from "@mixtape/operations";
import { squaredDistance } from "../distances.ts";
import { isSafeSquare } from "../nearest_point.ts";

/**
 * Computes `MixtapeDistances` in plain loops, for any backend.
 *
 * @param attributes Rows and points.
 * @returns The distances.
 */
export function referenceDistances({ x, points, k }: DistancesAttributes): Distances {
  const [n, d] = x.shape;
  const y = { values: points, shape: [k, d] } as const;
  const values = new (x.values.BYTES_PER_ELEMENT === 4 ? Float32Array : Float64Array)(n * k);
  let undecided = 0;
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < k; j++, at++) {
      const squared = squaredDistance(x, i, y, j);
      values[at] = isSafeSquare(squared) ? Math.sqrt(squared) : NaN;
      if (!Number.isFinite(values[at])) undecided++;
    }
  }
  return { values, undecided };
}
