/** A way to a server on this machine that can be cut for a while, as a network is: nothing comes through, nobody is told. */
export class StallingProxy implements Disposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections: Deno.Conn[] = [];
  #open = Promise.withResolvers<void>();

  /** @param port Port of the server. */
  constructor(port: number) {
    this.#open.resolve();
    this.#serve(port);
  }

  /** Port of the way to it. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** Lets nothing through from now on. */
  cut(): void {
    this.#open = Promise.withResolvers<void>();
  }

  /** Lets through what waits, and what comes. */
  mend(): void {
    this.#open.resolve();
  }

  [Symbol.dispose](): void {
    this.mend();
    this.#listener.close();
    for (const connection of this.#connections) close(connection);
  }

  async #serve(port: number): Promise<void> {
    for await (const from of this.#listener) {
      const to = await Deno.connect({ hostname: "127.0.0.1", port });
      this.#connections.push(from, to);
      this.#pass(from, to);
      this.#pass(to, from);
    }
  }

  async #pass(from: Deno.Conn, to: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(65536);
    try {
      for (let n = await from.read(buffer); n !== null; n = await from.read(buffer)) {
        await this.#open.promise;
        for (let sent = 0; sent < n;) sent += await to.write(buffer.subarray(sent, n));
      }
    } catch {
      // One side is gone: so is the other.
    }
    close(from);
    close(to);
  }
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed.
  }
}
