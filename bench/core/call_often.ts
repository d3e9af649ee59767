import type { Measurement, WorkArguments } from "./measurement.ts";
import type { PeerProcess } from "./peer_process.ts";

/** Work that takes longer is done once per run. */
const SHORT_SECONDS = 0.25;
/** A burst ends after this many seconds or calls, whichever comes first. */
const BURST_SECONDS = 0.5;
const BURST_CALLS = 9;

/**
 * Does one run: a single call if the work is long, the call of median time in a burst of calls if it is short. The
 * time of a 20 ms call after seconds of idling is decided by sleeping threads and cold caches, not by the work.
 *
 * @param peer The peer that does the work.
 * @param work Name of the work.
 * @param args Arguments of the work, the same for every call of a burst.
 * @returns The measurement of the call, or of the call of median time.
 */
export async function callOften(
  peer: Pick<PeerProcess, "call">,
  work: string,
  args: WorkArguments,
): Promise<Measurement> {
  const calls = [await peer.call(work, args)];
  let spent = calls[0].seconds;
  if (spent > SHORT_SECONDS) return calls[0];
  while (calls.length < BURST_CALLS && spent < BURST_SECONDS) {
    const call = await peer.call(work, args);
    calls.push(call);
    spent += call.seconds;
  }
  calls.sort((a, b) => a.seconds - b.seconds);
  return calls[calls.length - 1 >> 1];
}
