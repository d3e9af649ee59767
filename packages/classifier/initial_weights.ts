import { type DenseLayerSpec, inPieces, pieceSize, random } from "@mixtape/tensor-utils";

/**
 * Draws initial weights as PyTorch's `nn.Linear` does: kernel and bias uniform within ±1/√inputs.
 *
 * @param signal Ends the drawing of many; the promise is then rejected with its reason.
 * @returns Kernel [inputs × units] and bias of each layer, in order.
 */
export async function initialWeights(
  inputs: number,
  layers: readonly DenseLayerSpec[],
  seed: number,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const source = random(seed).split(0);
  const weights: Float32Array[] = [];
  let width = inputs;
  for (const { units } of layers) {
    const bound = 1 / Math.sqrt(width);
    for (const part of [new Float32Array(width * units), new Float32Array(units)]) {
      await inPieces(part.length, pieceSize(4), (start, end) => {
        for (let at = start; at < end; at++) part[at] = bound * (2 * source.next() - 1);
      }, signal);
      weights.push(part);
    }
    width = units;
  }
  return weights;
}
