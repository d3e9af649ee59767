import { stat } from "node:fs/promises";
import { join } from "node:path";
import { datasetEntry, expectedFiles, type Manifest } from "./manifest.ts";
import { datasetOptions } from "./options.ts";

/** Where a data set was found. */
export type DatasetSource = "data-dir" | "cache" | "debian" | "sample";

/** The folders where data sets may be, each laid out alike: a folder a set, with its IDX files. */
export interface DatasetFolders {
  /** A folder that the user names; it comes first. */
  readonly dataDir?: string;
  /** The folder of downloads. */
  readonly cacheDir?: string;
  /** Where Debian's packages put data sets, `/usr/share/datasets` unless given. */
  readonly debianDir?: string;
  /** The sample that Mixtape's repository holds, `data/sample`. */
  readonly sampleDir?: string;
}

/** What {@linkcode locateDataset} needs to know. */
export interface LocateOptions extends DatasetFolders {
  /** The data sets that are known. */
  readonly manifest: Manifest;
}

/** A data set that is on this machine; its content has not been verified yet. */
export interface DatasetLocation {
  /** Where it was found. */
  readonly source: DatasetSource;
  /** The folder of the data set. */
  readonly folder: string;
  /** The path of each file, by its name in the manifest. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Finds a data set on this machine: in the folder that the user names, among downloads, where Debian
 * installs it, or in the embedded sample, in this order.
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
 * @returns Where it is, or `undefined` when some file of it is in none of these places.
 * @throws {RangeError} If the manifest has no such data set, `dataDir` is no folder, or its folder of
 * that name lacks a file.
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

/** The path of a file or of its compressed form, whichever is there. */
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
