import {
  checkNumber,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
} from "@mixtape/tensor-utils";

/** Options of {@link softmax}. */
export interface SoftmaxOptions {
  /** Temperature T above 0, 1 by default; the higher, the more even the probabilities. */
  readonly temperature?: number;
}

/**
 * Turns logits z into probabilities: exp(z/T) divided by its sum over the row, for z of any
 * magnitude.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { softmax } from "@mixtape/classifier";
 *
 * const { values } = await softmax({ values: new Float32Array([1000, 1000]), shape: [1, 2] });
 * assert.deepEqual([...values], [0.5, 0.5]);
 * ```
 *
 * @param logits Logits, shape [n, classes], finite.
 * @param options The temperature T.
 * @returns Probabilities, shape [n, classes]; each row adds up to 1.
 * @throws {TypeError} If an option is unknown or of the wrong kind.
 * @throws {RangeError} If the temperature is not above 0, or a logit is not finite.
 */
export async function softmax(logits: MatrixLike, options?: SoftmaxOptions): Promise<HostMatrix> {
  const { temperature = 1 } = givenOptions(options, { temperature: true }, "softmax");
  checkNumber(temperature, "temperature", { above: 0 });
  return softmaxOf(await hostMatrix(logits, "logits"), temperature);
}

/** Computes the {@link softmax} of checked logits. */
export function softmaxOf({ values, shape }: HostMatrix, temperature = 1): HostMatrix {
  const [n, classes] = shape;
  const probabilities = new Float64Array(values.length);
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * classes, (i + 1) * classes);
    // Minus the maximum, so that exp cannot overflow.
    const max = maximum(row);
    let sum = 0;
    for (let j = 0; j < classes; j++) {
      sum += probabilities[i * classes + j] = Math.exp((row[j] - max) / temperature);
    }
    for (let j = 0; j < classes; j++) probabilities[i * classes + j] /= sum;
  }
  return { values: Float32Array.from(probabilities), shape: [n, classes] };
}

/** Returns the mean over rows of −log softmax(logits) at the label, in nats. */
export function crossEntropyOf(logits: HostMatrix, labels: Int32Array): number {
  const [n, classes] = logits.shape;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const row = logits.values.subarray(i * classes, (i + 1) * classes);
    const max = maximum(row);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += Math.exp(row[j] - max);
    total += Math.log(sum) + max - row[labels[i]];
  }
  return total / n;
}

/** Returns the class with the highest score in each row, the first one in case of a tie. */
export function highestClass({ values, shape: [n, classes] }: HostMatrix): Int32Array {
  const highest = new Int32Array(n);
  for (let i = 0, first = 0; i < n; i++, first += classes) {
    let most = values[first];
    for (let j = 1; j < classes; j++) {
      const value = values[first + j];
      if (value > most) [most, highest[i]] = [value, j];
    }
  }
  return highest;
}

/** Returns the share of positions at which two lists of classes agree, from 0 to 1. */
export function agreement(a: Int32Array, b: Int32Array): number {
  return a.reduce((count, label, i) => count + (label === b[i] ? 1 : 0), 0) / a.length;
}

/** Returns the largest number of a list. */
export function maximum(row: ArrayLike<number>): number {
  let max = -Infinity;
  for (let j = 0; j < row.length; j++) if (row[j] > max) max = row[j];
  return max;
}
