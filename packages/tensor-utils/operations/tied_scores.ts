import type { HostMatrix } from "../matrix.ts";
import { float64Product } from "./float64_product.ts";
import { logNormalizer } from "./log_normalizer.ts";
import { mixtureShapes } from "./mixture_shapes.ts";
import type { MixtureFactors } from "./mixture_session.ts";
import {
  blocksOf,
  centred,
  normalize,
  reachOf,
  ROUNDING,
  squaredLengths,
  times,
  TOLERANCE,
} from "./tied_algebra.ts";

/** Scores of all rows except those in `left`: they or a component lie too far from the mean of the mixture. */
export interface TiedScores {
  /** log p(x) of each row, n numbers. */
  readonly logDensity: Float64Array;
  /** Responsibilities, n×k. */
  readonly responsibilities: Float64Array;
  /** Indices of the rows that were not scored. */
  readonly left: Int32Array;
}

/**
 * Scores rows about the mean of the mixture, so that a row's result does not depend on the other
 * rows.
 *
 * @param x Checked data, n×d.
 * @param factors The mixture.
 * @param pace Awaited between blocks of rows.
 */
export async function scoreTied(
  x: HostMatrix,
  factors: MixtureFactors,
  pace: () => Promise<void>,
): Promise<TiedScores> {
  const { k, precisionFactors: w, logWeights, means } = factors;
  const [n, d] = x.shape;
  const origin = meanOf(factors, d);
  const middle = centred(means, origin);
  const reach = reachOf(w, d);
  const far = squaredLengths(middle, k, d).some((squared) => squared > reach);
  const centres = times(middle, k, w, d);
  const ofCentres = squaredLengths(centres, k, d);
  const farthest = ofCentres.reduce((most, squared) => Math.max(most, squared), 0);
  const scale = logNormalizer(factors.precisionFactors, 0, d, mixtureShapes.tied);
  const logDensity = new Float64Array(n);
  const responsibilities = new Float64Array(n * k);
  const left: number[] = [];
  for (const { start, rows, values } of blocksOf(x, origin)) {
    await pace();
    const y = times(values, rows, w, d);
    const ofRows = squaredLengths(y, rows, d);
    const joint = float64Product({ a: y, b: centres, m: rows, n: k, k: d, transposeB: true });
    squaredLengths(values, rows, d).forEach((squared, i) => {
      let nearest = Infinity;
      for (let c = 0; c < k; c++) {
        const distance = Math.max(0, ofRows[i] + ofCentres[c] - 2 * joint[i * k + c]);
        nearest = Math.min(nearest, distance);
        joint[i * k + c] = logWeights[c] - distance / 2;
      }
      // Squares about the mean of the mixture cancel where a component far from it is near to the row.
      const cancels = ROUNDING * (ofRows[i] + farthest) > TOLERANCE * Math.max(1, nearest);
      if (far || cancels || !(squared <= reach)) left.push(start + i);
      logDensity[start + i] = scale + normalize(joint, i * k, k);
    });
    responsibilities.set(joint, start * k);
  }
  return { logDensity, responsibilities, left: Int32Array.from(left) };
}

/** Returns the mean of the whole mixture. */
function meanOf({ k, logWeights, means }: MixtureFactors, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let c = 0; c < k; c++) {
    for (let j = 0; j < d; j++) mean[j] += Math.exp(logWeights[c]) * means[c * d + j];
  }
  return mean;
}
