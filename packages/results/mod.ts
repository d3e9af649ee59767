/**
 * The format of Mixtape's results: types, schemas, and parsers that reject anything that does not conform.
 *
 * A result is an {@link Envelope} (options, data, provenance, times) around a payload whose type
 * depends on the experiment. The parsers take the schemas of the payloads as an argument;
 * {@link resultsJsonSchema} returns the same schemas as JSON Schema.
 *
 * @example Rejecting a result that does not conform
 * ```ts
 * import { parseResult, ResultMismatchError } from "@mixtape/results";
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 *
 * const schemas = { "count": z.object({ rows: z.int() }) };
 *
 * assert.throws(
 *   () => parseResult(`{ "experiment": "count" }`, { file: "count.json", schemas }),
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
  CheckId,
  DerivationCheck,
  DerivationsPayload,
  DerivationsResult,
  MonteCarloEstimate,
} from "./derivations.ts";
export type {
  DatasetChoice,
  DatasetReason,
  Envelope,
  Provenance,
  Result,
  RunOptions,
  Stage,
} from "./envelope.ts";
export type { Interval, Proportion, Spread } from "./intervals.ts";
export type { OodSetName } from "./ood_set.ts";
export type { HistogramCounts, ScoreHistogram, Separation } from "./separation.ts";
export type { ParameterValue } from "./parameter.ts";
export { type ModelFile, type RowColumn, rowFilesOf } from "./row_files.ts";
export {
  type LeftOut,
  type Need,
  parseSelection,
  type Selection,
  selectionFile,
} from "./selection.ts";
export type { Sprite } from "./sprite.ts";
export type { StoredFile } from "./stored_file.ts";
export type { DrawingFrame, TryItImage, TryItKind, TryItPayload, TryItResult } from "./try_it.ts";
export type {
  DataFile,
  DescribedData,
  TableScale,
  UsedData,
  UsedImages,
  UsedTable,
} from "./used_data.ts";
export { parseWorkerLog, type WorkerJob, type WorkerLog, workerLogFile } from "./worker_log.ts";
export { assetsOf } from "./assets.ts";
export { checkIds } from "./derivations.ts";
export { type Estimate, estimatesOf } from "./estimates.ts";
export { schemaVersion } from "./envelope.ts";
export { spritesOf } from "./images.ts";
export {
  checkResult,
  type FileOrigin,
  parseResult,
  ResultMismatchError,
  type ResultOrigin,
} from "./parse.ts";
export { type PayloadSchema, type PayloadSchemas, resultsJsonSchema } from "./schemas.ts";
