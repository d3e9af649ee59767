/**
 * Data sets like MNIST: IDX files, a manifest of hashes, downloads that are verified, a cache.
 *
 * @example Write a data set, find it and load it
 * ```ts
 * import assert from "node:assert/strict";
 * import { readIdx, writeIdx } from "@mixtape/datasets";
 *
 * const images = writeIdx({ shape: [2, 1, 3], values: new Uint8Array([0, 9, 0, 9, 0, 9]) });
 * const { shape, values } = await readIdx(images, { name: "images" });
 * assert.deepEqual(shape, [2, 1, 3]);
 * assert.equal(values[4], 0);
 * ```
 *
 * @module
 */
export { type IdxArray, readIdx, type ReadIdxOptions, writeIdx } from "./idx.ts";
export { HashMismatchError } from "./hash.ts";
export {
  type DatasetEntry,
  datasetEntry,
  type DatasetPair,
  type FileEntry,
  type ImageFormat,
  isVerified,
  type Licence,
  type Manifest,
  parseManifest,
  readManifest,
  type SplitEntry,
} from "./manifest.ts";
export {
  type DatasetFolders,
  type DatasetLocation,
  type DatasetSource,
  locateDataset,
  type LocateOptions,
} from "./locate.ts";
export {
  DownloadError,
  fetchDataset,
  type FetchedFile,
  type FetchOptions,
  type FetchProgress,
} from "./fetch_dataset.ts";
export {
  type Dataset,
  type DatasetFile,
  type DatasetSplit,
  loadDataset,
  type LoadOptions,
} from "./dataset.ts";
export {
  chooseDataset,
  type ChooseOptions,
  type ChosenDataset,
  type DatasetChoice,
  type DatasetReason,
} from "./choose.ts";
