/**
 * What Mixtape's experiments write: types, schemas, and reading that rejects what does not conform.
 *
 * A result is an {@link Envelope} (what was asked, on what, by what, how long it took) around a
 * payload typed by experiment. The payloads are given to what reads: {@link resultsJsonSchema} says
 * the same in JSON Schema.
 *
 * @example Reading a result rejects what does not conform
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
  DataFile,
  DatasetChoice,
  DatasetReason,
  Envelope,
  ParameterValue,
  Provenance,
  Result,
  RunOptions,
  Stage,
  UsedData,
} from "./envelope.ts";
export type { Interval, Proportion, Spread } from "./intervals.ts";
export type { OodSetName } from "./ood_set.ts";
export type { HistogramCounts, ScoreHistogram, Separation } from "./separation.ts";
export type { Sprite } from "./sprite.ts";
export type { StoredFile } from "./stored_file.ts";
export type { DrawingFrame, TryItImage, TryItKind, TryItPayload, TryItResult } from "./try_it.ts";
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
