import { chooseDataset, type FetchProgress } from "@mixtape/datasets";
import type { DatasetChoice } from "@mixtape/results";
import { dataFolders } from "./data_folders.ts";
import type { ExperimentData } from "../experiments/run/image_dataset.ts";

/** Options of {@linkcode loadData}. */
export interface LoadDataOptions {
  /** Folder of data that the user chose, if any. */
  readonly dataDir?: string;
  /** Signal that Ctrl-C aborts. */
  readonly signal: AbortSignal;
  /** Called with the progress of a download. */
  readonly onDownload: (progress: FetchProgress) => void;
}

/** The data to run on, and the reason for their choice. */
export interface LoadedData extends ExperimentData {
  /** The request, the choice and the reason, for the result. */
  readonly choice: DatasetChoice;
  /** The same in a sentence, for the terminal. */
  readonly explanation: string;
}

/**
 * Chooses a pair of data sets, downloads it if necessary, and reads both splits of both sets.
 *
 * @param requested The value of `--dataset`.
 * @param options Folder, signal and callback.
 * @returns The data, and the reason for their choice.
 */
export async function loadData(
  requested: "auto" | "mnist" | "sample",
  { dataDir, signal, onDownload }: LoadDataOptions,
): Promise<LoadedData> {
  const { used, reason, ...data } = await chooseDataset(requested, {
    ...dataFolders(dataDir),
    signal,
    onProgress: onDownload,
  });
  return { ...data, choice: { requested, used, reason } };
}
