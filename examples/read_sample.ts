import { chooseDataset } from "@mixtape/datasets";
import type { ExperimentData } from "../experiments/run/image_dataset.ts";
import { dataFolders } from "../tasks/data_folders.ts";

/** Reads the embedded sample: small images of digits, and of clothes. */
export async function readSample(signal?: AbortSignal): Promise<ExperimentData> {
  return await chooseDataset("sample", { ...await dataFolders(), signal });
}
