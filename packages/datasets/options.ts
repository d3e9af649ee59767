import { givenOptions, type OptionNames } from "@mixtape/tensor-utils/options";
import type { ChooseOptions } from "./choose.ts";
import type { FetchOptions } from "./fetch_dataset.ts";

/** The options of all functions of this package: a program may hand one object to several of them. */
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
 * Checks options by name; which of them a function looks at is its own affair.
 *
 * @param options What was given.
 * @param of Whose options they are.
 * @returns A copy without what is undefined.
 * @throws {TypeError} If a name is unknown, there is no manifest, or a signal or callback is of another kind.
 */
export function datasetOptions<Options extends Partial<AnyOptions>>(
  options: Options,
  of: string,
): Options {
  const given = givenOptions<Options>(options, names as OptionNames<Options>, of);
  if (given.manifest) return given;
  throw new TypeError(
    `Cannot use the options of ${of}: manifest is ${given.manifest}, what readManifest returns is needed`,
  );
}
