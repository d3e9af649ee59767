import type { OodSetName } from "@mixtape/results";
import { type HostMatrix, type Random, random } from "@mixtape/tensor-utils";
import type { ImageDataset } from "./image_dataset.ts";

/** The source of a set: in-distribution test images, their size and largest value. */
type Source = Pick<ImageDataset, "test" | "imageShape" | "maxValue">;

// The position of a set is that of its random stream: a new one goes last.
const makers: Partial<Record<OodSetName, (dataset: Source, source: Random) => HostMatrix>> = {
  "rotated": rotate,
  "inverted": ({ test: { images }, maxValue }) =>
    mapPixels(images, (at) => maxValue - images.values[at]),
  "shuffled-pixels": shufflePixels,
  "gaussian-noise": ({ test: { images }, maxValue }, source) =>
    mapPixels(images, () => Math.round(clamp(0.5 + 0.25 * source.normal()) * maxValue)),
  "uniform-noise": ({ test: { images }, maxValue }, source) =>
    mapPixels(images, () => source.integer(maxValue + 1)),
  "blended": blend,
};

/** Names of the out-of-distribution sets that are made from in-distribution images, without a download. */
export const madeOodSets: readonly OodSetName[] = Object.keys(makers) as OodSetName[];

/**
 * Makes a set of out-of-distribution images from in-distribution test images.
 *
 * @param name Name of the set.
 * @param dataset The in-distribution data.
 * @param seed Seed of its random parts.
 * @returns As many images as there are test images.
 */
export function makeOodSet(name: OodSetName, dataset: Source, seed: number): HostMatrix {
  const make = makers[name];
  if (make === undefined) {
    throw new RangeError(`Cannot make the set ${name}: it is a set of its own`);
  }
  // Each set has a stream of its own, so that leaving one out does not change the others.
  return make(dataset, random(seed).split(madeOodSets.indexOf(name)));
}

/** Rotates images by a quarter turn; they must be square. */
function rotate({ test: { images }, imageShape: { height, width } }: Source): HostMatrix {
  if (height !== width) {
    throw new RangeError(
      `Cannot rotate images of ${height}×${width} pixels: square images are needed`,
    );
  }
  const size = height * width;
  return mapPixels(images, (at) => {
    const [row, column] = [Math.floor(at % size / width), at % width];
    return images.values[at - at % size + column * width + (width - 1 - row)];
  });
}

/** The same shuffle for every image: what is left of a digit are its pixel values. */
function shufflePixels({ test: { images } }: Source, source: Random): HostMatrix {
  const size = images.shape[1];
  const order = source.permutation(size);
  return mapPixels(images, (at) => images.values[at - at % size + order[at % size]]);
}

/** The mean of each image and one of another class. */
function blend({ test: { images, labels } }: Source, source: Random): HostMatrix {
  const size = images.shape[1];
  const partners = labels.map((label) => {
    let partner = source.integer(labels.length);
    while (labels[partner] === label) partner = source.integer(labels.length);
    return partner;
  });
  return mapPixels(images, (at) => {
    const other = images.values[partners[Math.floor(at / size)] * size + at % size];
    return Math.round((images.values[at] + other) / 2);
  });
}

function mapPixels(images: HostMatrix, value: (at: number) => number): HostMatrix {
  return { values: Uint8Array.from(images.values, (_, at) => value(at)), shape: images.shape };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
