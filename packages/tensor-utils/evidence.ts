import type { HostMatrix } from "./matrix.ts";

/** The last layer of a classifier: logits = penultimate activations × weights + bias. */
export interface Head {
  /** Shape [units, classes]. */
  readonly weights: HostMatrix;
  /** One number per class. */
  readonly bias: Float32Array;
}

/**
 * Everything that a detector may look at, computed from a batch of rows in one pass of a
 * classifier.
 */
export interface Evidence {
  /** Logits, shape [n, classes]. */
  readonly logits: HostMatrix;
  /** Activations of the hidden layers, each of shape [n, units], first to last; the last is the penultimate layer. */
  readonly activations: readonly HostMatrix[];
  /** The rows themselves, shape [n, d], for detectors that use raw inputs. */
  readonly inputs?: HostMatrix;
  /** Class of each row, from 0; needed to fit, ignored when scoring. */
  readonly labels?: Int32Array;
  /**
   * The last layer, for detectors that reshape activations or measure distances to decision
   * boundaries.
   */
  readonly head?: Head;
}
