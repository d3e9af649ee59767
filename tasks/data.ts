/**
 * `deno task data`: fetches the data sets and verifies them.
 *
 * @module
 */
import {
  type DatasetEntry,
  type DatasetLocation,
  fetchDataset,
  type FetchProgress,
  isVerified,
  loadDataset,
  locateDataset,
  manifest,
} from "@mixtape/datasets";
import { relative } from "node:path";
import { print, readFlags, readName, run } from "./command_line.ts";
import { type DataFolders, dataFolders, readDataDir } from "./data_folders.ts";
import { type Progress, startProgress } from "./progress.ts";

const help = `Fetches data sets and verifies them by the hashes in data/manifest.json.

Usage: deno task data [sets…] [flags]

  sets                  Data sets, mnist and fashion-mnist unless given (see --list)
  --list                List the data sets, and where each is on this machine
  --data-dir DIR        Folder that holds data, one folder per set (default: $MIXTAPE_DATA_DIR);
                        sets found there are verified in place instead of fetched
  --allow-unverified    Fetch sets whose hashes could not be checked
  --help                Show this text

Downloads go to data/cache. An interrupted download continues where it stopped.`;

const flags = {
  list: { type: "boolean", default: false },
  "data-dir": { type: "string" },
  "allow-unverified": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Fetches and verifies the data sets that a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({ args, options: flags, allowPositionals: true });
  if (values.help) return print(help);
  const folders = {
    ...dataFolders(readDataDir(values["data-dir"])),
    allowUnverified: values["allow-unverified"],
  };
  if (values.list) return await listDatasets(folders);

  const { datasets, pairs } = manifest;
  const asked = positionals.length > 0
    ? positionals.map((name) => readName("data set", name, Object.keys(datasets)))
    : [pairs.mnist.inDistribution, pairs.mnist.outOfDistribution];
  const names = [...new Set(asked)];
  const found: string[] = [];
  using progress = startProgress({ stages: names });
  for (const name of names) {
    progress.stage(name);
    found.push(await fetchAndVerify(name, folders, progress, signal));
  }
  progress.done();
  for (const line of found) print(line);
}

async function fetchAndVerify(
  name: string,
  folders: DataFolders,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const location = await locateDataset(name, folders);
  if (location === undefined || location.source === "cache") {
    try {
      const onProgress = (download: FetchProgress) =>
        progress.update(...describeDownload(download));
      await fetchDataset(name, { ...folders, signal, onProgress });
    } catch (error) {
      if (signal.aborted) progress.log("What has arrived is kept: run it again to go on");
      throw error;
    }
  }
  signal.throwIfAborted();
  const { title, train, test, verified } = await loadDataset(name, folders);
  const folder = (await locateDataset(name, folders))?.folder;
  const state = verified ? "verified" : "not verified: the manifest has no hashes for it";
  const count = `${train.labels.length} + ${test.labels.length} images`;
  return `${title}: ${count} in ${
    folder === undefined ? "the package" : shortened(folder)
  }, ${state}`;
}

function describeDownload(
  { file, position: [index, count], receivedBytes, totalBytes }: FetchProgress,
): [fraction: number, note: string] {
  const fraction = (index - 1 + receivedBytes / (totalBytes ?? Infinity)) / count;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const total = totalBytes === undefined ? "" : ` of ${megabytes(totalBytes)}`;
  return [fraction, `${file}, ${megabytes(receivedBytes)}${total} MB`];
}

async function listDatasets(folders: DataFolders): Promise<void> {
  const rows: string[][] = [];
  for (const [name, entry] of Object.entries(manifest.datasets)) {
    const location = await locateDataset(name, folders);
    rows.push([name, content(entry), entry.licence.name, origin(entry, location)]);
  }
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    print(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  }
}

function content({ splits: { train, test }, image, classNames }: DatasetEntry): string {
  return `${train.count} + ${test.count} images of ${image.height}×${image.width} pixels, ` +
    `${classNames.length} classes`;
}

function origin(entry: DatasetEntry, location: DatasetLocation | undefined): string {
  if (location?.source === "sample") return "part of the package";
  if (location?.folder !== undefined) return `in ${shortened(location.folder)}`;
  if (entry.mirrors.length === 0) return "not here, to be downloaded by hand";
  return isVerified(entry) ? "not here" : "not here, needs --allow-unverified";
}

function shortened(path: string): string {
  const fromHere = relative(Deno.cwd(), path);
  return fromHere.startsWith("..") ? path : fromHere;
}

if (import.meta.main) await run(main);
