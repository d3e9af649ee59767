import type { UsedImages } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";

/** Images with their classes. */
export interface LabelledImages {
  /** One image per row, shape [n, height × width]. */
  readonly images: HostMatrix;
  /** The class of each image. */
  readonly labels: Int32Array;
}

/** A data set: its two splits and its description. */
export interface ImageDataset
  extends Pick<UsedImages, "name" | "title" | "source" | "licence" | "files"> {
  /** Training split. */
  readonly train: LabelledImages;
  /** Test split. */
  readonly test: LabelledImages;
  /** The size of an image in pixels. */
  readonly imageShape: UsedImages["imageShape"];
  /** Names of the classes. */
  readonly classNames: readonly string[];
  /** The largest value of a pixel. */
  readonly maxValue: number;
}

/** The data an experiment runs on. */
export interface ExperimentData {
  /** Data set to train on, which counts as in-distribution. */
  readonly inDistribution: ImageDataset;
  /** Data set to detect as out-of-distribution. */
  readonly outOfDistribution: ImageDataset;
}

/**
 * Splits images after a number of rows; nothing is copied.
 *
 * @param split The images.
 * @param rows Rows of the first part.
 * @returns The first rows, and the rest.
 */
export function splitAt(
  { images, labels }: LabelledImages,
  rows: number,
): [LabelledImages, LabelledImages] {
  const [n, d] = images.shape;
  const at = Math.min(rows, n);
  const part = (from: number, to: number): LabelledImages => ({
    images: { values: images.values.subarray(from * d, to * d), shape: [to - from, d] },
    labels: labels.subarray(from, to),
  });
  return [part(0, at), part(at, n)];
}

/**
 * Holds out the last rows of a split; nothing is copied.
 *
 * @param split The images.
 * @param share Share of the rows to hold out, from 0 to 1.
 * @returns The rows that are left, and those that were held out.
 */
export function holdOut(split: LabelledImages, share: number): [LabelledImages, LabelledImages] {
  const total = split.labels.length;
  return splitAt(split, total - Math.round(share * total));
}
