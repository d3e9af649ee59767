import { type LoadOptions, readManifest } from "@mixtape/datasets";
import { fileURLToPath } from "node:url";

/** The manifest, and where tasks look for data. */
export interface DataFolders extends LoadOptions {
  /** The folder of downloads. */
  readonly cacheDir: string;
}

/**
 * Reads the manifest and tells where this repository keeps data.
 *
 * @param dataDir The folder that `--data-dir` named; `MIXTAPE_DATA_DIR` unless given.
 * @returns Options for the functions of `@mixtape/datasets`.
 */
export async function dataFolders(dataDir?: string): Promise<DataFolders> {
  return {
    manifest: await readManifest(pathOf("manifest.json")),
    dataDir: dataDir ?? (Deno.env.get("MIXTAPE_DATA_DIR") || undefined),
    cacheDir: pathOf("cache"),
    sampleDir: pathOf("sample"),
  };
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../data/${name}`, import.meta.url));
}
