import { activationNames, denseForward, type HostMatrix } from "@mixtape/tensor-utils";

const x: HostMatrix = { values: new Float32Array([1, -2, 3, 0.5]), shape: [2, 2] };
const weights = [
  [0.5, -1, 2, 3, 0.25, -0.75],
  [0.1, -0.2, 0.3],
  [1, 2, -3, 4, 5, -6],
  [0.5, -0.5],
].map((values) => Float32Array.from(values));

/** Runs a network of each activation: the outputs of its layers. */
export async function everyActivation(): Promise<number[][][]> {
  return await Promise.all(activationNames.map(async (activation) => {
    const layers = [{ units: 3, activation }, { units: 2, activation: "linear" }] as const;
    const outputs = await denseForward(x, layers, weights, 0.5, [0, 1]);
    return outputs.map((values) => [...values]);
  }));
}
