import { pacer, pieceSize } from "./abort.ts";
import type { HostMatrix } from "./matrix.ts";

/**
 * Returns the mean of each column; that of equal numbers is theirs, so that they have no variance. The event loop
 * turns while there are many.
 *
 * @param x Data, shape [n, d], finite.
 * @param signal Ends the work; the promise is then rejected with its reason.
 * @returns The means in float64, d numbers, which hold where sums overflow.
 */
export async function runningMeans(
  { values, shape: [n, d] }: HostMatrix,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const pace = pacer(signal);
  const step = pieceSize(d);
  const means = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    if (i % step === 0) await pace();
    // A running mean cannot overflow, as a sum can.
    const share = 1 / (i + 1);
    for (let j = 0; j < d; j++) means[j] += (values[i * d + j] - means[j]) * share;
  }
  return means;
}
