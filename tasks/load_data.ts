import { chooseDataset, type FetchProgress } from "@mixtape/datasets";
import type { DatasetChoice } from "@mixtape/results";
import { dataFolders } from "./data_folders.ts";
import type { ExperimentData } from "../experiments/run/image_dataset.ts";

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
  const { used, reason, ...data } = await chooseDataset(requested, {
    ...await dataFolders(dataDir),
    signal,
    onProgress: onDownload,
  });
  return { ...data, choice: { requested, used, reason } };
}
