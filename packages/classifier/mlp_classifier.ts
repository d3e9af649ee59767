import {
  type CompactLabels,
  compactLabels,
  denseForward,
  type DenseTraining,
  disposing,
  ensureBackend,
  givenOptions,
  highestClass,
  type HostMatrix,
  hostMatrix,
  type Label,
  type MatrixLike,
  openDenseTraining,
  pacedPermutation,
  pacer,
  type PlacedMatrix,
  placedMatrix,
  random,
  releasing,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import {
  checkSeveral,
  type ClassNames,
  codesOf,
  countClasses,
  type LabelKind,
  namesOf,
} from "./class_names.ts";
import { checkForwardRange, checkTrainingRange, checkWeights } from "./float32_range.ts";
import { initialWeights } from "./initial_weights.ts";
import { MlpModel } from "./mlp_model.ts";
import type { EpochStats, LabelledRows, MlpOptions, MlpSettings } from "./mlp_options.ts";
import { checkedLayers, layersOf, mlpOptionNames, mlpSettings } from "./mlp_settings.ts";
import { agreement, crossEntropyOf } from "./softmax.ts";

/**
 * Trains a multi-layer perceptron: dense layers, Adam on the cross-entropy, rows reshuffled every
 * epoch.
 *
 * Initial weights and Adam are those of PyTorch (`nn.Linear`, `torch.optim.Adam`): the same initial
 * weights and batches give the same losses, up to float32 rounding.
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
 * @example Classes by name
 * ```ts
 * import assert from "node:assert/strict";
 * import { mlpClassifier } from "@mixtape/classifier";
 *
 * const x = [[-2], [-1], [1], [2]];
 * using model = await mlpClassifier(x, ["low", "low", "high", "high"], {
 *   hidden: [],
 *   epochs: 100,
 *   learningRate: 0.05,
 * });
 * assert.deepEqual(model.classes, ["high", "low"]);
 * assert.deepEqual(await model.predict([[-3], [3]]), ["low", "high"]);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param labels The class of each row: whole numbers from 0 to 65,535, which are class numbers (a
 * number without rows is learned to be rare), or any other numbers, big integers, strings or
 * booleans, whose distinct values are the classes, ascending.
 * @param options The architecture and the training; all have defaults.
 * @returns The trained model, with the loss of every batch.
 * @throws {RangeError} If an option or a label is out of range, a value times `inputScale` exceeds
 * 1e18, which is too large to train on in float32, or the loss or a weight stops being finite.
 * @throws {TypeError} If `x` is not a matrix, labels are of several kinds, or an option is unknown.
 * @see Kingma & Ba (2015), Adam: https://arxiv.org/abs/1412.6980
 */
export async function mlpClassifier<L extends Label>(
  x: MatrixLike,
  labels: ArrayLike<L>,
  options?: MlpOptions,
): Promise<MlpModel<LabelKind<L>>> {
  const checked = givenOptions(options, mlpOptionNames, "mlpClassifier");
  throwIfAborted(checked.signal);
  const given = { ...checked, hidden: checked.hidden && checkedLayers(checked.hidden) };
  const compact = compactLabels(labels);
  const placing = placedMatrix(x, "x", {}, given.signal);
  const copying = copiedRows(given.validation, given.signal);
  return await releasing(placing, async () => {
    const [data, validation] = await Promise.all([placing, copying]);
    return await train<L>(data, compact, validation, given);
  });
}

/** Trains on copies of the data. */
async function train<L extends Label>(
  data: PlacedMatrix,
  compact: CompactLabels,
  validation: CopiedRows | undefined,
  given: MlpOptions,
): Promise<MlpModel<LabelKind<L>>> {
  const names = namesOf(compact);
  checkSeveral(names);
  const settings = await mlpSettings(data, countClasses(compact, names), given);
  checkNames(names, settings.classes);
  const { classes: count, inputs } = settings;
  const classes = codesOf(compact, { rows: data.shape[0], classes: count, names });
  const held = validation && checkedRows(validation, inputs, count, names);
  const pace = pacer(given.signal);
  await pace();
  await checkTrainingRange(data, settings.inputScale, given.signal);
  await pace();
  const layers = layersOf(settings);
  const initial = await initialWeights(inputs, layers, settings.seed, given.signal);
  await ensureBackend();
  await pace();
  const opened = openDenseTraining(data, classes, layers, initial, {
    ...settings,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  }, given.signal);
  return await disposing(opened, async (training) => {
    const run = new Run(training, data.shape[0], settings, given, held);
    for (let epoch = 0; epoch < settings.epochs; epoch++) await run.epoch(epoch);
    const { losses, epochs } = run;
    const weights = await training.weights();
    await checkWeights(weights, settings.learningRate, given.signal);
    return new MlpModel(settings, weights, { lossHistory: losses, epochs, names });
  });
}

/** Validation rows, checked. */
interface ValidationRows {
  readonly x: HostMatrix;
  readonly labels: Int32Array;
}

/** A training in progress. */
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
    const source = random(seed).split(1).split(epoch);
    const order = await pacedPermutation(source, this.rows, this.options.signal);
    const batches = Math.ceil(this.rows / batchSize);
    const ahead = this.training.stepsAhead ?? 1;
    const losses: ReturnType<DenseTraining["trainBatch"]>[] = [];
    let total = 0;
    for (let batch = 0; batch < batches + ahead - 1; batch++) {
      await this.#pace();
      if (batch < batches) {
        const rows = order.subarray(batch * batchSize, (batch + 1) * batchSize);
        const step = epoch * batches + batch;
        const learningRate = learningRateAt(this.settings, step, this.settings.epochs * batches);
        losses.push(this.training.trainBatch(rows, learningRate));
      }
      const known = batch - ahead + 1;
      if (known < 0) continue;
      const loss = await losses[known];
      checkLoss(loss, epoch, known, this.settings);
      this.losses.push(loss);
      total += loss * Math.min(batchSize, this.rows - known * batchSize);
      this.options.onBatch?.({ epoch, batch: known, batches, loss });
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
    const { settings: { inputScale, learningRate }, options: { signal } } = this;
    await checkWeights(weights, learningRate, signal);
    await checkForwardRange(x, "validation.x", inputScale, layers, weights, signal);
    const last = layers.length - 1;
    const [values] = await denseForward(x, layers, weights, inputScale, [last], signal);
    const logits: HostMatrix = { values, shape: [labels.length, this.settings.classes] };
    return {
      validationLoss: await crossEntropyOf(logits, labels, signal),
      validationAccuracy: agreement(await highestClass(logits, signal), labels),
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

/** Validation rows, copied and not yet checked. */
interface CopiedRows {
  readonly x: HostMatrix;
  readonly labels: CompactLabels;
}

/** Copies validation rows before it returns its promise. */
async function copiedRows(
  rows: LabelledRows | undefined,
  signal?: AbortSignal,
): Promise<CopiedRows | undefined> {
  if (!rows) return undefined;
  const labels = compactLabels(rows.labels, "validation.labels");
  return { x: await hostMatrix(rows.x, "validation.x", {}, signal), labels };
}

function checkedRows(
  { x, labels }: CopiedRows,
  inputs: number,
  classes: number,
  names: ClassNames,
): ValidationRows {
  const [rows, columns] = x.shape;
  if (columns !== inputs) {
    throw new RangeError(
      `Cannot use validation.x: it has ${columns} columns, ${inputs} are needed, as in x`,
    );
  }
  return { x, labels: codesOf(labels, { rows, classes, names, name: "validation.labels" }) };
}

function checkNames(names: ClassNames, classes: number): void {
  if (!names || names.length === classes) return;
  throw new RangeError(
    `Cannot use labels: they name ${names.length} classes, but classes is ${classes}, ` +
      `the same number is needed, or whole numbers from 0 as labels`,
  );
}

function checkLoss(loss: number, epoch: number, batch: number, settings: MlpSettings): void {
  if (Number.isFinite(loss)) return;
  throw new RangeError(
    `Cannot continue training: the loss of batch ${batch} in epoch ${epoch} is ${loss}, ` +
      `try a learningRate below ${settings.learningRate} or a smaller inputScale`,
  );
}
