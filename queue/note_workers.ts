import type { Redis } from "ioredis";
import type { AskSettings } from "./ask_jobs.ts";
import { workersPresent } from "./presence.ts";
import { describeRedis } from "./redis.ts";

/** Looks who works at the server, and says once of each worker that it cannot be used, or that there is none. */
export class WorkerNotes {
  readonly #settings: Omit<AskSettings, "signal">;
  readonly #told = new Set<string>();

  /** @param settings The server, the version that can be used, and who is told. */
  constructor(settings: Omit<AskSettings, "signal">) {
    this.#settings = settings;
  }

  /**
   * Looks.
   *
   * @param redis Connection to the server.
   */
  async look(redis: Redis): Promise<void> {
    const { version, address } = this.#settings;
    const workers = await workersPresent.list(redis);
    for (const { name, code, backend } of workers) {
      if (code !== version.code) {
        this.#noteOnce(
          `Refused the worker ${name}: its code is ${code}, that of this run is ${version.code}`,
        );
      } else if (backend !== version.backend) {
        this.#noteOnce(
          `Refused the worker ${name}: its backend is ${backend}, that of this run is ` +
            `${version.backend} (--backend)`,
        );
      }
    }
    const isOwn = ({ code, backend }: typeof workers[number]) =>
      code === version.code && backend === version.backend;
    if (workers.some(isOwn)) return;
    this.#noteOnce(
      `No worker of this version yet: start one with deno task worker --redis ` +
        `redis://${describeRedis(address)}`,
    );
  }

  #noteOnce(line: string): void {
    if (this.#told.has(line)) return;
    this.#told.add(line);
    this.#settings.onNote(line);
  }
}
