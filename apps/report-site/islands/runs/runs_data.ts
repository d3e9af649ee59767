/** A stored run, as much of it as it takes to choose it. */
export interface StoredRun {
  /** Name of the experiment. */
  readonly experiment: string;
  /** Start of the run, in ISO 8601, UTC. */
  readonly startedAt: string;
  /** Size of the run. */
  readonly profile: string;
  /** Seed of all randomness. */
  readonly seed: number;
  /** Path in the site of the script that holds its `RunSummary`. */
  readonly file: string;
}

/** The data of the island: every run of the experiments that were run more than once. */
export type RunsData = readonly StoredRun[];
