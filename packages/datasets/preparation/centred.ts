import { type Float64Matrix, type HostMatrix, pacer } from "@mixtape/tensor-utils/host";

/**
 * Subtracts the mean of each column.
 *
 * @param x Data, shape [n, d].
 * @param means d numbers.
 * @param into At least n × d numbers that are overwritten; new ones by default.
 * @returns The differences, in float64.
 */
export function centred(
  { values, shape }: HostMatrix,
  means: Float64Array,
  into?: Float64Array,
): Float64Matrix {
  const [n, d] = shape;
  const result = into ?? new Float64Array(n * d);
  for (let i = 0; i < n * d; i += d) {
    for (let j = 0; j < d; j++) result[i + j] = values[i + j] - means[j];
  }
  return { values: result, shape };
}

/** Numbers between two looks at the clock. */
const PACED = 2 ** 22;

/**
 * Returns the mean of each column; that of equal numbers is theirs, so that they have no variance.
 *
 * @param x Data, shape [n, d].
 * @param signal Ends the work.
 */
export async function pacedMeans(
  { values, shape: [n, d] }: HostMatrix,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const pace = pacer(signal);
  const step = Math.ceil(PACED / d);
  const means = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    if (i % step === 0) await pace();
    // A running mean cannot overflow, as a sum can.
    const share = 1 / (i + 1);
    for (let j = 0; j < d; j++) means[j] += (values[i * d + j] - means[j]) * share;
  }
  return means;
}
