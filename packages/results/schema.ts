/**
 * The building blocks of payload schemas, and the schemas of the parts that results share.
 *
 * @example A payload of two fields
 * ```ts
 * import { count, record, share } from "@mixtape/results/schema";
 * import assert from "node:assert/strict";
 *
 * interface Payload {
 *   readonly rows: number;
 *   readonly accuracy: number;
 * }
 *
 * const payload = record<Payload>({ rows: count, accuracy: share });
 * assert(payload.safeParse({ rows: 3, accuracy: 0.5 }).success);
 * assert(!payload.safeParse({ rows: 3, accuracy: 2 }).success);
 * ```
 *
 * @module
 */
export { type Asset, asset } from "./asset.ts";
export {
  count,
  countTable,
  flag,
  index,
  list,
  magnitude,
  number,
  oneOf,
  positive,
  record,
  type Shape,
  share,
  text,
} from "./checks.ts";
export { derivationsPayload } from "./derivations.ts";
export {
  type Interval,
  interval,
  type Proportion,
  proportion,
  type Spread,
  spread,
} from "./intervals.ts";
export { type OodSetName, oodSetName } from "./ood_set.ts";
export {
  type HistogramCounts,
  histogramCounts,
  type ScoreHistogram,
  scoreHistogram,
  type Separation,
  separation,
} from "./separation.ts";
export { type Sprite, sprite } from "./sprite.ts";
export type { StoredFile } from "./stored_file.ts";
export { tryItPayload } from "./try_it.ts";
