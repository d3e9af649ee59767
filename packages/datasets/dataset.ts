import type { HostMatrix } from "@mixtape/tensor-utils";
import { checkVerified } from "./fetch_dataset.ts";
import {
  type DatasetLocation,
  type DatasetSource,
  locateDataset,
  type LocateOptions,
} from "./locate.ts";
import {
  type DatasetEntry,
  datasetEntry,
  type ExpectedFile,
  expectedFiles,
  isVerified,
} from "./manifest.ts";
import { embeddedFile } from "./embedded_file.ts";
import { isContentError, readVerified, type VerifiedFile, verifyFile } from "./verify.ts";
import { datasetOptions } from "./options.ts";
import { rm } from "./sources/node_files.ts";

/** Options of {@linkcode loadDataset}. */
export interface LoadOptions extends LocateOptions {
  /**
   * True to allow a data set that the manifest has no hashes for; only its shape and values are
   * then verified.
   */
  readonly allowUnverified?: boolean;
}

/** Images of one split, and their classes. */
export interface DatasetSplit {
  /** One image per row, shape [n, height × width], 8-bit pixels row by row. */
  readonly images: HostMatrix;
  /** Class of each image, from 0. */
  readonly labels: Int32Array;
}

/** A file that was read. */
export interface DatasetFile {
  /** Canonical name, such as `train-images-idx3-ubyte`. */
  readonly name: string;
  /** SHA-256 of the decompressed bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A data set, read and verified. */
export interface Dataset {
  /** Name in the manifest, such as `fashion-mnist`. */
  readonly name: string;
  /** Name for people, such as Fashion-MNIST. */
  readonly title: string;
  /** Split that models are fitted on. */
  readonly train: DatasetSplit;
  /** Split that models are tested on. */
  readonly test: DatasetSplit;
  /** Size of an image in pixels. */
  readonly imageShape: { readonly height: number; readonly width: number };
  /** Names of the classes, in the order of the labels. */
  readonly classNames: readonly string[];
  /** Largest value that a pixel can have, 255 or 16; the smallest is 0. */
  readonly maxValue: number;
  /** Files that were read. */
  readonly files: readonly DatasetFile[];
  /**
   * True if the files have the hashes in the manifest; `false` for a data set that it has no hashes
   * for.
   */
  readonly verified: boolean;
  /** Attribution to give when using it, and the address of its home page. */
  readonly source: string;
  /** Licence, as an SPDX identifier if there is one. */
  readonly licence: string;
  /** Place on this machine where it was found. */
  readonly location: DatasetSource;
}

/**
 * Reads a data set from this machine and verifies it.
 *
 * @example Small pictures of clothes
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadDataset } from "@mixtape/datasets";
 *
 * const { test, classNames, maxValue } = await loadDataset("fashion-8x8");
 * assert.deepEqual(test.images.shape, [500, 64]);
 * assert.equal(classNames[test.labels[0]], "Trouser");
 * assert.equal(maxValue, 16);
 * ```
 *
 * @param name The name of the data set.
 * @param options The folders to look in, and the manifest if it is not that of this package.
 * @returns Images, labels, and the description of the data set.
 * @throws {RangeError} If there is no such data set, it is not on this machine, or the manifest has
 * no hashes for it and `allowUnverified` is not set.
 * @throws {HashMismatchError} If a file does not have the hash in the manifest; a downloaded file
 * is then removed.
 * @throws {SyntaxError} If a file is damaged, a label is not a class, or a pixel is too large; a
 * downloaded file is then removed.
 */
export async function loadDataset(name: string, options?: LoadOptions): Promise<Dataset> {
  const given = datasetOptions(options, "loadDataset");
  const entry = datasetEntry(given.manifest, name);
  const location = await locateDataset(name, given);
  if (location === undefined) throw notFound(name, given);
  checkVerified(name, entry, given.allowUnverified ?? false);
  const expected = expectedFiles(entry);
  const files = await inOrder(expected.map((file) => readFileOf(name, location, file)));
  const [trainImages, trainLabels, testImages, testLabels] = files;
  return {
    name,
    title: entry.title,
    train: toSplit(trainImages, trainLabels, entry),
    test: toSplit(testImages, testLabels, entry),
    imageShape: { height: entry.image.height, width: entry.image.width },
    classNames: entry.classNames,
    maxValue: entry.image.maxValue,
    files: files.map(({ sha256 }, i) => ({ name: expected[i].file, sha256 })),
    verified: isVerified(entry),
    source: `${entry.attribution}, ${entry.homepage}`,
    licence: entry.licence.name,
    location: location.source,
  };
}

function notFound(name: string, { dataDir, cacheDir }: LoadOptions): RangeError {
  const places = [dataDir, cacheDir].filter((place) => place !== undefined).join(" or ");
  return new RangeError(
    `Cannot find ${name}: it is not in ${places || "any folder that was given"}, ` +
      `fetch it first (fetchDataset, or deno task data ${name}) or name a folder that has it ` +
      `(dataDir, or --data-dir)`,
  );
}

/** Awaits all promises; throws the error of the first in order that failed, even if a later one failed sooner. */
async function inOrder<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}

async function readFileOf(
  name: string,
  location: DatasetLocation,
  expected: ExpectedFile,
): Promise<VerifiedFile> {
  const path = location.files.get(expected.file);
  if (path === undefined) {
    const described = { name: `${name}/${expected.file}`, remedy: "install the package again" };
    return await verifyFile(await embeddedFile(name, expected.file), expected, described);
  }
  const downloaded = location.source === "cache";
  const remedy = downloaded
    ? "it was removed, fetch it again (deno task data)"
    : "replace it by the original";
  try {
    return await readVerified(path, expected, { name: path, remedy });
  } catch (error) {
    // A damaged file is removed if it was downloaded; files of the user are left alone.
    if (downloaded && isContentError(error)) await rm(path, { force: true });
    throw error;
  }
}

function toSplit(images: VerifiedFile, labels: VerifiedFile, entry: DatasetEntry): DatasetSplit {
  return {
    images: imageMatrix(images, entry),
    labels: Int32Array.from(labels.values, (label) => label - entry.firstLabel),
  };
}

function imageMatrix(
  { shape: [count], values }: VerifiedFile,
  { image: { height, width, transposed } }: DatasetEntry,
): HostMatrix {
  const size = height * width;
  if (!transposed) return { values, shape: [count, size] };
  const upright = new Uint8Array(values.length);
  for (let start = 0; start < values.length; start += size) {
    for (let i = 0; i < size; i++) {
      upright[start + i] = values[start + (i % width) * height + Math.floor(i / width)];
    }
  }
  return { values: upright, shape: [count, size] };
}
