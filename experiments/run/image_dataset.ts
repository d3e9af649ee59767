import type { UsedData } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";

/** Images with their classes. */
export interface LabelledImages {
  /** One image a row, shape [n, height × width]. */
  readonly images: HostMatrix;
  /** The class of each image. */
  readonly labels: Int32Array;
}

/** A data set in its two splits, and what is known of it. */
export interface ImageDataset
  extends Pick<UsedData, "name" | "title" | "source" | "licence" | "files"> {
  /** What models learn from. */
  readonly train: LabelledImages;
  /** What they are measured on. */
  readonly test: LabelledImages;
  /** The size of an image in pixels. */
  readonly imageShape: UsedData["imageShape"];
  /** What each class is called. */
  readonly classNames: readonly string[];
  /** The largest value of a pixel. */
  readonly maxValue: number;
}

/** The data an experiment runs on. */
export interface ExperimentData {
  /** What the models learn, and what counts as in-distribution. */
  readonly inDistribution: ImageDataset;
  /** What they should notice. */
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
