import {
  type EpochStats,
  mlpClassifier,
  type MlpModel,
  type MlpOptions,
} from "@mixtape/classifier";
import type { ImageDataset, LabelledImages } from "./image_dataset.ts";

/** What the experiments vary of a classifier's training. */
export interface TrainingPlan {
  /** The rows to learn from. */
  readonly train: LabelledImages;
  /** The set they belong to. */
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
  /** Aborts the training. */
  readonly signal: AbortSignal;
  /** Rows to report loss and accuracy on. */
  readonly validation?: MlpOptions["validation"];
  /** Told how much of the training is done, from 0 to 1. */
  readonly onProgress?: (fraction: number, note: string) => void;
  /** Told about every epoch. */
  readonly onEpoch?: (stats: EpochStats) => void;
}

/**
 * Trains the reference network on images, scaled to 0–1.
 *
 * @param plan On what, and how.
 * @returns The model, to be disposed of.
 */
export function trainClassifier(plan: TrainingPlan): Promise<MlpModel> {
  const { train, dataset, parameters, weightDecay, seed, signal, validation, onEpoch } = plan;
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
    onBatch({ epoch, batch, batches }) {
      const note = `epoch ${epoch + 1} of ${epochs}`;
      plan.onProgress?.((epoch + (batch + 1) / batches) / epochs, note);
    },
  });
}
