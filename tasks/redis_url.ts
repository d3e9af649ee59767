import type { RedisAddress } from "../queue/redis.ts";
import { UsageError } from "./command_line.ts";

/** Variable that holds the password of Redis, which a list of processes would show if it were in the URL. */
const passwordVariable = "MIXTAPE_REDIS_PASSWORD";

/**
 * Parses the value of a flag that takes the URL of a Redis or Valkey server.
 *
 * @param text The value, such as `redis://127.0.0.1:6379`.
 * @param flag The flag, with its dashes, for the message.
 * @returns The server, with the password of the URL or else of `MIXTAPE_REDIS_PASSWORD`.
 * @throws {UsageError} If `text` is no such URL.
 */
export function readRedisUrl(text: string, flag: string): RedisAddress {
  const url = URL.parse(text);
  const database = /^\/?(\d*)$/.exec(url?.pathname ?? "")?.[1];
  if (
    url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === "" ||
    database === undefined || url.search !== "" || url.hash !== ""
  ) {
    throw new UsageError(
      `Cannot use ${flag} ${
        withoutPassword(text)
      }: the URL of a Redis or Valkey server is needed, ` +
        `such as redis://127.0.0.1:6379`,
    );
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? 6379 : Number(url.port),
    database: Number(database),
    username: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || Deno.env.get(passwordVariable) || undefined,
    tls: url.protocol === "rediss:",
  };
}

/** Returns the text that a user typed, fit for a message. */
function withoutPassword(text: string): string {
  return JSON.stringify(text.replace(/:[^:@/]*@/, ":…@"));
}

/**
 * Asks Deno for the right to reach a server; on a terminal, Deno asks the user.
 *
 * @param address The server.
 * @throws {Deno.errors.NotCapable} If the right is not given.
 */
export async function mayReach({ host, port }: RedisAddress): Promise<void> {
  const place = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const { state } = await Deno.permissions.request({ name: "net", host: place });
  if (state === "granted") return;
  throw new Deno.errors.NotConnected(
    `Cannot reach ${place}: this task may reach servers on this machine alone, allow it on a terminal when ` +
      `Deno asks, or lead a port of this machine there (ssh -L ${port}:${place})`,
  );
}
