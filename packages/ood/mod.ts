/**
 * Out-of-distribution (OOD) detection: detectors, calibration, and measures of separation.
 *
 * One convention holds everywhere: a high score means in-distribution; OOD is the positive class
 * for AUPR-out; and FPR95 ({@link fprAtIdTpr95}) is the share of OOD rows accepted at the threshold
 * that accepts 95% of the in-distribution rows. Nothing here uses OOD data to fit or to choose; a
 * function that does is called an oracle.
 *
 * @example Fit on in-distribution rows, calibrate on held-out ones, judge new ones
 * ```ts
 * import { calibrateThreshold, mahalanobis } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const evidence = (features: number[]) => ({
 *   activations: [{ values: Float32Array.from(features), shape: [features.length, 1] as const }],
 * });
 * const line = Array.from({ length: 40 }, (_, i) => i / 40);
 * using detector = await mahalanobis({ ...evidence(line), labels: new Int32Array(40) });
 * const threshold = calibrateThreshold(await detector.score(evidence(line)));
 * const [near, far] = await detector.score(evidence([0.5, 7]));
 * assert.ok(near >= threshold && far < threshold);
 * ```
 *
 * @module
 */
export * from "./calibration/achieved_tpr.ts";
export * from "./calibration/benjamini_hochberg.ts";
export * from "./calibration/calibrate_threshold.ts";
export * from "./calibration/conformal_p_values.ts";
export * from "./calibration/oracle_threshold.ts";
export { defineDetector } from "./detector.ts";
export type { Citation, Detector, DetectorKind, FitOptions, ScoreOptions } from "./detector.ts";
export type { DetectorRecipe, FitContext } from "./detector_recipe.ts";
export type { DetectorJSON } from "./detector_json.ts";
export * from "./detectors.ts";
export type { MixtureDensityOptions } from "./features/mixture_density.ts";
export { quantile } from "./features/quantile.ts";
export type {
  Evidence,
  EvidenceLike,
  EvidencePart,
  Head,
  HeadLike,
  TrainingEvidence,
  TrainingEvidenceLike,
} from "./evidence.ts";
export * from "./measures.ts";
export * from "./outliers/outlier_detector.ts";
export * from "./outliers/outlier_model.ts";
export * from "./outliers/outlier_model_from_json.ts";
export * from "./outliers/outlier_scores.ts";
export type { OutlierModelJSON } from "./outliers/outlier_model_json.ts";
export type { ColumnScaling } from "./outliers/column_scaling.ts";
export type { FittedStack } from "./outliers/stacked_mixture.ts";
export {
  detectorFromJSON,
  detectorNamed,
  type DetectorReadOptions,
  detectors,
} from "./registry.ts";
export { maximumSoftmaxProbability } from "./scores/maximum_softmax_probability.ts";
export type { EncodedState } from "./state_encoding.ts";
export * as state from "./state/mod.ts";
export type { StateShape } from "./state/mod.ts";
export {
  type AurocInterval,
  aurocInterval,
  type IntervalOptions,
} from "./statistics/auroc_interval.ts";
export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapSeparation,
} from "./statistics/bootstrap_separation.ts";
export {
  type AurocComparison,
  compareAurocs,
  type ScoredRows,
} from "./statistics/compare_aurocs.ts";
export { midranks } from "./statistics/midranks.ts";
export { type ShareInterval, wilsonInterval } from "./statistics/wilson_interval.ts";
export type {
  Covariances,
  CovariancesLike,
  GaussianMixtureJSON,
  GaussianMixtureModel,
  MixtureCovariance,
  MixtureCriterion,
  MixtureParameters,
  MixtureSample,
  NestedJSON,
  SampleOptions,
} from "@mixtape/mixture";
export type {
  Abortable,
  Float64Matrix,
  HostMatrix,
  JSONNumber,
  Label,
  LabelsJSON,
  MatrixLike,
  MatrixRows,
  MatrixValues,
  RowsLike,
  RowSource,
  TensorMatrix,
  ValuesMatrix,
} from "@mixtape/tensor-utils";
