import type { Measurement } from "./measurement.ts";
import type { MissingPeer, PeerVersions } from "./peer.ts";
import type { Spread } from "./spread.ts";

/** The times of one participant of a row. */
export interface EntryResult {
  /** Identifier, unique in the row. */
  readonly id: string;
  /** Name of the peer, to show. */
  readonly peer: string;
  /** Name to show: the peer, and its fastest variant. */
  readonly title: string;
  /** Versions and settings that the peer reported. */
  readonly versions: PeerVersions;
  /** Number of threads that was the fastest; `null` where there was no choice. */
  readonly threads: number | null;
  /** Times of the runs in order, in seconds, before the factor. */
  readonly runs: readonly number[];
  /** Times of the runs, in seconds, after the factor. */
  readonly seconds: Spread;
  /** Factor that the times were multiplied by. */
  readonly factor: number;
  /** A remark that the reader needs to judge the times; `null` if there is none. */
  readonly remark: string | null;
  /** Measurement of the last run, without centroids. */
  readonly last: Omit<Measurement, "centroids">;
}

/** A comparison of Mixtape with another participant, or with a limit. */
export interface Comparison {
  /** Identifier of the entry compared with; `null` for a limit on Mixtape's own time. */
  readonly against: string | null;
  /** The quantity compared. */
  readonly measure: "seconds" | "peakBytes";
  /** Their median divided by ours; for a limit, the limit divided by our median. */
  readonly ratio: number;
  /** The ratio to reach; `null` if none was set. */
  readonly bar: number | null;
  /** True if `ratio` reaches `bar`; `null` if there is no bar, or in a quick run. */
  readonly reached: boolean | null;
}

/** A comparison of the quality of Mixtape's result with that of another participant. */
export interface QualityResult {
  /** Identifier of the entry compared with. */
  readonly against: string;
  /** Name of the quantity compared. */
  readonly name: string;
  /** Mixtape's value. */
  readonly ours: number;
  /** The other participant's value. */
  readonly theirs: number;
  /** Absolute difference, relative to `theirs`. */
  readonly difference: number;
  /** Largest relative difference that counts as equal; `null` if none was set. */
  readonly tolerance: number | null;
  /** True if `difference` is within `tolerance`; `null` if there is no tolerance. */
  readonly equal: boolean | null;
}

/** The results of a row. */
export interface RowResult {
  /** Name on the command line. */
  readonly id: string;
  /** Name to show. */
  readonly title: string;
  /** Size of the problem, to show. */
  readonly size: string;
  /** The size that this row varies, and its value; `null` for rows that are no part of a scaling table. */
  readonly scaling: { readonly axis: string; readonly value: number } | null;
  /** True if the problem was made smaller, so that no bar applies. */
  readonly quick: boolean;
  /** Time of the measurement, in ISO 8601. */
  readonly measuredAt: string;
  /** Git commit that was measured; `null` outside a repository. */
  readonly commit: string | null;
  /** The participants and their times. */
  readonly entries: readonly EntryResult[];
  /** Mixtape's times and memory compared with theirs. */
  readonly comparisons: readonly Comparison[];
  /** The profile of the work, and the bound in the way, if known: shown where a bar is missed. */
  readonly bound?: string;
  /** Mixtape's quality compared with theirs. */
  readonly qualities: readonly QualityResult[];
  /** The peers that are missing on this machine. */
  readonly missing: readonly MissingPeer[];
  /** Messages of the failures. */
  readonly failures: readonly string[];
}
