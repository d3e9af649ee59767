import type { DenseLayerSpec, HostMatrix } from "@mixtape/operations";
import { inPieces, pieceSize } from "../abort.ts";
import { checkWeights, denseForward } from "./dense.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Runs data through a dense network, and finds the class of each row: the named operation
 * `MixtapeDenseClasses`. On backends without a kernel, the outputs of {@link denseForward} are compared
 * on the host.
 *
 * @param x Data, shape [n, d].
 * @param layers The layers; the last one computes the logits.
 * @param weights Kernels [inputs × units] and biases, layer by layer.
 * @param inputScale Factor that the input is multiplied by.
 * @param signal Ends the work if it takes long; the promise is then rejected with its reason.
 * @returns The number of the last layer's highest output for each row, the first one in case of a tie.
 * @throws {RangeError} If the weights do not match the layers.
 */
export async function denseClasses(
  x: HostMatrix,
  layers: readonly DenseLayerSpec[],
  weights: readonly Float32Array[],
  inputScale: number,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const kernel = backendKernel("MixtapeDenseClasses");
  if (kernel) {
    checkWeights(x.shape[1], layers, weights);
    return await kernel({ x, layers, weights, inputScale, signal });
  }
  const last = layers.length - 1;
  const [values] = await denseForward(x, layers, weights, inputScale, [last], signal);
  return await highestClass({ values, shape: [x.shape[0], layers[last].units] }, signal);
}

/**
 * Finds the class with the highest score in each row.
 *
 * @param scores Scores, shape [n, classes].
 * @param signal Ends the search if it takes long; the promise is then rejected with its reason.
 * @returns The classes, the first one in case of a tie.
 */
export async function highestClass(
  { values, shape: [n, classes] }: HostMatrix,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const highest = new Int32Array(n);
  await inPieces(n, pieceSize(classes), (start, end) => {
    for (let i = start; i < end; i++) {
      const first = i * classes;
      let most = values[first];
      for (let j = 1; j < classes; j++) {
        const value = values[first + j];
        if (value > most) [most, highest[i]] = [value, j];
      }
    }
  }, signal);
  return highest;
}
