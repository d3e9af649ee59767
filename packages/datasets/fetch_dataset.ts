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
import { hasFiles, join, mkdir, rename, rm } from "./sources/node_files.ts";

/** Progress of a download. */
export interface FetchProgress {
  /** Name of the data set. */
  readonly dataset: string;
  /** Name of the file, without `.gz`. */
  readonly file: string;
  /** Address that it comes from. */
  readonly url: string;
  /** Position of the file among all files of the data set, from 1, and their number. */
  readonly position: readonly [number: number, count: number];
  /** Number of bytes that have arrived. */
  readonly receivedBytes: number;
  /** Size of the file in bytes, if the server gives it. */
  readonly totalBytes?: number;
}

/** Options of {@linkcode fetchDataset}. */
export interface FetchOptions {
  /** Manifest of the known data sets; the {@linkcode manifest} of this package by default. */
  readonly manifest?: Manifest;
  /** Folder of downloads; the files go to the data set's own folder in it. */
  readonly cacheDir: string;
  /**
   * True to allow a data set that the manifest has no hashes for; only its shape and values are
   * then verified.
   */
  readonly allowUnverified?: boolean;
  /** Milliseconds without a byte after which an attempt is abandoned; 15,000 by default. */
  readonly timeoutMs?: number;
  /**
   * Bytes per second that a mirror must send, on average over `rateWindowMs`; 1,024 by default:
   * slower than any modem, yet a mirror that only trickles does not hold up the next one.
   */
  readonly minBytesPerSecond?: number;
  /** Milliseconds over which the average of `minBytesPerSecond` is taken; 30,000 by default. */
  readonly rateWindowMs?: number;
  /** Number of attempts at a mirror that breaks off; 3 by default. */
  readonly attempts?: number;
  /**
   * Stops the download; the bytes that have arrived are kept, and the next call continues from
   * them.
   */
  readonly signal?: AbortSignal;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: FetchProgress) => void;
}

/** A verified file of a data set in the folder of downloads. */
export interface FetchedFile {
  /** Path of the file. */
  readonly path: string;
  /** SHA-256 of the decompressed bytes, in hexadecimal. */
  readonly sha256: string;
  /** Address that it came from; `undefined` if it was there before. */
  readonly url?: string;
}

/** Thrown when no mirror provides a file. */
export class DownloadError extends TypeError {
  /** Name of the class, which identifies this error even if the class is loaded twice. */
  override readonly name = "DownloadError";
}

/**
 * Downloads a data set, unless it is already in the folder of downloads.
 *
 * Mirrors are tried in order. A file appears under its name only once it is complete and its hash
 * is right; until then it is a `.partial` file, from which a later call continues. Several
 * processes may fetch the same data set into the same folder at the same time.
 *
 * @example A set that cannot be verified has to be allowed
 * ```ts
 * import assert from "node:assert/strict";
 * import { fetchDataset } from "@mixtape/datasets";
 *
 * await assert.rejects(
 *   fetchDataset("kmnist", { cacheDir: "data/cache" }),
 *   /the manifest has no hash to verify it with/,
 * );
 * ```
 *
 * @param name The name of the data set.
 * @param options The folder, limits, and the manifest if it is not that of this package.
 * @returns The files of the data set.
 * @throws {TypeError} If this runtime has no files, as browsers.
 * @throws {RangeError} If there is no such data set, it cannot be downloaded, the manifest has no
 * hashes for it and `allowUnverified` is not set, or `cacheDir` is empty.
 * @throws {HashMismatchError} If a mirror sent a file with another hash than in the manifest and no
 * other mirror sent the right one; nothing of it is kept.
 * @throws {DownloadError} If no mirror provided a file.
 * @throws {CacheError} If the folder of downloads cannot be read or written.
 */
export async function fetchDataset(name: string, options: FetchOptions): Promise<FetchedFile[]> {
  const given = datasetOptions(options, "fetchDataset");
  const entry = datasetEntry(given.manifest, name);
  checkVerified(name, entry, given.allowUnverified ?? false);
  if (!hasFiles) {
    throw new TypeError(
      `Cannot fetch ${name}: there are no files here to keep it in, ` +
        `Deno or Node from 20.16 on is needed`,
    );
  }
  if (given.cacheDir === "") {
    throw new RangeError(`Cannot fetch ${name}: cacheDir is empty, the path of a folder is needed`);
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
 * Refuses a data set that the manifest has no hashes for, unless that is allowed.
 *
 * @throws {RangeError} If it has no hashes and that is not allowed.
 */
export function checkVerified(name: string, entry: DatasetEntry, allowUnverified: boolean): void {
  if (allowUnverified || isVerified(entry)) return;
  throw new RangeError(
    `Cannot use ${name}: the manifest has no hash to verify it with, ` +
      `allow it with allowUnverified (--allow-unverified) if you trust its source`,
  );
}

interface FileRequest {
  readonly name: string;
  readonly entry: DatasetEntry;
  readonly folder: string;
  readonly expected: ExpectedFile;
  readonly position: readonly [number, number];
}

/**
 * Returns the file that an earlier call left, or undefined if there is none or it is damaged and
 * has to be replaced.
 */
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
    const byHand = entry.byHand ?? "it is part of the package";
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
  const { attempts = 3 } = options;
  for (let restarts = 0;; restarts++) {
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
      // The kept bytes may have been of an older file, which starting from the beginning mends; a
      // mirror that breaks off and goes on at the wrong place each time is not waited for.
      if (!resumed || restarts >= attempts) throw error;
    }
  }
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

/** Verifies a download and moves it to its name, in place of any file that had it. */
async function takeWhole(
  url: string,
  partial: PartialFile,
  { folder, expected }: FileRequest,
  resumed: boolean,
): Promise<FetchedFile> {
  const described = { name: url, remedy: "it was not kept" };
  const { sha256, compressed } = await readVerified(partial.path, expected, described);
  if (resumed && expected.sha256 === undefined && !compressed) {
    throw new SyntaxError(`Cannot use ${url}: its two parts may be of different files`);
  }
  const [path, other] = [expected.file, `${expected.file}.gz`].map((file) => join(folder, file));
  const [whole, former] = compressed ? [other, path] : [path, other];
  await rename(partial.path, whole);
  await rm(former, { force: true });
  return { path: whole, sha256, url };
}
