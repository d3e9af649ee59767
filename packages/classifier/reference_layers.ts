import type { DenseLayerSpec } from "@mixtape/tensor-utils";

/**
 * Hidden layers of the reference architecture, 784 → 100 → ReLU → 50 → 25 → SiLU → 10 on MNIST.
 *
 * There is no activation function between 100, 50 and 25: the 50 units only bound the rank of the
 * map to the 25.
 */
export const referenceLayers: readonly DenseLayerSpec[] = [
  { units: 100, activation: "relu" },
  { units: 50, activation: "linear" },
  { units: 25, activation: "silu" },
];
