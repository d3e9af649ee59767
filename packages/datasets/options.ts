import { describeValue } from "@mixtape/tensor-utils/host";
import { givenOptions, type OptionNames } from "@mixtape/tensor-utils/options";
import { manifest as embedded } from "./embedded/manifest.ts";
import type { ChooseOptions } from "./choose.ts";
import type { FetchOptions } from "./fetch_dataset.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Options of all functions of this package, since a program may pass one object to several of them.
 */
type AnyOptions = ChooseOptions & FetchOptions;

const names: OptionNames<AnyOptions> = {
  manifest: true,
  dataDir: true,
  cacheDir: true,
  debianDir: true,
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
 * @returns A copy without the undefined ones, with the manifest of this package unless another was
 * given.
 * @throws {TypeError} If a name is unknown, or the manifest, a signal or a callback is
 * of another kind.
 */
export function datasetOptions<Options extends Partial<AnyOptions>>(
  options: Options | undefined,
  of: string,
): Options & { readonly manifest: Manifest } {
  const given = givenOptions<Options>(options, names as OptionNames<Options>, of);
  const { manifest = embedded } = given;
  if (typeof manifest === "object" && typeof manifest?.datasets === "object") {
    return { ...given, manifest };
  }
  throw new TypeError(
    `Cannot use the options of ${of}: manifest is ${describeValue(manifest)}, ` +
      `the result of readManifest is needed, or none for that of this package`,
  );
}
