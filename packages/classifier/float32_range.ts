import {
  arrayKind,
  type DenseLayerSpec,
  type HostMatrix,
  inPieces,
  largestMagnitude,
  pacer,
  pieceSize,
  type PlacedMatrix,
} from "@mixtape/tensor-utils";

/**
 * Largest inputs to train on, after `inputScale`: Adam squares gradients, which are as large as
 * inputs, and squares beyond float32 would silently stop every step.
 */
const largestTrained = 1e18;

/** Sums of at most half of the largest float32 stay below it, however they are rounded. */
const largestSum = 2 ** 127;

/**
 * Checks that inputs are small enough to train on.
 *
 * @throws {RangeError} If an input is too large; the message names it.
 */
export async function checkTrainingRange(
  x: HostMatrix,
  inputScale: number,
  signal?: AbortSignal,
): Promise<void> {
  await checkRange(x, "x", inputScale, largestTrained, signal);
}

/**
 * Checks that nothing a network computes from these inputs can exceed float32. Anything larger
 * becomes Infinity, then NaN or, behind a ReLU, a 0 that looks like a result.
 *
 * @throws {RangeError} If an input is too large; the message names it.
 */
export async function checkForwardRange(
  x: PlacedMatrix,
  name: string,
  inputScale: number,
  layers: readonly DenseLayerSpec[],
  weights: readonly Float32Array[],
  signal?: AbortSignal,
): Promise<void> {
  await checkRange(x, name, inputScale, await reachOf(layers, weights, signal), signal);
}

/**
 * Checks that the weights are still finite after training.
 *
 * @throws {RangeError} If a weight is not finite.
 */
export async function checkWeights(
  weights: readonly Float32Array[],
  learningRate: number,
  signal?: AbortSignal,
): Promise<void> {
  let isFinite = true;
  for (const values of weights) {
    await inPieces(values.length, pieceSize(), (start, end) => {
      for (let at = start; at < end; at++) isFinite &&= Number.isFinite(values[at]);
    }, signal);
  }
  if (isFinite) return;
  throw new RangeError(
    `Cannot continue training: weights are no longer finite, ` +
      `try a learningRate below ${learningRate} or a smaller inputScale`,
  );
}

/** Number of values that are checked between two looks at the signal: some milliseconds. */
const CHECKED = 2 ** 20;

async function checkRange(
  x: PlacedMatrix,
  name: string,
  inputScale: number,
  largest: number,
  signal?: AbortSignal,
): Promise<void> {
  const scale = Math.abs(inputScale);
  const isIn = (value: number) =>
    Number.isFinite(Math.fround(value)) && Math.abs(value) * scale <= largest;
  if (isIn(arrayKind(x.values) === "Uint8Array" ? 255 : x.largest ?? Infinity)) return;
  const limit = scale === 0 ? Infinity : largest / scale;
  const pace = pacer(signal);
  for (let start = 0; start < x.values.length; start += CHECKED) {
    await pace();
    const part = x.values.subarray(start, start + CHECKED);
    if (isIn(largestMagnitude(part))) continue;
    const at = start + part.findIndex((value: number) => !isIn(value));
    throw new RangeError(
      `Cannot use ${name}: the value in row ${Math.floor(at / x.shape[1])}, ` +
        `column ${at % x.shape[1]} is ${x.values[at]}, the network computes in float32 and takes ` +
        `values up to ${
          Math.min(limit, 3.4e38).toPrecision(2)
        } here, divide the data by its largest absolute value`,
    );
  }
}

const reaches = new WeakMap<readonly Float32Array[], number>();

/**
 * Returns the largest scaled input for which no sum within the network can exceed float32: the
 * outputs of a layer are at most its inputs times the largest sum of absolute weights of a unit,
 * plus a bias.
 */
async function reachOf(
  layers: readonly DenseLayerSpec[],
  weights: readonly Float32Array[],
  signal?: AbortSignal,
): Promise<number> {
  const known = reaches.get(weights);
  if (known !== undefined) return known;
  let [slope, offset, reach] = [1, 0, largestSum];
  for (const [layer, { units }] of layers.entries()) {
    const growth = await largestColumnSum(weights[2 * layer], units, signal);
    slope *= growth;
    offset = offset * growth + largestMagnitude(weights[2 * layer + 1]);
    if (slope > 0) reach = Math.min(reach, (largestSum - offset) / slope);
  }
  reaches.set(weights, reach);
  return reach;
}

async function largestColumnSum(
  kernel: Float32Array,
  units: number,
  signal?: AbortSignal,
): Promise<number> {
  const sums = new Float64Array(units);
  await inPieces(kernel.length / units, pieceSize(units), (start, end) => {
    for (let at = start * units; at < end * units; at += units) {
      for (let j = 0; j < units; j++) sums[j] += Math.abs(kernel[at + j]);
    }
  }, signal);
  return largestMagnitude(sums);
}
