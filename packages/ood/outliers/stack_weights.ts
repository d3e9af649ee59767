import { inPieces, logSumExp, pieceSize } from "@mixtape/tensor-utils";

const MOST_ITERATIONS = 500;
const TOLERANCE = 1e-6;

/**
 * Returns the weights of a sum of densities that maximise the likelihood of rows which none of them
 * was fitted on (stacking), by EM from equal weights.
 *
 * @param logDensities For each density, its logarithm at every row; finite.
 * @param signal Ends the work; the promise is then rejected with its reason.
 * @returns One weight per density, with sum 1.
 * @see Smyth & Wolpert (1999), https://doi.org/10.1023/A:1007511322260
 */
export async function stackWeights(
  logDensities: readonly Float64Array[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const count = logDensities.length;
  const n = logDensities[0].length;
  const weights = new Float64Array(count).fill(1 / count);
  const terms = new Float64Array(count);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const next = new Float64Array(count);
    await inPieces(n, pieceSize(16 * count), (start, end) => {
      for (let row = start; row < end; row++) {
        for (let m = 0; m < count; m++) terms[m] = Math.log(weights[m]) + logDensities[m][row];
        const total = logSumExp(terms);
        for (let m = 0; m < count; m++) next[m] += Math.exp(terms[m] - total) / n;
      }
    }, signal);
    const change = next.reduce(
      (most, weight, m) => Math.max(most, Math.abs(weight - weights[m])),
      0,
    );
    weights.set(next);
    if (change < TOLERANCE) break;
  }
  return weights;
}
