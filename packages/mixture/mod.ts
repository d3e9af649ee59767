/**
 * Gaussian mixtures by expectation-maximisation: fitting, densities, responsibilities, sampling, and the
 * choice of the number of components.
 *
 * @example Fit two groups, score one point in a group and one between the groups
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussianMixture } from "@mixtape/mixture";
 * import { useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const values = new Float64Array([0, 0, 0, 1, 1, 0, 8, 8, 8, 9, 9, 8]);
 * using model = await gaussianMixture({ values, shape: [6, 2] }, {
 *   components: 2,
 *   covariance: "spherical",
 * });
 * const between = { values: new Float64Array([0.3, 0.3, 4, 4]), shape: [2, 2] } as const;
 * const [near, far] = await model.logDensity(between);
 * assert.ok(near > far);
 * ```
 *
 * @module
 */
export * from "./component_collapse_error.ts";
export type { Covariances, CovariancesLike } from "./covariance_array.ts";
export { gaussianMixture } from "./gaussian_mixture.ts";
export { gaussianMixtureFromJSON } from "./gaussian_mixture_from_json.ts";
export { GaussianMixtureModel } from "./gaussian_mixture_model.ts";
export * from "./likelihood.ts";
export type { GaussianMixtureJSON } from "./model_json.ts";
export type { NestedJSON } from "./nested_json.ts";
export type {
  GaussianMixtureOptions,
  MixtureInit,
  MixtureIteration,
  MixtureResponsibilities,
} from "./options.ts";
export type { MixtureParameters } from "./parameters.ts";
export type { MixtureSample, SampleOptions } from "./sampling.ts";
export * from "./select_mixture.ts";
export type {
  Abortable,
  Float64Matrix,
  HostMatrix,
  JSONNumber,
  MatrixLike,
  MatrixRows,
  MatrixValues,
  MixtureCovariance,
  TensorMatrix,
  ValuesMatrix,
} from "@mixtape/tensor-utils";
