import type { Measurement, WorkArguments } from "./measurement.ts";

/** One way for a peer to do a work, of which the fastest is kept. */
export interface Variant {
  /** What tells it from others, such as "sparse, elkan"; empty where there is one. */
  readonly label: string;
  /** What the peer is asked. */
  readonly args: WorkArguments;
}

/** Somebody in a comparison. */
export interface Entry {
  /** What bars call it, unique in the row. */
  readonly id: string;
  /** The peer that does the work. */
  readonly peer: string;
  /** What the table calls it; the peer's title and the variant unless given. */
  readonly title?: string;
  /** The name of the work. */
  readonly work: string;
  /** The ways to do it; each is tried with every number of threads the peer has. */
  readonly variants: readonly Variant[];
  /**
   * What the runs for warming up are asked differently (a smaller problem, for work that takes minutes);
   * `false` for none, where every run is a process of its own.
   */
  readonly warmUp?: WorkArguments | false;
  /** What a measured run is asked differently, by its number from 0: another seed. */
  readonly perRun?: (run: number) => WorkArguments;
  /** Times are multiplied by this: 20 where one of twenty epochs is measured. */
  readonly factor?: number;
  /** What a reader has to know of it. */
  readonly remark?: string;
  /** Other peers that have to be there. */
  readonly needs?: readonly string[];
}

/** What must be reached. */
export interface Bar {
  /** The entries to compare with; the fastest counts. Nobody for a limit on our own time. */
  readonly against: readonly string[];
  /** How many times as long, or as much memory, the fastest must take. */
  readonly atLeast?: number;
  /** How many seconds we may take. */
  readonly atMostSeconds?: number;
  /** What is compared, seconds unless given. */
  readonly measure?: "seconds" | "peakBytes";
}

/** What tells that the work was done as well. */
export interface Quality {
  /** What it is called. */
  readonly name: string;
  /** The largest difference, relative, that counts as equal; absent where draws differ. */
  readonly tolerance?: number;
  /** Its value for a run, as computed by a referee or reported. */
  readonly value: (measurement: Measurement) => number | undefined;
}

/** What is measured in a row, ready to run. */
export interface Plan {
  /** On what, for the reader: "60000 × 784, K = 10". */
  readonly size: string;
  /** Who takes part; `ours` first. */
  readonly entries: readonly Entry[];
  /** What must be reached. */
  readonly bars: readonly Bar[];
  /** What tells that the work was done as well. */
  readonly qualities?: readonly Quality[];
}
