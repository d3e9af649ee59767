import type { Envelope } from "@mixtape/results";
import {
  count,
  countTable,
  list,
  magnitude,
  oneOf,
  positive,
  type Proportion,
  proportion,
  record,
  share,
  type Sprite,
  sprite,
} from "@mixtape/results/schema";
import type { z } from "zod";

/** A dense layer. */
export interface DenseLayer {
  /** Number of outputs. */
  readonly units: number;
  /** Activation after the affine map. */
  readonly activation: "linear" | "relu" | "silu";
}

/** One pass over the training data. */
export interface Epoch {
  /** Mean cross-entropy of its batches. */
  readonly trainLoss: number;
  /** Share of the test set classified correctly after the epoch. */
  readonly testAccuracy: number;
  /** Wall time of training in milliseconds. */
  readonly elapsedMs: number;
}

/** A test image that the classifier got wrong. */
export interface Mistake {
  /** Row in the test set. */
  readonly row: number;
  /** Its label. */
  readonly trueClass: number;
  /** Class that the classifier predicted. */
  readonly predictedClass: number;
  /** Probability of the predicted class. */
  readonly probability: number;
}

/** Test images of similar confidence. */
export interface ReliabilityBin {
  /** Lowest confidence of the bin. */
  readonly low: number;
  /** Highest confidence of the bin. */
  readonly high: number;
  /** Images in the bin. */
  readonly count: number;
  /** Their mean confidence; 0 in an empty bin. */
  readonly meanConfidence: number;
  /** Share of them classified correctly; 0 in an empty bin. */
  readonly accuracy: number;
}

/** The calibration of the classifier's confidences. */
export interface Reliability {
  /** Expected calibration error: mean distance of accuracy from confidence, weighted by count. */
  readonly expectedCalibrationError: number;
  /** The bins, ascending. */
  readonly bins: readonly ReliabilityBin[];
}

/** The payload of the experiment `classifier`. */
export interface ClassifierPayload {
  /** Inputs and layers. */
  readonly architecture: { readonly inputs: number; readonly layers: readonly DenseLayer[] };
  /** Weights and biases. */
  readonly parameterCount: number;
  /** Batches in an epoch. */
  readonly batchesPerEpoch: number;
  /** Cross-entropy of each batch before its update. */
  readonly batchLosses: readonly number[];
  /** Every epoch. */
  readonly epochs: readonly Epoch[];
  /** Share of the test set classified correctly at the end. */
  readonly testAccuracy: Proportion;
  /** Test images by class (row) and prediction (column). */
  readonly confusion: readonly (readonly number[])[];
  /** The mistakes with the highest confidence, the highest first. */
  readonly mistakes: readonly Mistake[];
  /** Their images, in the same order; null if there was no mistake. */
  readonly mistakeImages: Sprite | null;
  /** Calibration on the test set. */
  readonly reliability: Reliability;
}

/** The schema of a {@link DenseLayer}. */
export const denseLayer: z.ZodType<DenseLayer> = record<DenseLayer>({
  units: positive,
  activation: oneOf(["linear", "relu", "silu"]),
});

/** The schema of {@link ClassifierPayload}. */
export const classifierPayload: z.ZodType<ClassifierPayload> = record<ClassifierPayload>({
  architecture: record<ClassifierPayload["architecture"]>({
    inputs: positive,
    layers: list(denseLayer, 1),
  }),
  parameterCount: positive,
  batchesPerEpoch: positive,
  batchLosses: list(magnitude, 1),
  epochs: list(
    record<Epoch>({ trainLoss: magnitude, testAccuracy: share, elapsedMs: magnitude }),
    1,
  ),
  testAccuracy: proportion,
  confusion: countTable,
  mistakes: list(
    record<Mistake>({ row: count, trueClass: count, predictedClass: count, probability: share }),
  ),
  mistakeImages: sprite.nullable(),
  reliability: record<Reliability>({
    expectedCalibrationError: share,
    bins: list(
      record<ReliabilityBin>({
        low: share,
        high: share,
        count,
        meanConfidence: share,
        accuracy: share,
      }),
      1,
    ),
  }),
});

/** The result of the experiment `classifier`. */
export type ClassifierResult = Envelope<"classifier", ClassifierPayload>;
