import type { ParameterValue, Result } from "@mixtape/results";

/** What made numbers, as much of it as whoever downloads them needs to make them again. */
export interface Origin {
  /** What it is called: `kmeans-init`. */
  readonly name: string;
  /** Path of the file in the site that holds all of it; null where there is none. */
  readonly file: string | null;
  /** The hash of what was asked and on what; null where there is none. */
  readonly key: string | null;
  /** Git commit; null outside a repository. */
  readonly commit: string | null;
  /** Whether the tree had changes that are not in the commit; null where nobody looked. */
  readonly dirty: boolean | null;
  /** Every option by its name. */
  readonly options: Readonly<Record<string, ParameterValue>>;
}

/**
 * What a result says of its making.
 *
 * @param result The result.
 * @param file Path of its file in the site; that of the current result unless given, null if it has none.
 */
export function originOf(
  { experiment, key, options, provenance }: Result,
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
    options: { profile, seed, dataset: dataset.used, ...parameters },
  };
}
