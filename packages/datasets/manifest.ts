import { readFile } from "node:fs/promises";
import { z } from "zod";

/** What people may do with a data set. */
export interface Licence {
  /** Its SPDX identifier, or what is known when it has none. */
  readonly name: string;
  /** Where it can be read. */
  readonly url: string;
}

/** An IDX file of a data set. */
export interface FileEntry {
  /** Its name, without `.gz`. */
  readonly file: string;
  /** The SHA-256 of its decompressed bytes, in hexadecimal; absent while it could not be checked. */
  readonly sha256?: string;
}

/** One split of a data set: its images and its labels. */
export interface SplitEntry {
  /** The number of images. */
  readonly count: number;
  /** The images: unsigned bytes of shape [count, height, width]. */
  readonly images: FileEntry;
  /** The labels: unsigned bytes of shape [count]. */
  readonly labels: FileEntry;
}

/** The size of a data set's images, and the range of their pixels. */
export interface ImageFormat {
  /** Rows of pixels. */
  readonly height: number;
  /** Columns of pixels. */
  readonly width: number;
  /** The largest value of a pixel; the smallest is 0. */
  readonly maxValue: number;
  /** Whether the file holds each image column by column, as EMNIST does. */
  readonly transposed: boolean;
}

/** What the manifest knows of a data set. */
export interface DatasetEntry {
  /** What people call it. */
  readonly title: string;
  /** Where it is described. */
  readonly homepage: string;
  /** Whom to name when using it. */
  readonly attribution: string;
  /** What people may do with it. */
  readonly licence: Licence;
  /** The size of its images. */
  readonly image: ImageFormat;
  /** What each class is called, in the order of the labels. */
  readonly classNames: readonly string[];
  /** The label of the first class, 0 but for a few sets that count from 1. */
  readonly firstLabel: number;
  /** Addresses of folders that hold the files, compressed with gzip; they are tried in order. */
  readonly mirrors: readonly string[];
  /** How to get the files by hand, for a set that no mirror has as separate files. */
  readonly byHand?: string;
  /** The files. */
  readonly splits: { readonly train: SplitEntry; readonly test: SplitEntry };
}

/** A data set to learn, and another that should be recognised as not belonging to it. */
export interface DatasetPair {
  /** The data set to learn. */
  readonly inDistribution: string;
  /** The data set that does not belong. */
  readonly outOfDistribution: string;
}

/** The data sets that are known, by name. */
export interface Manifest {
  /** The data sets, by the name of their folder. */
  readonly datasets: Readonly<Record<string, DatasetEntry>>;
  /** What experiments run on: `mnist`, and `sample` for when it cannot be had. */
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
 * Checks what was read from a manifest.
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
 * @param source What error messages call it.
 * @returns The manifest, defaults filled in.
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
 * Reads a manifest from a file.
 *
 * @example The data sets that Mixtape knows
 * ```ts
 * import assert from "node:assert/strict";
 * import { readManifest } from "@mixtape/datasets";
 *
 * const { datasets } = await readManifest("data/manifest.json");
 * assert.equal(datasets["fashion-mnist"].classNames[9], "Ankle boot");
 * ```
 *
 * @param path The file, `data/manifest.json` in Mixtape's repository.
 * @returns The manifest.
 * @throws {SyntaxError} If it is no JSON or does not conform.
 */
export async function readManifest(path: string | URL): Promise<Manifest> {
  const text = await readFile(path, "utf8");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read ${path}: it is no JSON`, { cause });
  }
  return parseManifest(json, String(path));
}

/**
 * Finds a data set in a manifest.
 *
 * @example A name that was misspelt
 * ```ts
 * import assert from "node:assert/strict";
 * import { datasetEntry, readManifest } from "@mixtape/datasets";
 *
 * const manifest = await readManifest("data/manifest.json");
 * assert.equal(datasetEntry(manifest, "mnist").title, "MNIST");
 * assert.throws(() => datasetEntry(manifest, "minst"), RangeError);
 * ```
 *
 * @param manifest The manifest.
 * @param name The name of the data set.
 * @returns Its entry.
 * @throws {RangeError} If there is none of that name.
 */
export function datasetEntry(manifest: Manifest, name: string): DatasetEntry {
  if (Object.hasOwn(manifest.datasets, name)) return manifest.datasets[name];
  const names = Object.keys(manifest.datasets).join(", ");
  throw new RangeError(`Cannot find the data set ${name}: the manifest has ${names}`);
}

/** Whether the manifest has a hash for every file of a data set. */
export function isVerified({ splits }: DatasetEntry): boolean {
  return Object.values(splits).every(({ images, labels }) => images.sha256 && labels.sha256);
}

/** A file of a data set together with what the manifest says about its content. */
export interface ExpectedFile extends FileEntry {
  /** The shape its header must announce. */
  readonly shape: readonly number[];
  /** What one of its values is, for messages. */
  readonly holds: "pixel" | "label";
  /** The least and the greatest value it may hold. */
  readonly range: readonly [least: number, greatest: number];
}

/** The files of a data set and the shape of each: images and labels of train, then of test. */
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
