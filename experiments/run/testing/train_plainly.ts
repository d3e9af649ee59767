import { mlpClassifier, type MlpModel, type MlpOptions } from "@mixtape/classifier";
import type { LabelledImages } from "../image_dataset.ts";

/** Parameters with which the reference network is trained on tiny data. */
export const tinyTraining = { epochs: 3, batchSize: 16, learningRate: 0.004 };

/**
 * Trains the reference network on tiny in-distribution data as runs should, but by the classifier's own options; for
 * tests only.
 */
export function trainPlainly(
  { images, labels }: LabelledImages,
  options: Pick<MlpOptions, "weightDecay" | "seed"> & Partial<MlpOptions>,
): Promise<MlpModel> {
  return mlpClassifier(images, labels, {
    classes: 3,
    inputScale: 1 / 15,
    ...tinyTraining,
    ...options,
  });
}

/** Returns the softmax of each row of logits, computed one by one; for tests only. */
export function softmaxRows(
  { values, shape: [n, k] }: {
    readonly values: ArrayLike<number>;
    readonly shape: readonly [number, number];
  },
): number[][] {
  return Array.from({ length: n }, (_, row) => {
    const weights = Array.from({ length: k }, (_, c) => Math.exp(values[row * k + c]));
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / total);
  });
}
