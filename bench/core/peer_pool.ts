import type { MissingPeer, Peer } from "./peer.ts";
import { PeerProcess } from "./peer_process.ts";

/** The peers of a row: each is started when it is first needed, and all end together. */
export class PeerPool implements AsyncDisposable {
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #signal?: AbortSignal;
  readonly #started = new Map<string, PeerProcess | MissingPeer>();

  /**
   * @param peers Everybody there is.
   * @param signal Ends them.
   */
  constructor(peers: readonly Peer[], signal?: AbortSignal) {
    this.#peers = new Map(peers.map((peer) => [peer.id, peer]));
    this.#signal = signal;
  }

  /**
   * Starts a peer, or gives the one that runs already.
   *
   * @param id Whom.
   * @returns The peer, or what to do to have it.
   * @throws {RangeError} If nobody has that name.
   */
  async get(id: string): Promise<PeerProcess | MissingPeer> {
    const found = this.#started.get(id);
    if (found) return found;
    const peer = this.#peers.get(id);
    if (!peer) throw new RangeError(`Unknown peer ${id}: it can be ${[...this.#peers.keys()]}`);
    const started = await PeerProcess.start(peer, this.#signal);
    this.#started.set(id, started);
    return started;
  }

  /** Who was asked for and is not there. */
  missing(): MissingPeer[] {
    return [...this.#started.values()].flatMap((peer) => peer instanceof PeerProcess ? [] : [peer]);
  }

  /** Lets all of them end. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const peer of this.#started.values()) {
      if (peer instanceof PeerProcess) await peer[Symbol.asyncDispose]();
    }
  }
}
