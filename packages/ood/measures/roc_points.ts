import { checkNumber, givenOptions } from "@mixtape/tensor-utils/host";
import { drawable } from "./roc_drawing.ts";
import type { Scores } from "./scores.ts";
import { separationCurve } from "./separation_curve.ts";

/**
 * A ROC curve from (0, 0) to (1, 1) as three parallel arrays, with one point per position; below a cell of a notebook
 * it draws itself.
 */
export interface RocPoints {
  /**
   * Threshold of each point, descending: rows with score ≥ threshold are accepted. The first is
   * Infinity (nothing is accepted).
   */
  readonly thresholds: Float64Array;
  /** Share of in-distribution rows accepted (the vertical axis). */
  readonly idAccepted: Float64Array;
  /** Share of OOD rows accepted (the horizontal axis). */
  readonly oodAccepted: Float64Array;
}

/** Options of {@link rocPoints}. */
export interface RocPointsOptions {
  /**
   * Number of points to thin the curve to for plotting, approximately, at least 2: the vertices of
   * its convex hull are always kept, the others evenly along the curve. By default, one point per
   * distinct score.
   */
  readonly maxPoints?: number;
}

/**
 * Returns the points of the ROC curve at every distinct score, O(n log n).
 *
 * @example
 * ```ts
 * import { rocPoints } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const { idAccepted, oodAccepted } = rocPoints([3, 2], [2, 1]);
 * assert.deepEqual([...idAccepted], [0, 0.5, 1, 1]);
 * assert.deepEqual([...oodAccepted], [0, 0, 0.5, 1]);
 * ```
 *
 * @param idScores Scores of in-distribution rows, high = in-distribution.
 * @param oodScores Scores of OOD rows.
 * @param options `maxPoints` thins the curve for plotting.
 * @throws {RangeError} If either set is empty or has a score that is not finite, or `maxPoints` <
 * 2.
 */
export function rocPoints(
  idScores: Scores,
  oodScores: Scores,
  options?: RocPointsOptions,
): RocPoints {
  const { maxPoints = Infinity } = givenOptions(options, { maxPoints: true }, "rocPoints");
  if (typeof maxPoints !== "number") checkNumber(maxPoints, "maxPoints");
  if (!(maxPoints >= 2)) {
    throw new RangeError(`Cannot thin a ROC curve to ${maxPoints} points: maxPoints must be ≥ 2`);
  }
  const curve = separationCurve(idScores, oodScores);
  const size = curve.thresholds.length + 1;
  const points = {
    thresholds: new Float64Array(size),
    idAccepted: new Float64Array(size),
    oodAccepted: new Float64Array(size),
  };
  points.thresholds[0] = Infinity;
  for (let t = 1; t < size; t++) {
    points.thresholds[t] = curve.thresholds[t - 1];
    points.idAccepted[t] = curve.idAccepted[t - 1] / curve.idCount;
    points.oodAccepted[t] = curve.oodAccepted[t - 1] / curve.oodCount;
  }
  return drawable(size <= maxPoints ? points : thin(points, maxPoints));
}

function thin(points: RocPoints, maxPoints: number): RocPoints {
  const { idAccepted, oodAccepted } = points;
  const last = idAccepted.length - 1;
  const kept = hull(points);
  // The curve is monotone, so the sum of both coordinates is its arc length in the taxicab metric,
  // from 0 to 2.
  const step = 2 / (maxPoints - 1);
  let next = 0;
  for (let t = 0; t <= last; t++) {
    const length = idAccepted[t] + oodAccepted[t];
    if (length < next) continue;
    kept.add(t);
    next = (Math.floor(length / step) + 1) * step;
  }
  kept.add(last);
  const order = Uint32Array.from(kept).sort();
  const pick = (values: Float64Array) => Float64Array.from(order, (t) => values[t]);
  return {
    thresholds: pick(points.thresholds),
    idAccepted: pick(idAccepted),
    oodAccepted: pick(oodAccepted),
  };
}

/**
 * Returns the positions of the upper convex hull (Andrew's monotone chain; the points are already
 * sorted).
 */
function hull({ idAccepted: y, oodAccepted: x }: RocPoints): Set<number> {
  const stack: number[] = [];
  for (let t = 0; t < x.length; t++) {
    while (stack.length >= 2) {
      const b = stack[stack.length - 1];
      const a = stack[stack.length - 2];
      const cross = (x[b] - x[a]) * (y[t] - y[a]) - (y[b] - y[a]) * (x[t] - x[a]);
      if (cross < 0) break;
      stack.pop();
    }
    stack.push(t);
  }
  return new Set(stack);
}
