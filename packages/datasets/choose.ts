import { DownloadError, fetchDataset, type FetchOptions } from "./fetch_dataset.ts";
import { HashMismatchError } from "./hash.ts";
import { type Dataset, loadDataset, type LoadOptions } from "./dataset.ts";
import { type DatasetSource, locateDataset } from "./locate.ts";
import type { Manifest } from "./manifest.ts";
import { datasetOptions } from "./options.ts";

/** Data sets to run on: MNIST, the embedded sample, or MNIST if it is available. */
export type DatasetChoice = "auto" | "mnist" | "sample";

/** Options of {@linkcode chooseDataset}. */
export interface ChooseOptions
  extends LoadOptions, Pick<FetchOptions, "timeoutMs" | "signal" | "onProgress"> {
  /** Folder of downloads. */
  readonly cacheDir: string;
  /**
   * Milliseconds within which some mirror must answer before `"auto"` downloads anything; 4,000 by
   * default, so that a machine without a network soon continues with the sample.
   */
  readonly probeMs?: number;
}

/**
 * Reason for a choice of data sets; `mnist-unavailable` means that `"auto"` fell back on the
 * sample.
 */
export type DatasetReason =
  | "asked-for"
  | "found-in-data-dir"
  | "found-in-cache"
  | "found-installed"
  | "downloaded"
  | "mnist-unavailable";

/** Pair of data sets to use, with the reason for the choice. */
export interface ChosenDataset {
  /** Name of the pair. */
  readonly used: "mnist" | "sample";
  /** Reason for the choice. */
  readonly reason: DatasetReason;
  /** Sentence for people that says which pair is used and why. */
  readonly explanation: string;
  /** Data set to learn. */
  readonly inDistribution: Dataset;
  /** Data set that does not belong to the learned one. */
  readonly outOfDistribution: Dataset;
}

/**
 * Chooses the pair of data sets to run on, downloads it if it is not on this machine, and loads it.
 *
 * `"auto"` is MNIST if it is on this machine or can be downloaded, otherwise the sample.
 *
 * @example The sample needs no network
 * ```ts
 * import assert from "node:assert/strict";
 * import { chooseDataset } from "@mixtape/datasets";
 *
 * const { used, inDistribution, outOfDistribution } = await chooseDataset("sample", {
 *   cacheDir: "data/cache",
 * });
 * assert.equal(used, "sample");
 * assert.deepEqual(inDistribution.imageShape, outOfDistribution.imageShape);
 * ```
 *
 * @param choice The data sets asked for.
 * @param options The folders, the time to wait for a network, and the manifest if it is not that
 * of this package.
 * @returns Both data sets, and the reason for the choice.
 * @throws {RangeError} If `dataDir` is not a folder or its data set is incomplete.
 * @throws {HashMismatchError} If a file does not have the hash in the manifest.
 * @throws {SyntaxError} If a file is damaged.
 * @throws {DownloadError} If MNIST was asked for by name and no mirror provided it.
 * @throws {CacheError} If the folder of downloads cannot be read or written.
 */
export async function chooseDataset(
  choice: DatasetChoice,
  options: ChooseOptions,
): Promise<ChosenDataset> {
  const given = datasetOptions(options, "chooseDataset");
  if (choice === "sample") return await loadSample("asked-for", "it was asked for", given);
  const { inDistribution, outOfDistribution } = given.manifest.pairs.mnist;
  const names = [inDistribution, outOfDistribution];
  const locations = await Promise.all(names.map((name) => locateDataset(name, given)));
  const missing = names.filter((_, i) => locations[i] === undefined);
  if (missing.length > 0) {
    const failure = await fetchAll(missing, choice, given);
    if (failure !== undefined) return await loadSample("mnist-unavailable", failure, given);
  }
  const sources = locations.map((location) => location?.source ?? "downloaded");
  const found = names.map((name, i) => `${title(name, given.manifest)} (${PLACES[sources[i]]})`);
  const why = choice === "mnist" ? ", because it was asked for" : "";
  return {
    used: "mnist",
    reason: choice === "mnist" ? "asked-for" : REASONS[sources[0]],
    explanation: `${found.join(" and ")}${why}`,
    inDistribution: await loadDataset(inDistribution, given),
    outOfDistribution: await loadDataset(outOfDistribution, given),
  };
}

/** The options after their check, which puts in the manifest. */
type GivenOptions = ChooseOptions & { readonly manifest: Manifest };

/** Downloads data sets; for `"auto"`, a failure is a reason to use the sample. */
async function fetchAll(
  names: readonly string[],
  choice: "auto" | "mnist",
  options: GivenOptions,
): Promise<string | undefined> {
  const missing = names.map((name) => title(name, options.manifest)).join(" and ");
  if (choice === "auto" && !await isReachable(names, options)) {
    const looked = options.dataDir === undefined ? "" : `in ${options.dataDir} nor elsewhere `;
    return `${missing} ${names.length > 1 ? "are" : "is"} not ${looked}on this machine, ` +
      `and no mirror can be reached`;
  }
  try {
    for (const name of names) await fetchDataset(name, options);
  } catch (error) {
    const mirrorsFailed = error instanceof DownloadError || error instanceof HashMismatchError;
    if (choice === "mnist" || !mirrorsFailed) throw error;
    return `${missing} could not be downloaded (${error.message})`;
  }
}

/** Returns true if some mirror of each data set answers. */
async function isReachable(
  names: readonly string[],
  { manifest, probeMs = 4000, signal }: GivenOptions,
): Promise<boolean> {
  const answers = await Promise.all(names.map(async (name) => {
    const { mirrors, splits } = manifest.datasets[name];
    const stop = new AbortController();
    const signals = [AbortSignal.timeout(probeMs), stop.signal, ...signal ? [signal] : []];
    const probes = mirrors.map(async (mirror) => {
      const url = `${mirror}${splits.test.labels.file}.gz`;
      const response = await fetch(url, { method: "HEAD", signal: AbortSignal.any(signals) });
      await response.body?.cancel();
      if (!response.ok) throw new TypeError(`answered ${response.status}`);
    });
    const answered = await Promise.any(probes).then(() => true, () => false);
    stop.abort();
    await Promise.allSettled(probes);
    return answered;
  }));
  signal?.throwIfAborted();
  return answers.every((answered) => answered);
}

async function loadSample(
  reason: "asked-for" | "mnist-unavailable",
  cause: string,
  options: GivenOptions,
): Promise<ChosenDataset> {
  const { inDistribution, outOfDistribution } = options.manifest.pairs.sample;
  // The sample is the one that the manifest describes, wherever the user keeps other data.
  const places = { ...options, dataDir: undefined };
  const [inside, outside] = [
    await loadDataset(inDistribution, places),
    await loadDataset(outOfDistribution, places),
  ];
  return {
    used: "sample",
    reason,
    explanation: `The embedded sample (${inside.title} and ${outside.title}), because ${cause}`,
    inDistribution: inside,
    outOfDistribution: outside,
  };
}

function title(name: string, manifest: Manifest): string {
  return manifest.datasets[name].title;
}

const PLACES: Readonly<Record<DatasetSource | "downloaded", string>> = {
  "data-dir": "from the folder that was given",
  cache: "downloaded before",
  debian: "as Debian installed it",
  sample: "embedded",
  downloaded: "downloaded now",
};

const REASONS: Readonly<Record<DatasetSource | "downloaded", DatasetReason>> = {
  "data-dir": "found-in-data-dir",
  cache: "found-in-cache",
  debian: "found-installed",
  sample: "found-installed",
  downloaded: "downloaded",
};
