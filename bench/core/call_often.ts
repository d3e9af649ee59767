import type { Measurement, WorkArguments } from "./measurement.ts";
import type { PeerProcess } from "./peer_process.ts";

/** Works that take longer are done once a run. */
const SHORT_SECONDS = 0.25;
/** A burst lasts as long as this, or so many calls. */
const BURST_SECONDS = 0.5;
const BURST_CALLS = 9;

/**
 * One run: a single call of a long work, the call of median time among a burst of a short one. A work of 20 ms
 * that begins after seconds of idling is decided by sleeping threads and cold caches, not by the work.
 *
 * @param peer Who works.
 * @param work What.
 * @param args With what; every call of a burst has the same.
 * @returns What the call, or the call of median time, came to.
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
