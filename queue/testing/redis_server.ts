import { join } from "node:path";
import type { RedisAddress } from "../redis.ts";

/** A Redis server of a test, on a free port of this machine and with a password. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  /** Its password. */
  readonly password = "open-sesame";
  readonly #folder: string;
  readonly #sync: string;
  #process?: Deno.ChildProcess;

  private constructor(folder: string, port: number, sync: string) {
    this.#folder = folder;
    this.#sync = sync;
    this.port = port;
  }

  /** True if the program is installed (Debian: redis-server). */
  static async isInstalled(): Promise<boolean> {
    try {
      return (await new Deno.Command("redis-server", { args: ["--version"] }).output()).success;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }

  /**
   * Starts a server.
   *
   * @param sync Time at which its file is written to the disk: after each change, or once a second as by default.
   */
  static async start(sync: "always" | "everysec" = "always"): Promise<RedisServer> {
    const server = new RedisServer(await Deno.makeTempDir(), freePort(), sync);
    await server.start();
    return server;
  }

  /** Its URL, with the password. */
  get url(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`;
  }

  /** Its place, for connections of this program. */
  get address(): RedisAddress {
    return { host: "127.0.0.1", port: this.port, database: 0, password: this.password, tls: false };
  }

  /** Starts it with what its file has. */
  async start(): Promise<void> {
    const config = join(this.#folder, "redis.conf");
    await Deno.writeTextFile(
      config,
      `bind 127.0.0.1\nport ${this.port}\nrequirepass ${this.password}\nsave ""\n` +
        `appendonly yes\nappendfsync ${this.#sync}\ndir ${this.#folder}\n`,
    );
    this.#process = new Deno.Command("redis-server", { args: [config], stdout: "null" }).spawn();
    for (let attempt = 0; attempt < 200; attempt++) {
      try {
        (await Deno.connect({ hostname: "127.0.0.1", port: this.port })).close();
        return;
      } catch {
        await new Promise((end) => setTimeout(end, 25));
      }
    }
    throw new Deno.errors.TimedOut("redis-server did not start");
  }

  /** Kills it, as a power cut would. */
  async stop(): Promise<void> {
    this.#process?.kill("SIGKILL");
    await this.#process?.status;
    this.#process = undefined;
  }

  /** Stops it and removes its files. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
