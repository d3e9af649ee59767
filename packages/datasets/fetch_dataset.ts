import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheError } from "./cache_error.ts";
import { download } from "./download.ts";
import { HashMismatchError } from "./hash.ts";
import { findFile } from "./locate.ts";
import {
  type DatasetEntry,
  datasetEntry,
  type ExpectedFile,
  expectedFiles,
  isVerified,
  type Manifest,
} from "./manifest.ts";
import { claimPartial, keepPartial, type PartialFile, removePartials } from "./partial_file.ts";
import { downloadLimit, isContentError, readVerified } from "./verify.ts";
import { datasetOptions } from "./options.ts";

/** What is being downloaded. */
export interface FetchProgress {
  /** The name of the data set. */
  readonly dataset: string;
  /** The file, without `.gz`. */
  readonly file: string;
  /** Where it comes from. */
  readonly url: string;
  /** Which file of how many this is, from 1. */
  readonly position: readonly [number: number, count: number];
  /** How many of its bytes are here. */
  readonly receivedBytes: number;
  /** How many it has, when the server tells. */
  readonly totalBytes?: number;
}

/** What {@linkcode fetchDataset} needs to know. */
export interface FetchOptions {
  /** The data sets that are known. */
  readonly manifest: Manifest;
  /** The folder of downloads; the files go to the folder of the set in it. */
  readonly cacheDir: string;
  /** Whether a set whose hashes could not be checked may be fetched; only its shape and values are. */
  readonly allowUnverified?: boolean;
  /** Milliseconds without a byte after which an attempt is given up, 15,000 unless given. */
  readonly timeoutMs?: number;
  /**
   * Bytes per second that a mirror must send, as the mean over `rateWindowMs`, 1,024 unless given:
   * slower than any modem, so that a mirror that trickles does not keep the next one from being asked.
   */
  readonly minBytesPerSecond?: number;
  /** Milliseconds over which the mean of `minBytesPerSecond` is taken, 30,000 unless given. */
  readonly rateWindowMs?: number;
  /** How often a mirror that breaks off is tried, 3 times unless given. */
  readonly attempts?: number;
  /** Stops the download; what has arrived is kept and the next call goes on from there. */
  readonly signal?: AbortSignal;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: FetchProgress) => void;
}

/** A file of a data set that is in the folder of downloads and was verified. */
export interface FetchedFile {
  /** Where it is. */
  readonly path: string;
  /** The SHA-256 of its decompressed bytes. */
  readonly sha256: string;
  /** Where it came from, or `undefined` when it was there before. */
  readonly url?: string;
}

/** No mirror gave a file. */
export class DownloadError extends TypeError {
  /** What a caller can tell this error by when classes are duplicated. */
  override readonly name = "DownloadError";
}

/**
 * Downloads a data set, unless it is in the folder of downloads already.
 *
 * Mirrors are tried in order. A file appears under its name only once it is whole and its hash is
 * right; before, it is a `.partial` file, from which a later call goes on. Several processes may fetch
 * the same data set into the same folder at the same time.
 *
 * @example A set that cannot be verified has to be allowed
 * ```ts
 * import assert from "node:assert/strict";
 * import { fetchDataset, readManifest } from "@mixtape/datasets";
 *
 * const manifest = await readManifest("data/manifest.json");
 * await assert.rejects(
 *   fetchDataset("kmnist", { manifest, cacheDir: "data/cache" }),
 *   /the manifest has no hash to verify it with/,
 * );
 * ```
 *
 * @param name The name of the data set.
 * @param options The manifest, the folder, and limits.
 * @returns The files.
 * @throws {RangeError} If there is no such data set, it cannot be downloaded, or it is unverified and
 * `allowUnverified` is not set, or if `cacheDir` is empty.
 * @throws {HashMismatchError} If a mirror gave another file than the manifest expects and no other
 * mirror gave the right one; nothing of it is kept.
 * @throws {DownloadError} If no mirror gave a file.
 * @throws {CacheError} If the folder of downloads cannot be read or written.
 */
export async function fetchDataset(name: string, options: FetchOptions): Promise<FetchedFile[]> {
  const given = datasetOptions(options, "fetchDataset");
  const entry = datasetEntry(given.manifest, name);
  checkVerified(name, entry, given.allowUnverified ?? false);
  if (given.cacheDir === "") {
    throw new RangeError(`Cannot fetch ${name} into a folder without a name: cacheDir is empty`);
  }
  const folder = join(given.cacheDir, name);
  try {
    return await fetchFiles(name, entry, folder, given);
  } catch (error) {
    throw cacheError(error, folder) ?? error;
  }
}

async function fetchFiles(
  name: string,
  entry: DatasetEntry,
  folder: string,
  options: FetchOptions,
): Promise<FetchedFile[]> {
  const files = expectedFiles(entry);
  const fetched: FetchedFile[] = [];
  for (const [i, expected] of files.entries()) {
    options.signal?.throwIfAborted();
    fetched.push(
      await keptFile(folder, expected) ??
        await fetchFile(
          { name, entry, folder, expected, position: [i + 1, files.length] },
          options,
        ),
    );
  }
  await removePartials(folder, files.map(({ file }) => file));
  return fetched;
}

/**
 * Refuses a data set whose hashes could not be checked, unless that is allowed.
 *
 * @throws {RangeError} If it is unverified and that is not allowed.
 */
export function checkVerified(name: string, entry: DatasetEntry, allowUnverified: boolean): void {
  if (allowUnverified || isVerified(entry)) return;
  throw new RangeError(
    `Cannot use ${name}: the manifest has no hash to verify it with, ` +
      `allow it with allowUnverified (--allow-unverified) if you trust where it comes from`,
  );
}

interface FileRequest {
  readonly name: string;
  readonly entry: DatasetEntry;
  readonly folder: string;
  readonly expected: ExpectedFile;
  readonly position: readonly [number, number];
}

/** The file as an earlier call left it; one that is damaged is to be replaced. */
async function keptFile(folder: string, expected: ExpectedFile): Promise<FetchedFile | undefined> {
  const path = await findFile(folder, expected.file);
  if (path === undefined) return undefined;
  try {
    const { sha256 } = await readVerified(path, expected, { name: path, remedy: "" });
    return { path, sha256 };
  } catch (error) {
    if (!isContentError(error)) throw error;
    return undefined;
  }
}

async function fetchFile(request: FileRequest, options: FetchOptions): Promise<FetchedFile> {
  const { name, entry, folder, expected } = request;
  if (entry.mirrors.length === 0) {
    const byHand = entry.byHand ?? "it is part of Mixtape's repository";
    throw new RangeError(`Cannot download ${name}: ${byHand}, into a folder ${name} of --data-dir`);
  }
  await mkdir(folder, { recursive: true });
  const failures: string[] = [];
  let mismatch: HashMismatchError | undefined;
  for (const mirror of entry.mirrors) {
    const url = `${mirror}${expected.file}.gz`;
    try {
      return await fetchFrom(url, request, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof TypeError || isContentError(error))) throw error;
      if (error instanceof HashMismatchError) mismatch = error;
      failures.push(`${new URL(url).host} ${error.message}`);
    }
  }
  if (mismatch !== undefined) throw mismatch;
  throw new DownloadError(
    `Cannot download ${name}/${expected.file}.gz: ${failures.join("; ")}; ` +
      `without a network, pass a folder that has it as --data-dir`,
  );
}

async function fetchFrom(
  url: string,
  request: FileRequest,
  options: FetchOptions,
): Promise<FetchedFile> {
  const partial = await claimPartial(request.folder, request.expected.file, url);
  let resumed = false;
  try {
    ({ resumed } = await downloadFrom(url, partial, request, options));
    return await takeWhole(url, partial, request, resumed);
  } catch (error) {
    if (!isContentError(error)) {
      await keepPartial(partial);
      throw error;
    }
    await rm(partial.path, { force: true });
    if (!resumed) throw error;
  }
  // What was kept may have been of an older file: once more, from the beginning.
  return await fetchFrom(url, request, options);
}

async function downloadFrom(
  url: string,
  partial: PartialFile,
  { name, expected, position }: FileRequest,
  options: FetchOptions,
): Promise<{ readonly resumed: boolean }> {
  const { timeoutMs = 15_000, minBytesPerSecond = 1024, rateWindowMs = 30_000 } = options;
  const { attempts = 3, signal, onProgress } = options;
  return await download(url, partial.path, {
    maxBytes: downloadLimit(expected),
    timeoutMs,
    minBytesPerSecond,
    rateWindowMs,
    attempts,
    signal,
    onBytes: (receivedBytes, totalBytes) =>
      onProgress?.({
        dataset: name,
        file: expected.file,
        url,
        position,
        receivedBytes,
        totalBytes,
      }),
  });
}

/** Verifies a download and gives it its name, in place of whatever had it. */
async function takeWhole(
  url: string,
  partial: PartialFile,
  { folder, expected }: FileRequest,
  resumed: boolean,
): Promise<FetchedFile> {
  const described = { name: url, remedy: "it was not kept" };
  const { sha256, compressed } = await readVerified(partial.path, expected, described);
  if (resumed && expected.sha256 === undefined && !compressed) {
    throw new SyntaxError(`Cannot use ${url}: nothing tells whether its two parts are of one file`);
  }
  const [path, other] = [expected.file, `${expected.file}.gz`].map((file) => join(folder, file));
  const [whole, former] = compressed ? [other, path] : [path, other];
  await rename(partial.path, whole);
  await rm(former, { force: true });
  return { path: whole, sha256, url };
}
