import { Buffer } from "node:buffer";
import type { Redis } from "ioredis";
import { prefix } from "./job.ts";

/** Seconds after which a parcel is gone that nobody removed, as its run was killed. */
const keptSeconds = 24 * 3600;

/**
 * Bytes at the server that jobs are asked with or answer, beside what the queue keeps of them: what many jobs share is
 * there once, and what is large does not pass through the lists of the queue.
 */
export class Parcels {
  readonly #redis: Redis;
  /** Those that are being put down, by their names: many jobs share one. */
  readonly #keeping = new Map<string, Promise<void>>();

  /** @param redis Connection to the server. */
  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /**
   * Puts a parcel down.
   *
   * @param name Its name.
   * @param bytes Its bytes.
   */
  async put(name: string, bytes: Uint8Array): Promise<void> {
    await this.#redis.set(keyOf(name), Buffer.from(bytes), "EX", keptSeconds);
  }

  /**
   * Puts a parcel down unless it is there.
   *
   * @param name Its name, which no other bytes have.
   * @param bytes Its bytes.
   */
  keep(name: string, bytes: Uint8Array): Promise<void> {
    const put = async () => {
      if (await this.#redis.expire(keyOf(name), keptSeconds) === 0) await this.put(name, bytes);
    };
    const keeping = this.#keeping.get(name) ?? put().finally(() => this.#keeping.delete(name));
    this.#keeping.set(name, keeping);
    return keeping;
  }

  /** Waits for the parcels that are being put down. */
  async kept(): Promise<void> {
    await Promise.allSettled(this.#keeping.values());
  }

  /**
   * Reads a parcel.
   *
   * @param name Its name.
   * @returns Its bytes; nothing if it is not there.
   */
  async get(name: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#redis.getBuffer(keyOf(name));
    return bytes === null ? undefined : new Uint8Array(bytes);
  }

  /**
   * Reads a parcel and removes it, in one request.
   *
   * @param name Its name.
   * @returns Its bytes; nothing if it is not there.
   */
  async take(name: string): Promise<Uint8Array | undefined> {
    const request = this.#redis.pipeline().getBuffer(keyOf(name)).del(keyOf(name));
    const [[error, bytes]] = (await request.exec())!;
    if (error) throw error;
    return bytes === null ? undefined : new Uint8Array(bytes as Buffer);
  }

  /**
   * Removes parcels.
   *
   * @param names Their names.
   */
  async remove(names: readonly string[]): Promise<void> {
    if (names.length > 0) await this.#redis.del(names.map(keyOf));
  }
}

function keyOf(name: string): string {
  return `${prefix}:parcel:${name}`;
}
