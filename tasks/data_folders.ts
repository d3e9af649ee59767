import { type LoadOptions, readManifest } from "@mixtape/datasets";
import { fileURLToPath } from "node:url";
import { readPath } from "./command_line.ts";

/** The manifest, and the folders in which tasks look for data. */
export interface DataFolders extends LoadOptions {
  /** The folder of downloads. */
  readonly cacheDir: string;
}

/**
 * Returns the folder of data that the user chose.
 *
 * @param flag The value of `--data-dir`, if given.
 * @returns The value of `--data-dir`, else that of `MIXTAPE_DATA_DIR`; nothing if neither is set.
 * @throws {UsageError} If the value of `--data-dir` is empty.
 */
export function readDataDir(flag: string | undefined): string | undefined {
  if (flag !== undefined) return readPath(flag, "--data-dir");
  return Deno.env.get("MIXTAPE_DATA_DIR") || undefined;
}

/**
 * Reads the manifest and returns the folders in which this repository keeps data.
 *
 * @param dataDir The folder that the user chose, if any.
 * @returns Options for the functions of `@mixtape/datasets`.
 */
export async function dataFolders(dataDir?: string): Promise<DataFolders> {
  return {
    manifest: await readManifest(pathOf("manifest.json")),
    dataDir,
    cacheDir: pathOf("cache"),
    sampleDir: pathOf("sample"),
  };
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../data/${name}`, import.meta.url));
}
