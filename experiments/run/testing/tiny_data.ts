import { type HostMatrix, random } from "@mixtape/tensor-utils";
import type { ExperimentData, ImageDataset, LabelledImages } from "../image_dataset.ts";

/**
 * Makes two sets of images of 4×4 pixels, whose splits differ in size, classes and largest value; no two images are
 * alike, so that a row tells where it is from. For tests only.
 *
 * @param train Number of in-distribution training images.
 */
export function tinyData(train = 41): ExperimentData {
  return {
    inDistribution: tinyDataset("shapes", 1, { train, test: 23, classes: 3, maxValue: 15 }),
    outOfDistribution: tinyDataset("clothes", 2, { train: 31, test: 19, classes: 4, maxValue: 12 }),
  };
}

function tinyDataset(
  name: string,
  seed: number,
  { train, test, classes, maxValue }: {
    readonly train: number;
    readonly test: number;
    readonly classes: number;
    readonly maxValue: number;
  },
): ImageDataset {
  return {
    name,
    title: `Tiny ${name}`,
    source: "made for tests",
    licence: "MIT",
    files: [{ name: `${name}-images`, sha256: `${seed}f`.repeat(32) }],
    train: tinyImages(10 * seed, train, classes, maxValue),
    test: tinyImages(10 * seed + 1, test, classes, maxValue),
    imageShape: { height: 4, width: 4 },
    classNames: Array.from({ length: classes }, (_, label) => `${name} ${label}`),
    maxValue,
  };
}

/** Images of which each class is brighter in pixels of its own, the last class twice as frequent as the others. */
function tinyImages(
  seed: number,
  rows: number,
  classes: number,
  maxValue: number,
): LabelledImages {
  const source = random(seed);
  const labels = Int32Array.from(
    { length: rows },
    () => Math.min(classes - 1, source.integer(classes + 1)),
  );
  const values = Uint8Array.from({ length: rows * 16 }, (_, at) => {
    const isBright = at % 16 % classes === labels[Math.floor(at / 16)];
    const value = source.integer(maxValue >> 1) + (isBright ? source.integer(maxValue >> 1) : 0);
    return Math.max(0, value - 1);
  });
  return { images: { values, shape: [rows, 16] }, labels };
}

/** Takes rows of images by their numbers, one by one; for tests only. */
export function rowsOf(
  { images: { values, shape: [, d] }, labels }: LabelledImages,
  rows: readonly number[],
): LabelledImages {
  const taken = rows.map((row) => values.slice(row * d, (row + 1) * d));
  return {
    images: { values: Uint8Array.from(taken.flatMap((row) => [...row])), shape: [rows.length, d] },
    labels: Int32Array.from(rows, (row) => labels[row]),
  };
}

/** Lists rows of a matrix as texts, to find out which of them are where; for tests only. */
export function rowTexts({ values, shape: [n, d] }: HostMatrix): string[] {
  return Array.from({ length: n }, (_, row) => values.slice(row * d, (row + 1) * d).join());
}
