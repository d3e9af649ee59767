import type { Measurement } from "./measurement.ts";
import type { MissingPeer, PeerVersions } from "./peer.ts";
import type { Spread } from "./spread.ts";

/** How somebody did. */
export interface EntryResult {
  /** Its name in the row. */
  readonly id: string;
  /** The peer's title. */
  readonly peer: string;
  /** What the table calls it: the peer, and the variant that was the fastest. */
  readonly title: string;
  /** What the peer says of itself. */
  readonly versions: PeerVersions;
  /** Threads that were the fastest, where there was a choice. */
  readonly threads: number | null;
  /** Seconds of the runs, in order, before any factor. */
  readonly runs: readonly number[];
  /** The times, in seconds, after the factor. */
  readonly seconds: Spread;
  /** What times were multiplied by. */
  readonly factor: number;
  /** What a reader has to know of it. */
  readonly remark: string | null;
  /** What the last run reported, besides centroids. */
  readonly last: Omit<Measurement, "centroids">;
}

/** How we did against somebody. */
export interface Comparison {
  /** The entry compared with; `null` for a limit on our own time. */
  readonly against: string | null;
  /** What is compared. */
  readonly measure: "seconds" | "peakBytes";
  /** Theirs divided by ours, of medians; for a limit, the limit divided by ours. */
  readonly ratio: number;
  /** What the ratio must be, if anything. */
  readonly bar: number | null;
  /** Whether it is; `null` where there is no bar, or the problem was made smaller. */
  readonly reached: boolean | null;
}

/** Whether somebody's work was as good as ours. */
export interface QualityResult {
  /** The entry compared with. */
  readonly against: string;
  /** What is compared. */
  readonly name: string;
  /** Our value. */
  readonly ours: number;
  /** Theirs. */
  readonly theirs: number;
  /** The difference relative to theirs. */
  readonly difference: number;
  /** What counts as equal, if anything does. */
  readonly tolerance: number | null;
  /** Whether it is; `null` where nothing counts. */
  readonly equal: boolean | null;
}

/** What a row came to. */
export interface RowResult {
  /** What the command line calls it. */
  readonly id: string;
  /** What the table calls it. */
  readonly title: string;
  /** On what. */
  readonly size: string;
  /** Where it stands in the scaling table. */
  readonly scaling: { readonly axis: string; readonly value: number } | null;
  /** Whether the problem was made smaller, so that no bar applies. */
  readonly quick: boolean;
  /** When it was measured, ISO 8601. */
  readonly measuredAt: string;
  /** The commit it was measured at; `null` outside of a repository. */
  readonly commit: string | null;
  /** How everybody did. */
  readonly entries: readonly EntryResult[];
  /** How we did against them. */
  readonly comparisons: readonly Comparison[];
  /** Whether the work was as good. */
  readonly qualities: readonly QualityResult[];
  /** Who is not on this machine. */
  readonly missing: readonly MissingPeer[];
  /** What went wrong. */
  readonly failures: readonly string[];
}
