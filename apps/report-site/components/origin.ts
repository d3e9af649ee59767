import type { ParameterValue, Result } from "@mixtape/results";

/** The origin of numbers: everything that a reader who downloads them needs to reproduce them. */
export interface Origin {
  /** Name of the experiment or benchmark, such as `kmeans-init`. */
  readonly name: string;
  /** Path, in the site, of the file with the whole result; null if there is none. */
  readonly file: string | null;
  /** Key of the result, the hash of its options and data; null if there is none. */
  readonly key: string | null;
  /** Git commit; null outside a repository. */
  readonly commit: string | null;
  /** True if the working tree had uncommitted changes; null if that was not determined. */
  readonly dirty: boolean | null;
  /** Options of the run, by name. */
  readonly options: Readonly<Record<string, ParameterValue>>;
}

/**
 * Returns the origin of a result.
 *
 * @param result The result.
 * @param file Path of its file in the site; that of the current result unless given, null if it has none.
 */
export function originOf(
  { experiment, key, options, data, provenance }: Result,
  file: string | null = `results/${experiment}.json`,
): Origin {
  const { commit, dirty } = provenance;
  const { profile, seed, dataset, parameters } = options;
  return {
    name: experiment,
    file,
    key,
    commit,
    dirty,
    options: {
      profile,
      seed,
      dataset: dataset.used === "own" ? data[0].name : dataset.used,
      ...parameters,
    },
  };
}
