/**
 * Data of your own as a matrix, read from files of many kinds; and data sets like MNIST: IDX files,
 * a manifest with hashes, verified downloads, and a folder that keeps them.
 *
 * @example Load the digits that this package holds
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadDataset } from "@mixtape/datasets";
 *
 * const { train, test, imageShape } = await loadDataset("digits-8x8");
 * assert.deepEqual(train.images.shape, [1201, 64]);
 * assert.equal(test.labels.length, 596);
 * assert.deepEqual(imageShape, { height: 8, width: 8 });
 * ```
 *
 * @module
 */
export { type IdxArray, readIdx, type ReadIdxOptions, writeIdx } from "./idx.ts";
export { HashMismatchError } from "./hash.ts";
export { CacheError } from "./cache_error.ts";
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
export { manifest } from "./embedded/manifest.ts";
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
export * from "./table/mod.ts";
export * from "./preparation/mod.ts";
