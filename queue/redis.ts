import { Redis, type RedisOptions } from "ioredis";

/** Place of a Redis or Valkey server. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  /** Number of the database, 0 unless the URL names another. */
  readonly database: number;
  readonly username?: string;
  readonly password?: string;
  /** True to speak TLS. */
  readonly tls: boolean;
}

/** Longest time to wait for a first answer, in milliseconds. */
const patienceMs = 5000;

/**
 * Names a server for people, without its password.
 *
 * @param address The server.
 */
export function describeRedis({ host, port, database }: RedisAddress): string {
  return `${host}:${port}${database === 0 ? "" : `/${database}`}`;
}

/**
 * Returns options with which a connection outlives restarts of the server and cuts of the network.
 *
 * @param address The server.
 */
export function redisOptions(address: RedisAddress): RedisOptions {
  const { host, port, database: db, username, password, tls } = address;
  return {
    host,
    port,
    db,
    username,
    password,
    ...tls && { tls: {} },
    // What was asked waits for the server to come back, however long it takes.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2000),
  };
}

/**
 * Connects to a server, and fails with a remedy if the first attempt does.
 *
 * @param address The server.
 * @returns The connection.
 * @throws {Deno.errors.NotConnected} If there is no server, it does not answer, or it does not take the password.
 */
export async function connectRedis(address: RedisAddress): Promise<Redis> {
  const probe = new Redis({
    ...redisOptions(address),
    lazyConnect: true,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    retryStrategy: () => null,
  });
  let last: unknown;
  probe.on("error", (error) => last = error);
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    throw refusal(address, [last, error]);
  } finally {
    probe.disconnect();
  }
  return new Redis(redisOptions(address));
}

/** Explains the first failure to reach a server. */
function refusal(address: RedisAddress, errors: readonly unknown[]): Error {
  const told = errors.map((error) =>
    error instanceof Error
      ? `${(error as Error & { code?: string }).code ?? ""} ${error.message} ${error.cause ?? ""}`
      : ""
  ).join(" ");
  const reason = reasons.find(([sign]) => sign.test(told))?.[1] ??
    (errors.find((error) => error instanceof Error) as Error).message;
  return new Deno.errors.NotConnected(`Cannot use Redis at ${describeRedis(address)}: ${reason}`);
}

const reasons: readonly [sign: RegExp, reason: string][] = [
  [
    /WRONGPASS|invalid (username-)?password/i,
    "the password is wrong, check the URL or MIXTAPE_REDIS_PASSWORD",
  ],
  [/NOAUTH/, "it wants a password, set MIXTAPE_REDIS_PASSWORD"],
  [/without any password configured/, "it has no password, leave it out"],
  [/ECONNREFUSED/, "nothing listens there, start a server (redis-server) or check the address"],
  [/ENOTFOUND|EAI_AGAIN/, "there is no host of that name, check the address"],
  [/NOPERM/, "the user may not use the commands of a queue"],
  [/ETIMEDOUT|[Tt]imed? ?out|closed/, "it does not answer, check the address"],
];
