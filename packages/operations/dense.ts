import type { HostMatrix } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";

/** Function that a dense layer applies to its sums: none, max(0, z), or z·sigmoid(z). */
export type Activation = "linear" | "relu" | "silu";

/** One dense layer of a network. */
export interface DenseLayerSpec {
  /** Number of outputs. */
  readonly units: number;
  /** Function applied to the sums. */
  readonly activation: Activation;
}

/** Training of a dense network: Adam on the mean cross-entropy of a batch. */
export interface DenseTrainingOptions {
  /** Factor that the input is multiplied by; 1/255 maps 8-bit pixels to 0–1. */
  readonly inputScale: number;
  /** Step size of Adam, for steps that are not given their own. */
  readonly learningRate: number;
  /** Decay of the mean gradient. */
  readonly beta1: number;
  /** Decay of the mean squared gradient. */
  readonly beta2: number;
  /** Term added to the root of the mean squared gradient, after its bias is corrected. */
  readonly epsilon: number;
  /** Factor by which each weight and bias is added to its gradient (L2, as in PyTorch's Adam). */
  readonly weightDecay: number;
  /** Share of the target that is spread evenly over all classes. */
  readonly labelSmoothing: number;
  /** Number of rows that most steps have, by which a backend may choose where to train. */
  readonly batchSize?: number;
}

/** Data, network and options that `MixtapeDense` is opened on. */
export interface DenseTrainingAttributes {
  /** Data, shape [n, d]. */
  readonly x: HostMatrix;
  /** The class of each row, from 0 to the last layer's units − 1. */
  readonly labels: Int32Array;
  /** The layers; the last one computes the logits. */
  readonly layers: readonly DenseLayerSpec[];
  /** Initial weights, copied. */
  readonly weights: readonly Float32Array[];
  /** Training options. */
  readonly options: DenseTrainingOptions;
  /** Ends calls that take long: their promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** A network in training. It holds memory of the backend until it is disposed of. */
export interface DenseTraining extends Disposable {
  /**
   * Number of steps that are worth taking before the loss of the first is awaited, where losses come
   * from far and several at once; 1 if undefined.
   */
  readonly stepsAhead?: number;
  /**
   * Takes one step on rows of the data, of size {@link DenseTrainingOptions.learningRate} unless
   * another one is given; returns the mean cross-entropy before the step. A step that fails may
   * have changed some weights.
   */
  readonly trainBatch: (rows: Uint32Array, learningRate?: number) => MaybePromise<number>;
  /** Returns the current weights: kernel [inputs × units] row by row, then bias, layer by layer. */
  readonly weights: () => MaybePromise<Float32Array[]>;
}
