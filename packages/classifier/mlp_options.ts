import type { DenseLayerSpec, Label, MatrixLike } from "@mixtape/tensor-utils";

/** Options of {@link mlpClassifier}. */
export interface MlpOptions {
  /** The layers between input and logits; {@link referenceLayers} unless given, `[]` for softmax regression. */
  hidden?: readonly DenseLayerSpec[];
  /**
   * How many classes there are. Unless given, one more than the highest label where all are whole numbers
   * from 0, else as many as there are different labels.
   */
  classes?: number;
  /** How often all rows are gone through; 20 unless given, after which MNIST gains little. */
  epochs?: number;
  /** Rows a step; 1024 unless given. The last batch of an epoch may be smaller. */
  batchSize?: number;
  /**
   * Length of a step of Adam; 0.002 unless given. On MNIST the customary 0.001 stops short within the
   * default epochs: 96.8–97.4% of the test images over six seeds, where 0.002 gets 97.3–97.5%.
   */
  learningRate?: number;
  /**
   * How the steps get shorter: `"constant"`, the default, keeps them as they are; `"linear"` takes step t of T at
   * `learningRate`·(1 − t/T), counted from 0 (PyTorch's `LinearLR` from 1 to 0 over all steps). The latter ends
   * nearer the minimum, which small batches would otherwise keep jumping over.
   */
  learningRateSchedule?: LearningRateSchedule;
  /**
   * Times each weight and bias, added to its gradient (L2, the meaning of PyTorch's Adam); 0 unless
   * given, because decay collapses the penultimate activations that out-of-distribution detection needs.
   */
  weightDecay?: number;
  /** Share of each target spread evenly over all classes, in [0, 1); 0 unless given. */
  labelSmoothing?: number;
  /**
   * What the input is multiplied by. Unless given: 1 divided by the largest value for a `Uint8Array`,
   * which brings pixels to 0–1, and 1 for other data.
   */
  inputScale?: number;
  /** Rows to report loss and accuracy on after each epoch; they are not trained on. */
  validation?: LabelledRows;
  /** Seed of the initial weights and of the order of rows; 0 unless given. */
  seed?: number;
  /** Called after each step. */
  onBatch?: (progress: BatchProgress) => void;
  /** Called after each epoch. */
  onEpoch?: (stats: EpochStats) => void;
  /** Stops the training between two steps. */
  signal?: AbortSignal;
}

/** How the length of Adam's steps changes over a training. */
export type LearningRateSchedule = "constant" | "linear";

/** Data with the class of each row. */
export interface LabelledRows {
  /** Data, shape [n, d]. */
  readonly x: MatrixLike;
  /** The class of each row, as in the training. */
  readonly labels: ArrayLike<Label>;
}

/** Where the training is. */
export interface BatchProgress {
  /** The epoch, from 0. */
  readonly epoch: number;
  /** The batch within the epoch, from 0. */
  readonly batch: number;
  /** How many batches an epoch has. */
  readonly batches: number;
  /** The mean cross-entropy of the batch before its step, in nats. */
  readonly loss: number;
}

/** What an epoch came to. */
export interface EpochStats {
  /** The epoch, from 0. */
  readonly epoch: number;
  /** The mean over the epoch's rows of the cross-entropy before each step, in nats. */
  readonly loss: number;
  /** The mean cross-entropy of the validation rows after the epoch, without label smoothing. */
  readonly validationLoss?: number;
  /** The share of validation rows that the model classifies rightly after the epoch. */
  readonly validationAccuracy?: number;
}

/** What a model was asked to be: the options with every default filled in. */
export interface MlpSettings {
  /** Columns of the data. */
  readonly inputs: number;
  /** The layers between input and logits. */
  readonly hidden: readonly DenseLayerSpec[];
  /** How many classes there are. */
  readonly classes: number;
  /** How often all rows were gone through. */
  readonly epochs: number;
  /** Rows a step. */
  readonly batchSize: number;
  /** Length of a step of Adam; of the first one if the schedule is not constant. */
  readonly learningRate: number;
  /** How the steps got shorter. */
  readonly learningRateSchedule: LearningRateSchedule;
  /** L2 weight decay. */
  readonly weightDecay: number;
  /** Share of each target spread evenly over all classes. */
  readonly labelSmoothing: number;
  /** What the input is multiplied by. */
  readonly inputScale: number;
  /** Seed of the initial weights and of the order of rows. */
  readonly seed: number;
}
