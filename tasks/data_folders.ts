import type { LoadOptions } from "@mixtape/datasets";
import { fileURLToPath } from "node:url";
import { readPath } from "./command_line.ts";

/** The folders in which tasks look for data. */
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
 * Returns the folders in which this repository keeps data.
 *
 * @param dataDir The folder that the user chose, if any.
 * @returns Options for the functions of `@mixtape/datasets`.
 */
export function dataFolders(dataDir?: string): DataFolders {
  return { dataDir, cacheDir: fileURLToPath(new URL("../data/cache", import.meta.url)) };
}
