import { isEmbedded } from "./embedded_file.ts";
import { datasetEntry, expectedFiles, type Manifest } from "./manifest.ts";
import { datasetOptions } from "./options.ts";
import { hasFiles, join, stat } from "./sources/node_files.ts";

/** Place where a data set was found. */
export type DatasetSource = "data-dir" | "cache" | "sample" | "debian";

/** Folders in which data sets may be; each has one folder per data set, with its IDX files. */
export interface DatasetFolders {
  /** Folder that the user names; it is searched first. */
  readonly dataDir?: string;
  /** Folder of downloads. */
  readonly cacheDir?: string;
  /** Folder of Debian's data set packages; `/usr/share/datasets` by default. */
  readonly debianDir?: string;
}

/** Options of {@linkcode locateDataset}. */
export interface LocateOptions extends DatasetFolders {
  /** Manifest of the known data sets; the {@linkcode manifest} of this package by default. */
  readonly manifest?: Manifest;
}

/** Location of a data set on this machine; its contents are not verified yet. */
export interface DatasetLocation {
  /** Place where it was found. */
  readonly source: DatasetSource;
  /** Folder of the data set; `undefined` for the sample, which this package holds itself. */
  readonly folder?: string;
  /** Path of each file, by its name in the manifest; empty for the sample. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Finds a data set on this machine: in the folder that the user names, among downloads, in this
 * package, or in Debian's folder, in this order.
 *
 * @example The sample is in the package
 * ```ts
 * import assert from "node:assert/strict";
 * import { locateDataset } from "@mixtape/datasets";
 *
 * const location = await locateDataset("digits-8x8");
 * assert.equal(location?.source, "sample");
 * ```
 *
 * @param name The name of the data set.
 * @param options The folders, and the manifest if it is not that of this package.
 * @returns The location, or `undefined` if none of these places has all of its files.
 * @throws {RangeError} If the manifest has no such data set, `dataDir` is not a folder, or its
 * folder of that name lacks a file.
 */
export async function locateDataset(
  name: string,
  options?: LocateOptions,
): Promise<DatasetLocation | undefined> {
  const given = datasetOptions(options, "locateDataset");
  const entry = datasetEntry(given.manifest, name);
  const wanted = expectedFiles(entry);
  for (const [source, root] of places(given)) {
    if (root === undefined) {
      if (isEmbedded(name, entry)) return { source, files: new Map() };
      continue;
    }
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

/** Lists the places to search in order, each with its folder; the sample has none. */
function places(folders: DatasetFolders): [DatasetSource, string | undefined][] {
  const all: [DatasetSource, string | undefined][] = [
    ["data-dir", folders.dataDir],
    ["cache", folders.cacheDir],
    ["sample", undefined],
    ["debian", folders.debianDir ?? (hasFiles ? "/usr/share/datasets" : undefined)],
  ];
  return all.filter(([source, root]) => source === "sample" || root !== undefined);
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
