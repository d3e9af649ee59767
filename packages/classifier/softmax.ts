import {
  checkNumber,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  inPieces,
  type MatrixLike,
  throwIfAborted,
} from "@mixtape/tensor-utils";

/** Options of {@link softmax}. */
export interface SoftmaxOptions {
  /** Temperature T above 0, 1 by default; the higher, the more even the probabilities. */
  readonly temperature?: number;
  /** Ends the work; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
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
 * @param options The temperature T, and a signal that aborts the work.
 * @returns Probabilities, shape [n, classes]; each row adds up to 1.
 * @throws {TypeError} If an option is unknown or of the wrong kind.
 * @throws {RangeError} If the temperature is not above 0, or a logit is not finite.
 */
export async function softmax(logits: MatrixLike, options?: SoftmaxOptions): Promise<HostMatrix> {
  const names = { temperature: true, signal: true } as const;
  const { temperature = 1, signal } = givenOptions(options, names, "softmax");
  throwIfAborted(signal);
  checkNumber(temperature, "temperature", { above: 0 });
  return await softmaxOf(await hostMatrix(logits, "logits", {}, signal), { temperature, signal });
}

/** Computes the {@link softmax} of checked logits. */
export async function softmaxOf(
  logits: HostMatrix,
  { temperature = 1, signal }: SoftmaxOptions = {},
): Promise<HostMatrix> {
  const { values, shape } = logits;
  const [, classes] = shape;
  const probabilities = new Float32Array(values.length);
  const row = new Float64Array(classes);
  await eachRow(logits, (i) => {
    const start = i * classes;
    // Minus the maximum, so that exp cannot overflow.
    const max = maximum(values, start, start + classes);
    let sum = 0;
    for (let j = 0; j < classes; j++) {
      sum += row[j] = Math.exp((values[start + j] - max) / temperature);
    }
    for (let j = 0; j < classes; j++) probabilities[start + j] = row[j] / sum;
  }, signal);
  return { values: probabilities, shape };
}

/** Number of logits between two looks at the clock: some milliseconds. */
const LOOKED_AT = 2 ** 17;

/** Works on each row in turn, and lets the event loop turn meanwhile. */
export async function eachRow(
  { shape: [n, columns] }: HostMatrix,
  work: (row: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await inPieces(n, Math.ceil(LOOKED_AT / columns), (start, end) => {
    for (let row = start; row < end; row++) work(row);
  }, signal);
}

/** Returns the mean over rows of −log softmax(logits) at the label, in nats. */
export async function crossEntropyOf(
  logits: HostMatrix,
  labels: Int32Array,
  signal?: AbortSignal,
): Promise<number> {
  const { values, shape: [n, classes] } = logits;
  let total = 0;
  await eachRow(logits, (i) => {
    const start = i * classes;
    const max = maximum(values, start, start + classes);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += Math.exp(values[start + j] - max);
    total += Math.log(sum) + max - values[start + labels[i]];
  }, signal);
  return total / n;
}

/** Returns the share of positions at which two lists of classes agree, from 0 to 1. */
export function agreement(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) count++;
  return count / a.length;
}

/** Returns the largest number of a list from `start` to before `end`. */
export function maximum(values: ArrayLike<number>, start: number, end: number): number {
  let max = -Infinity;
  for (let j = start; j < end; j++) if (values[j] > max) max = values[j];
  return max;
}
