import {
  denseForward,
  type DenseTraining,
  ensureBackend,
  type HostMatrix,
  hostMatrix,
  labelArray,
  type MatrixLike,
  openDenseTraining,
  pacer,
  random,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { classLabels } from "./class_labels.ts";
import { initialWeights } from "./initial_weights.ts";
import { MlpModel } from "./mlp_model.ts";
import type { EpochStats, LabelledRows, MlpOptions, MlpSettings } from "./mlp_options.ts";
import { layersOf, mlpSettings } from "./mlp_settings.ts";
import { agreement, crossEntropyOf, highestClass } from "./softmax.ts";

/**
 * Trains a multi-layer perceptron: dense layers, Adam on the cross-entropy, rows reshuffled every epoch.
 *
 * Initial weights and Adam are those of PyTorch (`nn.Linear`, `torch.optim.Adam`): the same initial
 * weights and batches give its losses, up to float32 rounding.
 *
 * @example Two classes that a line separates
 * ```ts
 * import assert from "node:assert/strict";
 * import { mlpClassifier } from "@mixtape/classifier";
 * import { useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: new Float32Array([-2, -1, 1, 2]), shape: [4, 1] } as const;
 * using model = await mlpClassifier(x, [0, 0, 1, 1], {
 *   hidden: [{ units: 4, activation: "silu" }],
 *   epochs: 100,
 *   learningRate: 0.05,
 * });
 * assert.deepEqual([...await model.predict(x)], [0, 0, 1, 1]);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param labels The class of each row, from 0.
 * @param options The architecture and how to train; every one has a default.
 * @returns A model that predicts, with the loss of every batch.
 * @throws {RangeError} If an option or a label is outside its range, or the loss stops being finite.
 * @throws {TypeError} If `x` is not a matrix.
 * @see Kingma & Ba (2015), Adam: https://arxiv.org/abs/1412.6980
 */
export async function mlpClassifier(
  x: MatrixLike,
  labels: ArrayLike<number>,
  options: MlpOptions = {},
): Promise<MlpModel> {
  const data = await hostMatrix(x);
  const settings = mlpSettings(data, labelArray(labels, data.shape[0]), options);
  const classes = classLabels(labels, data.shape[0], settings.classes);
  const validation = await checkedRows(options.validation, settings);
  throwIfAborted(options.signal);
  const layers = layersOf(settings);
  const initial = initialWeights(settings.inputs, layers, settings.seed);
  await ensureBackend();
  using training = openDenseTraining(data, classes, layers, initial, {
    ...settings,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  });
  const run = new Run(training, data.shape[0], settings, options, validation);
  for (let epoch = 0; epoch < settings.epochs; epoch++) await run.epoch(epoch);
  return new MlpModel(settings, await training.weights(), run.losses, run.epochs);
}

/** Validation rows that were checked. */
interface ValidationRows {
  readonly x: HostMatrix;
  readonly labels: Int32Array;
}

/** A training under way. */
class Run {
  readonly losses: number[] = [];
  readonly epochs: EpochStats[] = [];
  readonly #pace: () => Promise<void>;

  constructor(
    readonly training: DenseTraining,
    readonly rows: number,
    readonly settings: MlpSettings,
    readonly options: MlpOptions,
    readonly validation: ValidationRows | undefined,
  ) {
    this.#pace = pacer(options.signal);
  }

  async epoch(epoch: number): Promise<void> {
    const { batchSize, seed } = this.settings;
    const order = random(seed).split(1).split(epoch).permutation(this.rows);
    const batches = Math.ceil(this.rows / batchSize);
    let total = 0;
    for (let batch = 0; batch < batches; batch++) {
      await this.#pace();
      const rows = order.subarray(batch * batchSize, (batch + 1) * batchSize);
      const step = epoch * batches + batch;
      const learningRate = learningRateAt(this.settings, step, this.settings.epochs * batches);
      const loss = await this.training.trainBatch(rows, learningRate);
      checkLoss(loss, epoch, batch, this.settings);
      this.losses.push(loss);
      total += loss * rows.length;
      this.options.onBatch?.({ epoch, batch, batches, loss });
    }
    const stats = { epoch, loss: total / this.rows, ...await this.#validate() };
    this.epochs.push(stats);
    this.options.onEpoch?.(stats);
  }

  async #validate(): Promise<Pick<EpochStats, "validationLoss" | "validationAccuracy">> {
    if (!this.validation) return {};
    const { x, labels } = this.validation;
    const layers = layersOf(this.settings);
    const weights = await this.training.weights();
    const [values] = await denseForward(x, layers, weights, this.settings.inputScale, [
      layers.length - 1,
    ]);
    const logits: HostMatrix = { values, shape: [labels.length, this.settings.classes] };
    return {
      validationLoss: crossEntropyOf(logits, labels),
      validationAccuracy: agreement(highestClass(logits), labels),
    };
  }
}

function learningRateAt(
  { learningRate, learningRateSchedule }: MlpSettings,
  step: number,
  steps: number,
): number {
  return learningRateSchedule === "linear" ? learningRate * (1 - step / steps) : learningRate;
}

async function checkedRows(
  rows: LabelledRows | undefined,
  { inputs, classes }: MlpSettings,
): Promise<ValidationRows | undefined> {
  if (!rows) return undefined;
  const x = await hostMatrix(rows.x, "validation.x", { columns: inputs });
  return { x, labels: classLabels(rows.labels, x.shape[0], classes, "validation.labels") };
}

function checkLoss(loss: number, epoch: number, batch: number, settings: MlpSettings): void {
  if (Number.isFinite(loss)) return;
  throw new RangeError(
    `Cannot go on training: the loss of batch ${batch} in epoch ${epoch} is ${loss}, ` +
      `try a learningRate below ${settings.learningRate} or a smaller inputScale`,
  );
}
