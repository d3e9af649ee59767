import type { MissingPeer, Peer } from "./peer.ts";
import { PeerProcess } from "./peer_process.ts";

/** The peers of a row: each starts when it is first needed, and all end together. */
export class PeerPool implements AsyncDisposable {
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #signal?: AbortSignal;
  readonly #started = new Map<string, PeerProcess | MissingPeer>();

  /**
   * @param peers All peers that rows can name.
   * @param signal Signal that ends their processes.
   */
  constructor(peers: readonly Peer[], signal?: AbortSignal) {
    this.#peers = new Map(peers.map((peer) => [peer.id, peer]));
    this.#signal = signal;
  }

  /**
   * Starts a peer, or returns it if it runs already.
   *
   * @param id Identifier of the peer.
   * @returns The peer; if it is missing, the reason and the command that installs it.
   * @throws {RangeError} If no peer has that identifier.
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

  /** Returns the peers that were asked for and are missing. */
  missing(): MissingPeer[] {
    return [...this.#started.values()].flatMap((peer) => peer instanceof PeerProcess ? [] : [peer]);
  }

  /** Ends all processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const peer of this.#started.values()) {
      if (peer instanceof PeerProcess) await peer[Symbol.asyncDispose]();
    }
  }
}
