import {
  type Abortable,
  compactLabels,
  denseClasses,
  denseForward,
  type DenseLayerSpec,
  ensureBackend,
  FittedModel,
  type Float64Matrix,
  givenOptions,
  givenSignal,
  type Head,
  type HostMatrix,
  type Label,
  type MatrixLike,
  placedMatrix,
  releasing,
  throwIfAborted,
  toBase64,
} from "@mixtape/tensor-utils";
import { classesOf, type ClassNames, codesOf, named, type Predictions } from "./class_names.ts";
import type { MlpEvidence } from "./evidence.ts";
import type { MlpJSON } from "./mlp_from_json.ts";
import { checkForwardRange } from "./float32_range.ts";
import type { EpochStats, MlpSettings } from "./mlp_options.ts";
import { layerIndices, type LayerName } from "./layer_names.ts";
import { layersOf } from "./mlp_settings.ts";
import { writeMlp } from "./mlp_file.ts";
import type { WriteOptions } from "./safetensors.ts";
import { agreement, softmaxOf } from "./softmax.ts";

/** Options of {@link MlpModel.evidence}. */
export interface EvidenceOptions extends Abortable {
  /**
   * Layers whose outputs to return; all hidden ones by default, so that the penultimate layer is the
   * last.
   */
  readonly layers?: readonly LayerName[];
}

/** Record of a training, and the names of its classes. */
export interface MlpRecord {
  /** Loss of every batch. */
  readonly lossHistory?: ArrayLike<number>;
  /** Statistics of every epoch. */
  readonly epochs?: readonly EpochStats[];
  /** Names of the classes; absent if classes are numbers from 0. */
  readonly names?: readonly Label[];
}

/**
 * A trained multi-layer perceptron, immutable; it cannot be used once disposed of. `L` is the type
 * of the labels it was trained on.
 */
export class MlpModel<L extends Label = number> extends FittedModel {
  /** Options of the model with every default filled in. */
  readonly options: MlpSettings;
  /** All layers; the last one computes the logits. */
  readonly layers: readonly DenseLayerSpec[];
  /** Mean cross-entropy of every batch before its step, in nats; empty if the model was read back. */
  readonly lossHistory: Float64Array;
  /** Statistics of every epoch; empty if the model was read back. */
  readonly epochs: readonly EpochStats[];
  /**
   * Label of each class, in the order of the logits: 0…k−1, or the labels trained on, ascending.
   */
  readonly classes: readonly L[];
  readonly #names: ClassNames;
  #weights: readonly Float32Array[];

  /**
   * Assembles a model from a training or a file; {@link mlpClassifier} and {@link
   * mlpFromSafetensors} call it.
   *
   * @param options The settings, checked.
   * @param weights Kernel [inputs × units] and bias of each layer, in order.
   * @param record History of the training, and the names of the classes.
   */
  constructor(
    options: MlpSettings,
    weights: readonly Float32Array[],
    { lossHistory = [], epochs = [], names }: MlpRecord = {},
  ) {
    super("classifier");
    this.options = options;
    this.layers = layersOf(options);
    this.lossHistory = Float64Array.from(lossHistory);
    this.epochs = Object.freeze([...epochs]);
    this.#names = names;
    this.classes = classesOf(names, options.classes) as readonly L[];
    this.#weights = weights;
    Object.freeze(this);
  }

  /** Number of weights and biases. */
  get parameterCount(): number {
    const sizes = [this.options.inputs, ...this.layers.map(({ units }) => units)];
    return this.layers.reduce((sum, { units }, layer) => sum + (sizes[layer] + 1) * units, 0);
  }

  /** Last layer of the network, which turns penultimate activations into logits. */
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
   * @param x Data, shape [n, d], with as many columns as the training data.
   * @param options A signal that aborts the work.
   * @returns The class with the highest logit of each row, in the kind of labels trained on: an
   * `Int32Array` for whole numbers, a `Float64Array` for other numbers, otherwise an array.
   */
  async predict(x: MatrixLike, options?: Abortable): Promise<Predictions<L>> {
    const signal = givenSignal(options, "predict");
    return named<L>(await this.#classes(x, signal), this.#names);
  }

  /**
   * Computes the logits, the scores before the softmax.
   *
   * @param x Data, shape [n, d].
   * @param options A signal that aborts the work.
   * @returns Logits, shape [n, classes].
   */
  async logits(x: MatrixLike, options?: Abortable): Promise<HostMatrix> {
    return await this.#logits(x, givenSignal(options, "logits"));
  }

  /**
   * Computes the probability of each class.
   *
   * @param x Data, shape [n, d].
   * @param options A signal that aborts the work.
   * @returns Probabilities, shape [n, classes]; each row adds up to 1.
   */
  async probabilities(x: MatrixLike, options?: Abortable): Promise<HostMatrix> {
    const signal = givenSignal(options, "probabilities");
    return await softmaxOf(await this.#logits(x, signal), { signal });
  }

  /**
   * Computes the outputs of a layer, after its activation function.
   *
   * @param x Data, shape [n, d].
   * @param layer The layer; the last one computes the logits.
   * @param options A signal that aborts the work.
   * @returns Outputs, shape [n, units].
   * @throws {RangeError} If there is no such layer.
   */
  async activations(x: MatrixLike, layer: LayerName, options?: Abortable): Promise<HostMatrix> {
    const signal = givenSignal(options, "activations");
    const [output] = await this.#outputs(x, layerIndices([layer], this.layers.length), signal);
    return output;
  }

  /**
   * Computes everything that a detector of out-of-distribution data may use, in one pass.
   *
   * @param x Data, shape [n, d].
   * @param options Layers whose outputs to return, and a signal that aborts the work.
   * @returns Logits, outputs of the layers, and the weights of the last layer.
   * @throws {RangeError} If there is no such layer.
   */
  async evidence(x: MatrixLike, options?: EvidenceOptions): Promise<MlpEvidence> {
    const names = { layers: true, signal: true } as const;
    const { layers, signal } = givenOptions(options, names, "evidence");
    throwIfAborted(signal);
    const chosen = layers ?? this.options.hidden.map((_, i) => i);
    const keep = [...layerIndices(chosen, this.layers.length), this.layers.length - 1];
    const outputs = await this.#outputs(x, keep, signal);
    return {
      activations: outputs.slice(0, -1),
      logits: outputs[outputs.length - 1],
      head: this.head,
      ...this.#names && { classes: this.classes },
    };
  }

  /**
   * Computes the share of rows that the model classifies correctly.
   *
   * @param x Data, shape [n, d].
   * @param labels The class of each row.
   * @param options A signal that aborts the work.
   * @returns A share from 0 to 1.
   */
  async accuracy(x: MatrixLike, labels: ArrayLike<Label>, options?: Abortable): Promise<number> {
    const signal = givenSignal(options, "accuracy");
    const { predicted, actual } = await this.#compare(x, labels, signal);
    return agreement(predicted, actual);
  }

  /**
   * Counts rows by their class and the class predicted for them.
   *
   * @param x Data, shape [n, d].
   * @param labels The class of each row.
   * @param options A signal that aborts the work.
   * @returns Numbers of rows, shape [classes, classes]: a row per class, a column per predicted
   * class, in the order of `classes`.
   */
  async confusionMatrix(
    x: MatrixLike,
    labels: ArrayLike<Label>,
    options?: Abortable,
  ): Promise<Float64Matrix> {
    const signal = givenSignal(options, "confusionMatrix");
    const { predicted, actual } = await this.#compare(x, labels, signal);
    const { classes } = this.options;
    const counts = new Float64Array(classes * classes);
    for (let i = 0; i < predicted.length; i++) counts[actual[i] * classes + predicted[i]]++;
    return { values: counts, shape: [classes, classes] };
  }

  /**
   * Writes weights and options as a safetensors file; {@link mlpFromSafetensors} reads it.
   *
   * Kernels are stored as in PyTorch, `layers.0.weight` of shape [units, inputs] and
   * `layers.0.bias`, so that a module with an `nn.ModuleList` named `layers` can load them.
   *
   * @param options `dtype: "F16"` rounds every weight to the nearest float16, for half the bytes.
   * @returns The bytes of the file.
   * @throws {RangeError} If a weight exceeds 65504, the largest float16, and `"F16"` is asked for.
   */
  toSafetensors(options?: WriteOptions): Uint8Array {
    return writeMlp(
      { settings: this.options, weights: this.#alive(), names: this.#names },
      options,
    );
  }

  /**
   * Returns the model as plain JSON, for `JSON.stringify`: the safetensors file as base64, a third
   * longer than the file itself.
   */
  toJSON(): MlpJSON {
    return { format: "mixtape-mlp", version: 1, safetensors: toBase64(this.toSafetensors()) };
  }

  /** Releases the weights; the model cannot be used afterwards. */
  override dispose(): void {
    super.dispose();
    this.#weights = [];
  }

  async #compare(
    x: MatrixLike,
    labels: ArrayLike<Label>,
    signal?: AbortSignal,
  ): Promise<{ predicted: Int32Array; actual: Int32Array }> {
    const compact = compactLabels(labels);
    const predicted = await this.#classes(x, signal);
    const { classes } = this.options;
    const rows = predicted.length;
    return { predicted, actual: codesOf(compact, { rows, classes, names: this.#names }) };
  }

  async #classes(x: MatrixLike, signal?: AbortSignal): Promise<Int32Array> {
    return await this.#forward(
      x,
      (data, weights) => denseClasses(data, this.layers, weights, this.options.inputScale, signal),
      signal,
    );
  }

  async #logits(x: MatrixLike, signal?: AbortSignal): Promise<HostMatrix> {
    const [logits] = await this.#outputs(x, [this.layers.length - 1], signal);
    return logits;
  }

  async #outputs(
    x: MatrixLike,
    keep: readonly number[],
    signal?: AbortSignal,
  ): Promise<HostMatrix[]> {
    return await this.#forward(x, async (data, weights) => {
      const { inputScale } = this.options;
      const outputs = await denseForward(data, this.layers, weights, inputScale, keep, signal);
      return outputs.map((values, i) => ({
        values,
        shape: [data.shape[0], this.layers[keep[i]].units],
      }));
    }, signal);
  }

  /** Checks rows, and works on them where the backend reads them. */
  async #forward<Outcome>(
    x: MatrixLike,
    work: (data: HostMatrix, weights: readonly Float32Array[]) => Promise<Outcome>,
    signal?: AbortSignal,
  ): Promise<Outcome> {
    const weights = this.#alive();
    const { inputs, inputScale } = this.options;
    return await releasing(placedMatrix(x, "x", { columns: inputs }, signal), async (placing) => {
      const data = await placing;
      await checkForwardRange(data, "x", inputScale, this.layers, weights, signal);
      await ensureBackend();
      return await work(data, weights);
    });
  }

  #alive(): readonly Float32Array[] {
    this.checkUsable();
    return this.#weights;
  }
}
