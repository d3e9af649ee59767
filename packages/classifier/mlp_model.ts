import {
  denseForward,
  type DenseLayerSpec,
  ensureBackend,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
} from "@mixtape/tensor-utils";
import { classLabels } from "./class_labels.ts";
import type { Evidence, Head } from "./evidence.ts";
import type { EpochStats, MlpSettings } from "./mlp_options.ts";
import { layersOf } from "./mlp_settings.ts";
import { writeMlp } from "./mlp_file.ts";
import type { WriteOptions } from "./safetensors.ts";
import { agreement, highestClass, softmaxOf } from "./softmax.ts";

/** A layer of a model: its number from 0, or `"penultimate"` for the one before the logits. */
export type LayerName = number | "penultimate";

/** A trained multi-layer perceptron. It does not change, and is useless once disposed of. */
export class MlpModel {
  /** What the model was asked to be, with every default filled in. */
  readonly options: MlpSettings;
  /** All layers; the last one gives the logits. */
  readonly layers: readonly DenseLayerSpec[];
  /** The mean cross-entropy of every batch before its step, in nats. */
  readonly lossHistory: readonly number[];
  /** What every epoch came to. */
  readonly epochs: readonly EpochStats[];
  #weights: readonly Float32Array[] | undefined;

  /**
   * Puts a model together from what {@link mlpClassifier} or {@link mlpFromSafetensors} made.
   *
   * @param options The settings, checked.
   * @param weights Kernel [inputs × units] and bias, layer by layer.
   * @param lossHistory The loss of every batch.
   * @param epochs What every epoch came to.
   */
  constructor(
    options: MlpSettings,
    weights: readonly Float32Array[],
    lossHistory: readonly number[] = [],
    epochs: readonly EpochStats[] = [],
  ) {
    this.options = options;
    this.layers = layersOf(options);
    this.lossHistory = Object.freeze([...lossHistory]);
    this.epochs = Object.freeze([...epochs]);
    this.#weights = weights;
  }

  /** How many weights and biases there are. */
  get parameterCount(): number {
    return this.#alive().reduce((sum, { length }) => sum + length, 0);
  }

  /** The last layer of the network, which turns penultimate activations into logits. */
  get head(): Head {
    const weights = this.#alive();
    const values = weights[weights.length - 2].slice();
    const { classes } = this.options;
    return {
      weights: { values, shape: [values.length / classes, classes] },
      bias: weights[weights.length - 1].slice(),
    };
  }

  /**
   * Classifies rows.
   *
   * @param x Data, shape [n, d], of as many columns as the model was trained on.
   * @returns The class with the highest logit of each row.
   */
  async predict(x: MatrixLike): Promise<Int32Array> {
    return highestClass(await this.logits(x));
  }

  /**
   * Computes the scores before the softmax.
   *
   * @param x Data, shape [n, d].
   * @returns Shape [n, classes].
   */
  logits(x: MatrixLike): Promise<HostMatrix> {
    return this.activations(x, this.layers.length - 1);
  }

  /**
   * Computes the probability of each class.
   *
   * @param x Data, shape [n, d].
   * @returns Shape [n, classes]; each row adds up to 1.
   */
  async probabilities(x: MatrixLike): Promise<HostMatrix> {
    return softmaxOf(await this.logits(x));
  }

  /**
   * Computes what a layer gives, after its activation.
   *
   * @param x Data, shape [n, d].
   * @param layer Which layer; the last one gives the logits.
   * @returns Shape [n, units].
   * @throws {RangeError} If there is no such layer.
   */
  async activations(x: MatrixLike, layer: LayerName): Promise<HostMatrix> {
    const [output] = await this.#outputs(x, [this.#index(layer)]);
    return output;
  }

  /**
   * Computes all that a detector of out-of-distribution data may look at, in one pass.
   *
   * @param x Data, shape [n, d].
   * @param layers Which layers' activations to give; all hidden ones unless given, the penultimate last.
   * @returns Logits, activations and the head's weights.
   * @throws {RangeError} If there is no such layer.
   */
  async evidence(x: MatrixLike, layers?: readonly LayerName[]): Promise<Evidence> {
    const chosen = layers ?? this.options.hidden.map((_, i) => i);
    const keep = [...chosen.map((layer) => this.#index(layer)), this.layers.length - 1];
    const outputs = await this.#outputs(x, keep);
    return {
      activations: outputs.slice(0, -1),
      logits: outputs[outputs.length - 1],
      head: this.head,
    };
  }

  /**
   * Counts how often the model is right.
   *
   * @param x Data, shape [n, d].
   * @param labels The class of each row.
   * @returns The share of rows classified rightly, 0–1.
   */
  async accuracy(x: MatrixLike, labels: ArrayLike<number>): Promise<number> {
    const predicted = await this.predict(x);
    return agreement(predicted, classLabels(labels, predicted.length, this.options.classes));
  }

  /**
   * Counts rows by their class and the class predicted for them.
   *
   * @param x Data, shape [n, d].
   * @param labels The class of each row.
   * @returns `counts[actual][predicted]`.
   */
  async confusionMatrix(x: MatrixLike, labels: ArrayLike<number>): Promise<number[][]> {
    const predicted = await this.predict(x);
    const { classes } = this.options;
    const actual = classLabels(labels, predicted.length, classes);
    const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    predicted.forEach((label, i) => counts[actual[i]][label]++);
    return counts;
  }

  /**
   * Writes weights and options as a safetensors file; {@link mlpFromSafetensors} reads it.
   *
   * Kernels are stored as PyTorch has them, `layers.0.weight` of shape [units, inputs] and
   * `layers.0.bias`, so that a module with an `nn.ModuleList` named `layers` can load them.
   *
   * @param options `dtype: "F16"` rounds every weight to the nearest float16, for half the bytes.
   * @returns The bytes of the file.
   * @throws {RangeError} If a weight lies beyond 65504, the largest of float16, and `"F16"` is asked for.
   */
  toSafetensors(options?: WriteOptions): Uint8Array {
    return writeMlp(this.options, this.#alive(), options);
  }

  /** Releases the weights; the model cannot be used afterwards. */
  [Symbol.dispose](): void {
    this.#weights = undefined;
  }

  async #outputs(x: MatrixLike, keep: readonly number[]): Promise<HostMatrix[]> {
    const weights = this.#alive();
    const { inputs, inputScale } = this.options;
    const data = await hostMatrix(x, "x", { columns: inputs });
    await ensureBackend();
    const outputs = await denseForward(data, this.layers, weights, inputScale, keep);
    return outputs.map((values, i) => ({
      values,
      shape: [data.shape[0], this.layers[keep[i]].units],
    }));
  }

  #index(layer: LayerName): number {
    const index = layer === "penultimate" ? this.layers.length - 2 : layer;
    if (this.layers[index] !== undefined) return index;
    const remedy = this.layers.length > 1 ? ` or "penultimate"` : "";
    throw new RangeError(
      `Cannot give the activations of layer ${layer}: the model has ${this.layers.length} layers, ` +
        `0 to ${this.layers.length - 1}${remedy} is needed`,
    );
  }

  #alive(): readonly Float32Array[] {
    if (this.#weights) return this.#weights;
    throw new TypeError(
      "Cannot use the model: it was disposed of, use it inside its `using` block",
    );
  }
}
