import type { Evidence, Head, Label } from "@mixtape/tensor-utils";

/**
 * Everything that a detector of out-of-distribution data may use, computed in one pass of a network
 * over the rows.
 */
export interface MlpEvidence extends Evidence {
  /** Last layer of the network, which turns penultimate activations into logits. */
  readonly head: Head;
  /** Names of the classes, in the order of the logits; absent if classes are numbers from 0. */
  readonly classes?: readonly Label[];
}
