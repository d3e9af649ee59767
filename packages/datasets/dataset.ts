import type { HostMatrix } from "@mixtape/tensor-utils";
import { rm } from "node:fs/promises";
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
import { isContentError, readVerified, type VerifiedFile } from "./verify.ts";
import { datasetOptions } from "./options.ts";

/** What {@linkcode loadDataset} needs to know. */
export interface LoadOptions extends LocateOptions {
  /** Whether a set whose hashes could not be checked may be used; only its shape and values are verified. */
  readonly allowUnverified?: boolean;
}

/** The images of one split, and what they show. */
export interface DatasetSplit {
  /** One image a row, shape [n, height × width], 8-bit pixels row by row. */
  readonly images: HostMatrix;
  /** The class of each image, counted from 0. */
  readonly labels: Int32Array;
}

/** A file that was read. */
export interface DatasetFile {
  /** Its canonical name, such as `train-images-idx3-ubyte`. */
  readonly name: string;
  /** The SHA-256 of its decompressed bytes. */
  readonly sha256: string;
}

/** A data set, read and verified. */
export interface Dataset {
  /** Its name in the manifest, such as `fashion-mnist`. */
  readonly name: string;
  /** What people call it, such as Fashion-MNIST. */
  readonly title: string;
  /** What models are fitted on. */
  readonly train: DatasetSplit;
  /** What models are tested on. */
  readonly test: DatasetSplit;
  /** The size of an image in pixels. */
  readonly imageShape: { readonly height: number; readonly width: number };
  /** What each class is called, in the order of the labels. */
  readonly classNames: readonly string[];
  /** The largest value a pixel can have, 255 or 16; the smallest is 0. */
  readonly maxValue: number;
  /** The files that were read. */
  readonly files: readonly DatasetFile[];
  /** Whether the files have the hashes of the manifest; `false` for a set it has none for. */
  readonly verified: boolean;
  /** Where it comes from and whom to name when using it. */
  readonly source: string;
  /** What people may do with it, an SPDX identifier where there is one. */
  readonly licence: string;
  /** Where on this machine it was found. */
  readonly location: DatasetSource;
}

/**
 * Reads a data set from this machine, and verifies it.
 *
 * @example Small pictures of clothes
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadDataset, readManifest } from "@mixtape/datasets";
 *
 * const manifest = await readManifest("data/manifest.json");
 * const { test, classNames, maxValue } = await loadDataset("fashion-8x8", {
 *   manifest,
 *   sampleDir: "data/sample",
 * });
 * assert.deepEqual(test.images.shape, [500, 64]);
 * assert.equal(classNames[test.labels[0]], "Trouser");
 * assert.equal(maxValue, 16);
 * ```
 *
 * @param name The name of the data set.
 * @param options The manifest and the folders to look in.
 * @returns Images, labels, and what is known of them.
 * @throws {RangeError} If there is no such data set, it is not on this machine, or it is unverified
 * and `allowUnverified` is not set.
 * @throws {HashMismatchError} If a file is not the one the manifest expects; one that was downloaded
 * is removed.
 * @throws {SyntaxError} If a file is damaged, a label is none of the classes or a pixel too large; one
 * that was downloaded is removed.
 */
export async function loadDataset(name: string, options: LoadOptions): Promise<Dataset> {
  const given = datasetOptions(options, "loadDataset");
  const entry = datasetEntry(given.manifest, name);
  const location = await locateDataset(name, given);
  if (location === undefined) throw notFound(name, given);
  checkVerified(name, entry, given.allowUnverified ?? false);
  const expected = expectedFiles(entry);
  const files = await Promise.all(expected.map((file) => readFileOf(location, file)));
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
      `fetch it first (deno task data ${name}) or name a folder that has it (--data-dir)`,
  );
}

async function readFileOf(
  location: DatasetLocation,
  expected: ExpectedFile,
): Promise<VerifiedFile> {
  const path = location.files.get(expected.file)!;
  const downloaded = location.source === "cache";
  const remedy = downloaded
    ? "it was removed, fetch it again (deno task data)"
    : "replace it by the original";
  try {
    return await readVerified(path, expected, { name: path, remedy });
  } catch (error) {
    // What was downloaded and is damaged is not kept; what belongs to the user is left alone.
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
