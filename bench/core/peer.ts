/** Somebody who does the work of a benchmark in a process of its own: Mixtape, or who it is compared with. */
export interface Peer {
  /** What rows call it. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The command that installs it. */
  readonly install: string;
  /** The program that runs it, and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /** The numbers of threads to try, of which the fastest is kept; empty where there is no choice. */
  readonly threads: readonly number[];
}

/** The versions and settings that a peer reports when it is ready, by name. */
export type PeerVersions = Readonly<Record<string, string>>;

/** A peer that is not on this machine. */
export interface MissingPeer {
  /** What people call it. */
  readonly title: string;
  /** Why it did not start. */
  readonly reason: string;
  /** The command that installs it. */
  readonly install: string;
}
