import type { DenseLayerSpec } from "./dense.ts";
import type { HostMatrix } from "./host_matrix.ts";

/** Attributes of `MixtapeDenseForward`. */
export interface DenseForwardAttributes {
  /** Data, shape [n, d]. */
  readonly x: HostMatrix;
  /** The layers; the last one computes the logits. */
  readonly layers: readonly DenseLayerSpec[];
  /** The weights, as `DenseTraining.weights` gives them. */
  readonly weights: readonly Float32Array[];
  /** Factor that the input is multiplied by. */
  readonly inputScale: number;
  /** Indices of the layers whose outputs to return. */
  readonly keep: readonly number[];
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}
