import type { MixtureShape } from "@mixtape/operations";

/**
 * Returns the squared Mahalanobis length of a vector under one component of a mixture, in plain
 * float64.
 *
 * @example Two standard deviations from the mean
 * ```ts
 * import assert from "node:assert/strict";
 * import { mixtureShapes, squaredMahalanobis } from "@mixtape/tensor-utils";
 *
 * const v = Float64Array.of(6);
 * const precisionFactors = Float64Array.of(1 / 3);
 * assert.equal(squaredMahalanobis(v, precisionFactors, 0, mixtureShapes.spherical), 4);
 * ```
 *
 * @param v A row minus the mean of the component, d numbers.
 * @param precisionFactors W of all components, laid out as in {@linkcode MixtureFactors}.
 * @param component Index of the component, from 0.
 * @param shape The shape of the covariances.
 * @returns |W·v|²; NaN if terms beyond float64 cancel.
 */
export function squaredMahalanobis(
  v: Float64Array,
  precisionFactors: Float64Array,
  component: number,
  { block, shared }: MixtureShape,
): number {
  const d = v.length;
  let square = 0;
  if (block !== "matrix") {
    const step = block === "diagonal" ? 1 : 0;
    const first = shared ? 0 : component * (block === "diagonal" ? d : 1);
    for (let j = 0; j < d; j++) {
      const y = precisionFactors[first + j * step] * v[j];
      square += y * y;
    }
    return square;
  }
  let row = shared ? 0 : component * d * d;
  for (let i = 0; i < d; i++, row += d) {
    let y = 0;
    for (let j = 0; j <= i; j++) y += precisionFactors[row + j] * v[j];
    square += y * y;
  }
  return square;
}
