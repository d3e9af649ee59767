import { type DenseLayerSpec, random } from "@mixtape/tensor-utils";

/**
 * Draws initial weights as PyTorch's `nn.Linear` does: kernel and bias uniform within ±1/√inputs.
 *
 * @returns Kernel [inputs × units] and bias of each layer, in order.
 */
export function initialWeights(
  inputs: number,
  layers: readonly DenseLayerSpec[],
  seed: number,
): Float32Array[] {
  const source = random(seed).split(0);
  let width = inputs;
  return layers.flatMap(({ units }) => {
    const bound = 1 / Math.sqrt(width);
    const uniform = (): number => bound * (2 * source.next() - 1);
    const kernel = Float32Array.from({ length: width * units }, uniform);
    const bias = Float32Array.from({ length: units }, uniform);
    width = units;
    return [kernel, bias];
  });
}
