import { type LoadOptions, readManifest } from "@mixtape/datasets";
import { fileURLToPath } from "node:url";
import { readPath } from "./command_line.ts";

/** The manifest, and where tasks look for data. */
export interface DataFolders extends LoadOptions {
  /** The folder of downloads. */
  readonly cacheDir: string;
}

/**
 * Tells which folder of data the user names.
 *
 * @param flag What `--data-dir` was given, if it was.
 * @returns The folder, else that of `MIXTAPE_DATA_DIR`; nothing if neither names one.
 * @throws {UsageError} If `--data-dir` was given nothing.
 */
export function readDataDir(flag: string | undefined): string | undefined {
  if (flag !== undefined) return readPath(flag, "--data-dir");
  return Deno.env.get("MIXTAPE_DATA_DIR") || undefined;
}

/**
 * Reads the manifest and tells where this repository keeps data.
 *
 * @param dataDir The folder that the user named.
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
