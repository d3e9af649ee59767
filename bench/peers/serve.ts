import { lines } from "../core/lines.ts";
import type { Measurement } from "../core/measurement.ts";
import type { PeerVersions } from "../core/peer.ts";

/** A work that a peer can do. */
// deno-lint-ignore no-explicit-any -- arguments are JSON, each work names the type of its own
export type Work = (args: any) => Measurement | Promise<Measurement>;

/**
 * Answers requests until the input ends: the side of the protocol that runs in a peer's process.
 *
 * @param versions Versions and settings to report.
 * @param works The works that the peer can do, by name.
 */
export async function serve(
  versions: PeerVersions,
  works: Readonly<Record<string, Work>>,
): Promise<void> {
  answer({ ready: versions });
  for await (const line of lines(Deno.stdin.readable)) {
    const { work, args } = JSON.parse(line);
    try {
      if (!(work in works)) throw new RangeError(`there is no work of that name`);
      answer({ result: await works[work](args) });
    } catch (error) {
      answer({ error: error instanceof Error ? error.message : String(error) });
    }
  }
}

/**
 * Measures the time of an action.
 *
 * @param action The action.
 * @returns Its result, and its time in seconds.
 */
export async function timed<T>(
  action: () => T | Promise<T>,
): Promise<{ result: T; seconds: number }> {
  const begin = performance.now();
  const result = await action();
  return { result, seconds: (performance.now() - begin) / 1000 };
}

const encoder = new TextEncoder();

function answer(line: unknown): void {
  const bytes = encoder.encode(JSON.stringify(line) + "\n");
  for (let sent = 0; sent < bytes.length;) sent += Deno.stdout.writeSync(bytes.subarray(sent));
}
