/** A participant of the benchmark in a process of its own: Mixtape, or a library that it is compared with. */
export interface Peer {
  /** Identifier, for rows. */
  readonly id: string;
  /** Name to show. */
  readonly title: string;
  /** Command that installs it. */
  readonly install: string;
  /** Program that runs it, and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Numbers of threads to try, of which the fastest is kept; empty where there is no choice. */
  readonly threads: readonly number[];
  /** Variables that it gets besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The versions and settings that a peer reports when it is ready, by name. */
export type PeerVersions = Readonly<Record<string, string>>;

/** A peer that is not on this machine. */
export interface MissingPeer {
  /** Name to show. */
  readonly title: string;
  /** Reason why it did not start. */
  readonly reason: string;
  /** Command that installs it. */
  readonly install: string;
}
