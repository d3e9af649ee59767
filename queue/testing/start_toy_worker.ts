import { fileURLToPath } from "node:url";
import type { RedisServer } from "./redis_server.ts";

const program = fileURLToPath(new URL("./toy_worker.ts", import.meta.url));

/** A worker of toy jobs, as a program of its own; for tests only. */
export class ToyWorker {
  /** Its program. */
  readonly process: Deno.ChildProcess;

  /**
   * @param server The server where it looks for jobs.
   * @param options Port of the way to the server, seconds of its lease, and version of its code.
   */
  constructor(server: RedisServer, { port = server.port, lease = 2, code = "this" } = {}) {
    this.process = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-check",
        "--no-prompt",
        "--allow-read",
        "--allow-write",
        "--allow-net=127.0.0.1",
        "--allow-env=MIXTAPE_REDIS_PASSWORD",
        "--ignore-env",
        "--allow-sys=hostname",
        program,
        ...[port, server.password, lease, code].map(String),
      ],
      stdout: "null",
      stderr: "inherit",
    }).spawn();
  }

  /** Its name. */
  get name(): string {
    return `${Deno.hostname()}:${this.process.pid}`;
  }

  /** Sends it a signal, and waits for its end. */
  async end(signal: Deno.Signal): Promise<number> {
    try {
      this.process.kill(signal);
    } catch {
      // It has ended.
    }
    return (await this.process.status).code;
  }
}
