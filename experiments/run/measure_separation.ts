import type { MlpModel } from "@mixtape/classifier";
import { aurocInterval, type Scores, separation } from "@mixtape/ood";
import type { Proportion, Separation } from "@mixtape/results";
import type { LabelledImages } from "./image_dataset.ts";
import { proportion } from "./statistics.ts";

/**
 * Measures how well scores tell rows that belong from rows that do not, as results hold it.
 *
 * @param inside Scores of rows that belong.
 * @param outside Scores of rows that do not.
 * @returns The measures, AUROC with DeLong's interval.
 */
export function measureSeparation(inside: Scores, outside: Scores): Separation {
  const { auroc, auprIn, auprOut, fprAtIdTpr95 } = separation(inside, outside);
  const { low, high } = aurocInterval(inside, outside);
  return { auroc, aurocInterval: { low, high, level: 0.95 }, auprIn, auprOut, fprAtIdTpr95 };
}

/**
 * Measures how often a classifier is right.
 *
 * @param model The classifier.
 * @param split The rows.
 * @returns The share, with its interval.
 */
export async function measureAccuracy(
  model: MlpModel,
  { images, labels }: LabelledImages,
): Promise<Proportion> {
  const share = await model.accuracy(images, labels);
  return proportion(Math.round(share * labels.length), labels.length);
}
