import type { HostMatrix, Label } from "@mixtape/tensor-utils";

/** Last layer of a network, which computes the logits: logits = features · weights + bias. */
export interface Head {
  /** Shape [features, classes]. */
  readonly weights: HostMatrix;
  /** One number per class. */
  readonly bias: Float32Array;
}

/**
 * Everything that a detector of out-of-distribution data may use, computed in one pass over the
 * rows.
 */
export interface Evidence {
  /** Logits, shape [n, classes]. */
  readonly logits: HostMatrix;
  /** Outputs of the chosen layers, each of shape [n, units], in the order chosen. */
  readonly activations: readonly HostMatrix[];
  /** Last layer of the network, which turns penultimate activations into logits. */
  readonly head: Head;
  /** Names of the classes, in the order of the logits; absent if classes are numbers from 0. */
  readonly classes?: readonly Label[];
}
