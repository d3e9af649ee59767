import type { Measurement, WorkArguments } from "./measurement.ts";

/** One way for a peer to do a work; the fastest is kept. */
export interface Variant {
  /** Label that tells it from the other variants, such as "sparse, elkan"; empty if it is the only one. */
  readonly label: string;
  /** Arguments of the work. */
  readonly args: WorkArguments;
}

/** A participant of a row. */
export interface Entry {
  /** Identifier, unique in the row; bars refer to it. */
  readonly id: string;
  /** Identifier of the peer that does the work. */
  readonly peer: string;
  /** Name to show; the peer's title and the label of the variant unless given. */
  readonly title?: string;
  /** Name of the work. */
  readonly work: string;
  /** The ways to do the work; each is tried with every number of threads of the peer. */
  readonly variants: readonly Variant[];
  /**
   * Arguments that differ while warming up (a smaller problem, for work that takes minutes); `false` for no
   * warming up, where every run is a process of its own.
   */
  readonly warmUp?: WorkArguments | false;
  /** Returns the arguments that differ between measured runs, such as the seed, by the run's number from 0. */
  readonly perRun?: (run: number) => WorkArguments;
  /** Factor for the times: 20 where one of twenty epochs is measured. */
  readonly factor?: number;
  /** A remark that the reader needs to judge the times. */
  readonly remark?: string;
  /** Identifiers of other peers that this entry needs. */
  readonly needs?: readonly string[];
}

/** A ratio or limit to reach. */
export interface Bar {
  /** Identifiers of the entries to compare with, of which the fastest counts; empty for a limit on Mixtape's own time. */
  readonly against: readonly string[];
  /** The least ratio of the fastest entry's time, or memory, to Mixtape's. */
  readonly atLeast?: number;
  /** The longest time that Mixtape may take, in seconds. */
  readonly atMostSeconds?: number;
  /** The quantity to compare; seconds unless given. */
  readonly measure?: "seconds" | "peakBytes";
}

/** A number that shows the quality of the result, such as the inertia. */
export interface Quality {
  /** Name to show. */
  readonly name: string;
  /** Largest relative difference that counts as equal; absent where random draws differ. */
  readonly tolerance?: number;
  /** Returns its value for a run, as computed by a referee or reported by the peer. */
  readonly value: (measurement: Measurement) => number | undefined;
}

/** The plan of a row, ready to run. */
export interface Plan {
  /** Size of the problem, to show: "60000 × 784, K = 10". */
  readonly size: string;
  /** The participants; `ours` first. */
  readonly entries: readonly Entry[];
  /** The ratios and limits to reach. */
  readonly bars: readonly Bar[];
  /** The numbers that show the quality of the result. */
  readonly qualities?: readonly Quality[];
}
