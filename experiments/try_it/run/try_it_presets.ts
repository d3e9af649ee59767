import type { OodSetName, TryItKind } from "@mixtape/results";
import { takeRows } from "@mixtape/tensor-utils";
import type { ExperimentData, LabelledImages } from "../../run/image_dataset.ts";
import { makeOodSet } from "../../run/ood_sets.ts";

/** An image to try. */
export interface Preset {
  /** Source of the image. */
  readonly kind: TryItKind;
  /** Its class there; null if it has none. */
  readonly trueClass: number | null;
  /** Its pixels. */
  readonly pixels: ArrayLike<number> & Iterable<number>;
}

/** The sets made of test images that are shown once each. */
const made: readonly OodSetName[] = [
  "rotated",
  "inverted",
  "shuffled-pixels",
  "gaussian-noise",
  "blended",
];

/**
 * Chooses images to try: one of each class, as many of the other data set, and one of each set made of test images.
 *
 * @param data The data, and the seed of what is random in the sets.
 * @returns The images.
 */
export function choosePresets(
  { inDistribution, outOfDistribution, seed }: ExperimentData & { readonly seed: number },
): Preset[] {
  const few = { ...inDistribution, test: firstOf(inDistribution.test, 20) };
  return [
    ...oneOfEachClass(inDistribution.test, inDistribution.classNames.length, "in-distribution"),
    ...oneOfEachClass(
      outOfDistribution.test,
      outOfDistribution.classNames.length,
      "other-data-set",
    ),
    ...made.map((kind, at): Preset => {
      const { values, shape: [, d] } = makeOodSet(kind, few, seed);
      return { kind, trueClass: null, pixels: values.slice(at * d, (at + 1) * d) };
    }),
  ];
}

/**
 * Takes the first rows of each class, in the order of the classes.
 *
 * @param split The images.
 * @param classes Number of classes.
 * @param count Number of images to take per class, if there are as many.
 * @returns The images.
 */
export function firstOfEachClass(
  { images, labels }: LabelledImages,
  classes: number,
  count: number,
): LabelledImages {
  const rows = Array.from(
    { length: classes },
    (_, label) => rowsOf(labels, label).slice(0, count),
  ).flat();
  return { images: takeRows(images, rows), labels: Int32Array.from(rows, (row) => labels[row]) };
}

function oneOfEachClass(split: LabelledImages, classes: number, kind: TryItKind): Preset[] {
  const { images: { values, shape: [, d] }, labels } = firstOfEachClass(split, classes, 1);
  return Array.from(labels, (trueClass, row) => ({
    kind,
    trueClass,
    pixels: values.slice(row * d, (row + 1) * d),
  }));
}

function firstOf({ images, labels }: LabelledImages, count: number): LabelledImages {
  const rows = Array.from(labels.keys()).slice(0, count);
  return { images: takeRows(images, rows), labels: labels.slice(0, count) };
}

function rowsOf(labels: Int32Array, label: number): number[] {
  return Array.from(labels.keys()).filter((row) => labels[row] === label);
}
