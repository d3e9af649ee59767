import {
  chooseDataset,
  type Dataset,
  type DatasetSource,
  type FetchProgress,
  loadDataset,
  type LoadOptions,
  readManifest,
} from "@mixtape/datasets";
import type { DatasetChoice, DatasetReason } from "@mixtape/results";
import { fileURLToPath } from "node:url";
import type { ExperimentData, ImageDataset } from "./image_dataset.ts";

/** Where to look for data, and whom to tell of a download. */
export interface LoadDataOptions {
  /** The folder that the user named. */
  readonly dataDir?: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Told of a download. */
  readonly onDownload: (progress: FetchProgress) => void;
}

/** The data to run on, and why these. */
export interface LoadedData extends ExperimentData {
  /** What was asked for, used, and why, for the result. */
  readonly choice: DatasetChoice;
  /** The same as a sentence, for the terminal. */
  readonly explanation: string;
}

/**
 * Chooses the pair of data sets, downloads it if it must, and reads both splits of both.
 *
 * @param requested What `--dataset` said.
 * @param options Where to look.
 * @returns The data, and why these.
 */
export async function loadData(
  requested: DatasetChoice["requested"],
  { dataDir, signal, onDownload }: LoadDataOptions,
): Promise<LoadedData> {
  let downloaded = false;
  const folders = {
    manifest: await readManifest(pathOf("../../data/manifest.json")),
    dataDir,
    cacheDir: pathOf("../../data/cache"),
    sampleDir: pathOf("../../data/sample"),
  };
  const chosen = await chooseDataset(requested, {
    ...folders,
    signal,
    onProgress(progress) {
      downloaded = true;
      onDownload(progress);
    },
  });
  // The sample is the one that is embedded, whatever lies in the user's folder.
  const places = chosen.pair === "sample" ? { ...folders, dataDir: undefined } : folders;
  const [inDistribution, source] = await readBoth(chosen.inDistribution, places);
  const [outOfDistribution] = await readBoth(chosen.outOfDistribution, places);
  const reason = reasonFor(requested, chosen.pair, source, downloaded);
  return {
    inDistribution,
    outOfDistribution,
    choice: { requested, used: chosen.pair, reason },
    explanation: chosen.reason,
  };
}

function reasonFor(
  requested: DatasetChoice["requested"],
  used: DatasetChoice["used"],
  source: DatasetSource,
  downloaded: boolean,
): DatasetReason {
  if (requested === used) return "asked-for";
  if (used === "sample") return "mnist-unavailable";
  if (downloaded) return "downloaded";
  if (source === "data-dir") return "found-in-data-dir";
  return source === "cache" ? "found-in-cache" : "found-installed";
}

async function readBoth(
  name: string,
  options: LoadOptions,
): Promise<[ImageDataset, DatasetSource]> {
  const [train, test] = [
    await loadDataset(name, "train", options),
    await loadDataset(name, "test", options),
  ];
  const { title, attribution, licence, imageShape, classNames, maxValue } = train;
  const { splits } = options.manifest.datasets[name];
  const filesOf = (split: Dataset) => [
    { name: splits[split.split].images.file, sha256: split.sha256.images },
    { name: splits[split.split].labels.file, sha256: split.sha256.labels },
  ];
  const dataset = {
    name,
    title,
    source: attribution,
    licence: licence.name,
    files: [...filesOf(train), ...filesOf(test)],
    imageShape,
    classNames,
    maxValue,
    train: { images: train.images, labels: train.labels },
    test: { images: test.images, labels: test.labels },
  };
  return [dataset, train.source];
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
