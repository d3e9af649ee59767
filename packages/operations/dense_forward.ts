import type { DenseLayerSpec } from "./dense.ts";
import type { HostMatrix } from "./host_matrix.ts";

/** Attributes of `MixtapeDenseForward`. */
export interface DenseForwardAttributes {
  /** Data, shape [n, d]. */
  readonly x: HostMatrix;
  /** The layers; the last one gives the logits. */
  readonly layers: readonly DenseLayerSpec[];
  /** The weights, as `DenseTraining.weights` gives them. */
  readonly weights: readonly Float32Array[];
  /** Factor of the input. */
  readonly inputScale: number;
  /** Numbers of the layers to return the outputs of. */
  readonly keep: readonly number[];
}
