import { z } from "zod";
import { readFile } from "./sources/node_files.ts";

/** Licence of a data set. */
export interface Licence {
  /** SPDX identifier, or a description if there is none. */
  readonly name: string;
  /** Address of its text. */
  readonly url: string;
}

/** An IDX file of a data set. */
export interface FileEntry {
  /** Name of the file, without `.gz`. */
  readonly file: string;
  /** SHA-256 of the decompressed bytes, in hexadecimal; absent until it could be verified. */
  readonly sha256?: string;
}

/** One split of a data set: its images and its labels. */
export interface SplitEntry {
  /** Number of images. */
  readonly count: number;
  /** Images: unsigned bytes of shape [count, height, width]. */
  readonly images: FileEntry;
  /** Labels: unsigned bytes of shape [count]. */
  readonly labels: FileEntry;
}

/** Size of a data set's images, and range of their pixels. */
export interface ImageFormat {
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
  /** Largest value of a pixel; the smallest is 0. */
  readonly maxValue: number;
  /** True if the file holds each image column by column, as EMNIST does. */
  readonly transposed: boolean;
}

/** Description of a data set in the manifest. */
export interface DatasetEntry {
  /** Name for people. */
  readonly title: string;
  /** Address of its description. */
  readonly homepage: string;
  /** Attribution to give when using it. */
  readonly attribution: string;
  /** Licence to use it under. */
  readonly licence: Licence;
  /** Size of its images, and range of their pixels. */
  readonly image: ImageFormat;
  /** Names of the classes, in the order of the labels. */
  readonly classNames: readonly string[];
  /** Label of the first class: 0, except in a few data sets that count from 1. */
  readonly firstLabel: number;
  /** Addresses of folders with the files, compressed with gzip; they are tried in order. */
  readonly mirrors: readonly string[];
  /** Instructions to get the files by hand, for a data set that no mirror has as separate files. */
  readonly byHand?: string;
  /** Files of each split. */
  readonly splits: { readonly train: SplitEntry; readonly test: SplitEntry };
}

/** A data set to learn, and another that should be recognised as not belonging to it. */
export interface DatasetPair {
  /** Name of the data set to learn. */
  readonly inDistribution: string;
  /** Name of the data set that does not belong. */
  readonly outOfDistribution: string;
}

/** Manifest of the known data sets. */
export interface Manifest {
  /** Data sets, by the name of their folder. */
  readonly datasets: Readonly<Record<string, DatasetEntry>>;
  /** Pairs that experiments run on: `mnist`, and `sample` for when it is not available. */
  readonly pairs: Readonly<Record<"mnist" | "sample", DatasetPair>>;
}

const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case words with hyphens");

const file = z.strictObject({
  file: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, "must be a file name without a folder"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits").optional(),
});

const split = z.strictObject({ count: z.int().positive(), images: file, labels: file });

const dataset = z.strictObject({
  title: z.string().min(1),
  homepage: z.url(),
  attribution: z.string().min(1),
  licence: z.strictObject({ name: z.string().min(1), url: z.url() }),
  image: z.strictObject({
    height: z.int().positive(),
    width: z.int().positive(),
    maxValue: z.int().min(1).max(255),
    transposed: z.boolean().default(false),
  }),
  classNames: z.array(z.string().min(1)).min(1).max(256),
  firstLabel: z.int().nonnegative().default(0),
  mirrors: z.array(z.url({ protocol: /^https?$/ }).endsWith("/")),
  byHand: z.string().optional(),
  splits: z.strictObject({ train: split, test: split }),
});

const pair = z.strictObject({ inDistribution: name, outOfDistribution: name });

const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  datasets: z.record(name, dataset),
  pairs: z.strictObject({ mnist: pair, sample: pair }),
}).superRefine(({ datasets, pairs }, context) => {
  for (const [key, { inDistribution, outOfDistribution }] of Object.entries(pairs)) {
    for (const missing of [inDistribution, outOfDistribution].filter((one) => !datasets[one])) {
      context.addIssue({
        code: "custom",
        path: ["pairs", key],
        message: `names ${missing}, which is not among the datasets`,
      });
    }
  }
});

/**
 * Checks the contents of a manifest.
 *
 * @example A manifest that lacks something
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseManifest } from "@mixtape/datasets";
 *
 * assert.throws(() => parseManifest({ datasets: {} }), SyntaxError);
 * ```
 *
 * @param json The manifest, parsed as JSON.
 * @param source Name of the manifest in error messages.
 * @returns The manifest, with defaults filled in.
 * @throws {SyntaxError} If it does not conform; the message names the first place that does not.
 */
export function parseManifest(json: unknown, source = "the manifest"): Manifest {
  const { data, error } = manifestSchema.safeParse(json);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const place = issue.path.join(".") || "its top level";
  throw new SyntaxError(`Cannot read ${source}: ${place}: ${issue.message}`, { cause: error });
}

/**
 * Reads a manifest of one's own from a file. The {@linkcode manifest} of the data sets that Mixtape
 * knows is part of this package.
 *
 * @example A file of the kind to write
 * ```ts
 * import assert from "node:assert/strict";
 * import { readManifest } from "@mixtape/datasets";
 *
 * const { datasets } = await readManifest("data/manifest.json");
 * assert.equal(datasets["fashion-mnist"].classNames[9], "Ankle boot");
 * ```
 *
 * @param path Path of the file, `data/manifest.json` in Mixtape's repository.
 * @returns The manifest.
 * @throws {SyntaxError} If the file is not JSON, or does not conform.
 */
export async function readManifest(path: string | URL): Promise<Manifest> {
  const text = await readFile(path, "utf8");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read ${path}: it is not JSON`, { cause });
  }
  return parseManifest(json, String(path));
}

/**
 * Finds a data set in a manifest.
 *
 * @example A name that was misspelt
 * ```ts
 * import assert from "node:assert/strict";
 * import { datasetEntry, manifest } from "@mixtape/datasets";
 *
 * assert.equal(datasetEntry(manifest, "mnist").title, "MNIST");
 * assert.throws(() => datasetEntry(manifest, "minst"), RangeError);
 * ```
 *
 * @param manifest The manifest.
 * @param name The name of the data set.
 * @returns The entry of the data set.
 * @throws {RangeError} If the manifest has no data set of that name.
 */
export function datasetEntry(manifest: Manifest, name: string): DatasetEntry {
  if (Object.hasOwn(manifest.datasets, name)) return manifest.datasets[name];
  const names = Object.keys(manifest.datasets).join(", ");
  throw new RangeError(`Cannot find the data set ${name}: the manifest has ${names}`);
}

/** Returns true if the manifest has a hash for every file of a data set. */
export function isVerified({ splits }: DatasetEntry): boolean {
  return Object.values(splits).every(({ images, labels }) => images.sha256 && labels.sha256);
}

/** A file of a data set with its description in the manifest. */
export interface ExpectedFile extends FileEntry {
  /** Shape that its header must announce. */
  readonly shape: readonly number[];
  /** Kind of its values, for messages. */
  readonly holds: "pixel" | "label";
  /** Smallest and largest value that it may hold. */
  readonly range: readonly [least: number, greatest: number];
}

/** Lists the files of a data set with their shapes: images and labels of train, then of test. */
export function expectedFiles(entry: DatasetEntry): ExpectedFile[] {
  const { image, splits, firstLabel, classNames } = entry;
  const lastLabel = firstLabel + classNames.length - 1;
  return [splits.train, splits.test].flatMap(({ count, images, labels }): ExpectedFile[] => [
    {
      ...images,
      shape: [count, image.height, image.width],
      holds: "pixel",
      range: [0, image.maxValue],
    },
    { ...labels, shape: [count], holds: "label", range: [firstLabel, lastLabel] },
  ]);
}
