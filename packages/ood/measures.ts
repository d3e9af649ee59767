/**
 * The measures of separation between scores, as an entry point of its own for programs that need no
 * TensorFlow.js.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { auroc, separation } from "@mixtape/ood/measures";
 *
 * assert.equal(auroc([3, 2, 1], [0, 1]), 5.5 / 6);
 * assert.equal(separation([3, 2], [1, 0]).fprAtIdTpr95, 0);
 * ```
 *
 * @module
 */
export { auroc } from "./measures/auroc.ts";
export { autc } from "./measures/autc.ts";
export { auprIn, auprOut } from "./measures/average_precision.ts";
export { detectionError } from "./measures/detection_error.ts";
export { fprAtIdTpr95, fprAtOodTpr95 } from "./measures/false_positive_rates.ts";
export { oscr } from "./measures/oscr.ts";
export { type RocPoints, rocPoints, type RocPointsOptions } from "./measures/roc_points.ts";
export type { Scores } from "./measures/scores.ts";
export { type Separation, separation } from "./measures/separation.ts";
