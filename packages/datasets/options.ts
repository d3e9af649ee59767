import { givenOptions, type OptionNames } from "@mixtape/tensor-utils/options";
import type { ChooseOptions } from "./choose.ts";
import type { FetchOptions } from "./fetch_dataset.ts";

/**
 * Options of all functions of this package, since a program may pass one object to several of them.
 */
type AnyOptions = ChooseOptions & FetchOptions;

const names: OptionNames<AnyOptions> = {
  manifest: true,
  dataDir: true,
  cacheDir: true,
  debianDir: true,
  sampleDir: true,
  allowUnverified: true,
  timeoutMs: true,
  minBytesPerSecond: true,
  rateWindowMs: true,
  attempts: true,
  signal: true,
  onProgress: true,
  probeMs: true,
};

/**
 * Checks the names of options; each function picks those it needs.
 *
 * @param options The options, as given by the caller.
 * @param of Name of the function they are for.
 * @returns A copy without the undefined ones.
 * @throws {TypeError} If a name is unknown, the manifest is missing, or a signal or callback is of
 * another kind.
 */
export function datasetOptions<Options extends Partial<AnyOptions>>(
  options: Options,
  of: string,
): Options {
  const given = givenOptions<Options>(options, names as OptionNames<Options>, of);
  if (given.manifest) return given;
  throw new TypeError(
    `Cannot use the options of ${of}: manifest is ${given.manifest}, the result of readManifest is needed`,
  );
}
