import type { MixtureShape } from "@mixtape/operations";
import { mixtureStrides } from "./mixture_shapes.ts";

/**
 * Returns the logarithm of the constant that normalises the density of a component: log det W −
 * d/2·log 2π, where det W = det(Σ)^−½.
 *
 * @example A standard normal distribution
 * ```ts
 * import assert from "node:assert/strict";
 * import { logNormalizer, mixtureShapes } from "@mixtape/tensor-utils";
 *
 * const constant = logNormalizer(Float64Array.of(1), 0, 1, mixtureShapes.spherical);
 * assert.equal(constant, -Math.log(2 * Math.PI) / 2);
 * ```
 *
 * @param precisionFactors The factors W of all components, laid out for the shape.
 * @param c The component, from 0.
 * @param d Dimensions.
 * @param shape The shape of the covariances.
 */
export function logNormalizer(
  precisionFactors: Float64Array,
  c: number,
  d: number,
  shape: MixtureShape,
): number {
  const { component, diagonal } = mixtureStrides(shape, d);
  let logDeterminant = 0;
  for (let j = 0; j < d; j++) {
    logDeterminant += Math.log(precisionFactors[c * component + j * diagonal]);
  }
  return logDeterminant - d / 2 * Math.log(2 * Math.PI);
}
