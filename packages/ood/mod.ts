/**
 * Out-of-distribution (OOD) detection: scores, detectors, and the measures of separation.
 *
 * One convention everywhere: a score is high for what is in-distribution; OOD is the positive class for AUPR-out; and
 * FPR95 ({@link fprAtIdTpr95}) is the share of OOD rows accepted at the threshold that accepts 95% of the
 * in-distribution rows.
 *
 * @example
 * ```ts
 * import { separation } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const idScores = [9, 8, 7, 6];
 * const oodScores = [5, 4, 6.5];
 * assert.equal(separation(idScores, oodScores).auroc, 11 / 12);
 * ```
 *
 * @module
 */
export { auroc } from "./measures/auroc.ts";
export { auprIn, auprOut } from "./measures/average_precision.ts";
export { detectionError } from "./measures/detection_error.ts";
export { fprAtIdTpr95, fprAtOodTpr95 } from "./measures/false_positive_rates.ts";
export { type RocPoints, rocPoints, type RocPointsOptions } from "./measures/roc_points.ts";
export type { Scores } from "./measures/scores.ts";
export { type Separation, separation } from "./measures/separation.ts";
export { maximumSoftmaxProbability } from "./scores/maximum_softmax_probability.ts";
