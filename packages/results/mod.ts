/**
 * What Mixtape's experiments write: types, schemas, and reading that rejects what does not conform.
 *
 * A result is an {@link Envelope} (what was asked, on what, by what, how long it took) around a
 * payload typed by experiment. `schema.json` beside this module says the same in JSON Schema.
 *
 * @example Reading a result rejects what does not conform
 * ```ts
 * import { parseResult, ResultMismatchError } from "@mixtape/results";
 * import assert from "node:assert/strict";
 *
 * assert.throws(
 *   () => parseResult(`{ "experiment": "data" }`, { file: "data.json" }),
 *   (error) => error instanceof ResultMismatchError && error.path === "schemaVersion",
 * );
 * ```
 *
 * @module
 */
export type { Asset } from "./asset.ts";
export {
  type BenchmarkComparison,
  type BenchmarkEntry,
  type BenchmarkQuality,
  type BenchmarkRow,
  type Benchmarks,
  type BenchmarkSpread,
  parseBenchmarks,
} from "./benchmarks.ts";
export type {
  ClassifierPayload,
  DenseLayer,
  Epoch,
  Mistake,
  Reliability,
  ReliabilityBin,
} from "./classifier.ts";
export type { DataPayload, DataSetSummary, SplitCounts } from "./data.ts";
export type {
  CheckId,
  DerivationCheck,
  DerivationsPayload,
  MonteCarloEstimate,
} from "./derivations.ts";
export type {
  DataFile,
  DatasetChoice,
  DatasetReason,
  Envelope,
  ParameterValue,
  Provenance,
  RunOptions,
  Stage,
  UsedData,
} from "./envelope.ts";
export type { BestAt, GmmNotebookPayload, NotebookRow, PublishedNotebook } from "./gmm_notebook.ts";
export type {
  ChosenComponents,
  DecayOutcome,
  GmmOodPayload,
  MixtureRow,
  MixtureScores,
  RocCounts,
} from "./gmm_ood.ts";
export type { Interval, Proportion, Spread } from "./intervals.ts";
export type {
  CentroidFrames,
  KMeansInitPayload,
  KMeansRepresentative,
  KMeansRun,
  KMeansStart,
  SharedCluster,
} from "./kmeans_init.ts";
export type {
  KMeansMissingPayload,
  MissingFailure,
  MissingFit,
  MissingMethod,
  MissingRun,
} from "./kmeans_missing.ts";
export type {
  DiscoveryOutcome,
  OodCalibrationPayload,
  PValueOutcome,
  TprOutcome,
} from "./ood_calibration.ts";
export type {
  CollapseMixture,
  CollapseOutcome,
  Normalization,
  OodCollapsePayload,
} from "./ood_collapse.ts";
export type {
  ClassifierName,
  DetectorComparison,
  DetectorFit,
  LeaderboardClassifier,
  LeaderboardDetector,
  LeaderboardScore,
  OodDetectorsPayload,
  OodSet,
  OodSetName,
} from "./ood_detectors.ts";
export type { HistogramCounts, ScoreHistogram, Separation } from "./separation.ts";
export type { Sprite } from "./sprite.ts";
export type { StoredFile } from "./stored_file.ts";
export type { DrawingFrame, TryItImage, TryItKind, TryItPayload } from "./try_it.ts";
export { assetsOf } from "./assets.ts";
export { checkIds } from "./derivations.ts";
export { type Estimate, estimatesOf } from "./estimates.ts";
export { schemaVersion } from "./envelope.ts";
export { spritesOf } from "./images.ts";
export { checkResult, parseResult, ResultMismatchError, type ResultOrigin } from "./parse.ts";
export {
  type ExperimentId,
  experimentIds,
  isExperimentId,
  type Payloads,
  type Result,
  type ResultOf,
  resultsJsonSchema,
} from "./registry.ts";
