import {
  type EpochStats,
  mlpClassifier,
  type MlpModel,
  type MlpOptions,
} from "@mixtape/classifier";
import type { OnProgress } from "./experiment.ts";
import type { ImageDataset, LabelledImages } from "./image_dataset.ts";

/** The aspects of a classifier's training that experiments vary. */
export interface TrainingPlan {
  /** Training rows. */
  readonly train: LabelledImages;
  /** Data set that the rows belong to. */
  readonly dataset: ImageDataset;
  /** Parameters of the experiment. */
  readonly parameters: {
    readonly epochs: number;
    readonly batchSize: number;
    readonly learningRate: number;
  };
  /** L2 added to the gradient. */
  readonly weightDecay: number;
  /** Seed of the weights and of the order of rows. */
  readonly seed: number;
  /** Signal that aborts the training. */
  readonly signal: AbortSignal;
  /** Rows to report loss and accuracy on. */
  readonly validation?: MlpOptions["validation"];
  /** Called with the share of the training that is done, from 0 to 1. */
  readonly onProgress?: OnProgress;
  /** Called after every epoch. */
  readonly onEpoch?: (stats: EpochStats) => void;
}

/**
 * Trains the reference network on images, scaled to 0–1.
 *
 * @param plan Data and hyperparameters.
 * @returns The model, to be disposed of.
 */
export function trainClassifier(plan: TrainingPlan): Promise<MlpModel> {
  const { train, dataset, parameters, weightDecay, seed, signal, validation, onEpoch, onProgress } =
    plan;
  const { epochs, batchSize, learningRate } = parameters;
  return mlpClassifier(train.images, train.labels, {
    classes: dataset.classNames.length,
    inputScale: 1 / dataset.maxValue,
    epochs,
    batchSize,
    learningRate,
    weightDecay,
    seed,
    signal,
    validation,
    onEpoch,
    onBatch: onProgress && tellEpochs(epochs, onProgress),
  });
}

/**
 * Makes a callback for every batch of a training that tells the share of the training that is done, and the epoch.
 *
 * @param epochs Epochs of the training.
 * @param onProgress Is told.
 * @returns The callback.
 */
export function tellEpochs(
  epochs: number,
  onProgress: OnProgress,
): NonNullable<MlpOptions["onBatch"]> {
  return ({ epoch, batch, batches }) =>
    onProgress((epoch + (batch + 1) / batches) / epochs, `epoch ${epoch + 1} of ${epochs}`);
}
