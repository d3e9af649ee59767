import { stat } from "node:fs/promises";
import { join } from "node:path";
import { datasetEntry, expectedFiles, type Manifest } from "./manifest.ts";
import { datasetOptions } from "./options.ts";

/** Place where a data set was found. */
export type DatasetSource = "data-dir" | "cache" | "debian" | "sample";

/** Folders in which data sets may be; each has one folder per data set, with its IDX files. */
export interface DatasetFolders {
  /** Folder that the user names; it is searched first. */
  readonly dataDir?: string;
  /** Folder of downloads. */
  readonly cacheDir?: string;
  /** Folder of Debian's data set packages; `/usr/share/datasets` by default. */
  readonly debianDir?: string;
  /** Folder of the sample in Mixtape's repository, `data/sample`. */
  readonly sampleDir?: string;
}

/** Options of {@linkcode locateDataset}. */
export interface LocateOptions extends DatasetFolders {
  /** Manifest of the known data sets. */
  readonly manifest: Manifest;
}

/** Location of a data set on this machine; its contents are not verified yet. */
export interface DatasetLocation {
  /** Place where it was found. */
  readonly source: DatasetSource;
  /** Folder of the data set. */
  readonly folder: string;
  /** Path of each file, by its name in the manifest. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Finds a data set on this machine: in the folder that the user names, among downloads, in Debian's
 * folder, or in the embedded sample, in this order.
 *
 * @example The embedded sample
 * ```ts
 * import assert from "node:assert/strict";
 * import { locateDataset, readManifest } from "@mixtape/datasets";
 *
 * const manifest = await readManifest("data/manifest.json");
 * const location = await locateDataset("digits-8x8", { manifest, sampleDir: "data/sample" });
 * assert.equal(location?.source, "sample");
 * ```
 *
 * @param name The name of the data set.
 * @param options The manifest and the folders.
 * @returns The location, or `undefined` if none of these places has all of its files.
 * @throws {RangeError} If the manifest has no such data set, `dataDir` is not a folder, or its
 * folder of that name lacks a file.
 */
export async function locateDataset(
  name: string,
  options: LocateOptions,
): Promise<DatasetLocation | undefined> {
  const given = datasetOptions(options, "locateDataset");
  const wanted = expectedFiles(datasetEntry(given.manifest, name));
  for (const [source, root] of places(given)) {
    if (source === "data-dir" && !await isFolder(root)) {
      throw new RangeError(`Cannot look for ${name} in ${root}: there is no such folder`);
    }
    const folder = join(root, name);
    const found = await Promise.all(
      wanted.map(async ({ file }) => [file, await findFile(folder, file)] as const),
    );
    const missing = found.filter(([, path]) => path === undefined).map(([file]) => file);
    if (missing.length === 0) {
      return { source, folder, files: new Map(found.map(([file, path]) => [file, path!])) };
    }
    if (source === "data-dir" && await isFolder(folder)) {
      throw new RangeError(
        `Cannot use ${folder}: it lacks ${missing.join(", ")} (each may end in .gz)`,
      );
    }
  }
  return undefined;
}

function places(folders: DatasetFolders): [DatasetSource, string][] {
  const all: [DatasetSource, string | undefined][] = [
    ["data-dir", folders.dataDir],
    ["cache", folders.cacheDir],
    ["debian", folders.debianDir ?? "/usr/share/datasets"],
    ["sample", folders.sampleDir],
  ];
  return all.filter((place): place is [DatasetSource, string] => place[1] !== undefined);
}

/** Returns the path of a file or of its compressed form, whichever exists. */
export async function findFile(folder: string, file: string): Promise<string | undefined> {
  for (const path of [join(folder, file), join(folder, `${file}.gz`)]) {
    if ((await statIfAny(path))?.isFile()) return path;
  }
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return (await statIfAny(path))?.isDirectory() ?? false;
}

async function statIfAny(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
