/**
 * Throws the reason of a signal if it was aborted.
 *
 * @param signal The signal of the caller, if there is one.
 * @throws The reason that `AbortController.abort` was given, an `AbortError` by default.
 */
export function throwIfAborted(signal?: AbortSignal): void {
  signal?.throwIfAborted();
}

/**
 * Lets the event loop turn once, so that an abort, a key press or a redraw is handled between two
 * steps of long work.
 *
 * @returns A promise that is fulfilled in a later turn of the event loop.
 */
export function pause(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve));
}

/** A timer waits a millisecond or more, in browsers 4: setImmediate and messages turn at once. */
const nextTurn: (callback: () => void) => unknown =
  (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate ?? sendMessage;

function sendMessage(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}

/** Time at which a paced loop last let the event loop turn, in milliseconds. */
let lastTurn = -Infinity;

/**
 * Paces a long loop: each call checks the signal, and lets the event loop turn if no paced loop has
 * let it turn for 20 ms, so that many short loops, one after the other, do not hold it either. A
 * turn can cost a millisecond, too much for every step of a fast loop.
 *
 * @param signal The signal of the caller, if there is one.
 * @returns A function to await once per step.
 */
export function pacer(signal?: AbortSignal): () => Promise<void> {
  return async () => {
    throwIfAborted(signal);
    const since = performance.now() - lastTurn;
    // The clock went back where a test replaced it.
    if (since >= 0 && since < 20) return;
    await pause();
    lastTurn = performance.now();
    throwIfAborted(signal);
  };
}

/** Numbers that a loop on the host reads in some milliseconds. */
const PIECE = 2 ** 20;

/**
 * Returns the number of items that a loop on the host may work on between two looks at the clock.
 *
 * @param numbers Numbers that are read for an item, or multiplied and added, above 0; 1 by default.
 * @returns At least 1.
 */
export function pieceSize(numbers = 1): number {
  return Math.ceil(PIECE / numbers);
}

/**
 * Works on the numbers from 0 to `length`, so many at a time, and lets the event loop turn meanwhile.
 *
 * @param length The end.
 * @param size Number of numbers at a time, such as {@link pieceSize} gives: some milliseconds of work.
 * @param work The work on those from `start` to before `end`.
 * @param signal Ends the work; the promise is then rejected with its reason.
 */
export async function inPieces(
  length: number,
  size: number,
  work: (start: number, end: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const pace = pacer(signal);
  for (let start = 0; start < length; start += size) {
    await pace();
    work(start, Math.min(length, start + size));
  }
}
