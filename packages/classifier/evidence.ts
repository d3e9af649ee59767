import type { HostMatrix, Label } from "@mixtape/tensor-utils";

/** The layer that gives the logits: logits = features · weights + bias. */
export interface Head {
  /** Shape [features, classes]. */
  readonly weights: HostMatrix;
  /** One number a class. */
  readonly bias: Float32Array;
}

/** What a detector of out-of-distribution data may look at, computed in one pass over the rows. */
export interface Evidence {
  /** Shape [n, classes]. */
  readonly logits: HostMatrix;
  /** The outputs of the chosen layers, each of shape [n, units], in the order chosen. */
  readonly activations: readonly HostMatrix[];
  /** The last layer of the network, which turns penultimate activations into logits. */
  readonly head: Head;
  /** The labels of the classes, in the order of the logits, where they are not their numbers. */
  readonly classes?: readonly Label[];
}
