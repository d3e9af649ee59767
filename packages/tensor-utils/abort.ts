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

/**
 * Paces a long loop: each call checks the signal, and lets the event loop turn if the last turn was
 * more than 20 ms ago. A turn can cost a millisecond, too much for every step of a fast loop.
 *
 * @param signal The signal of the caller, if there is one.
 * @returns A function to await once per step.
 */
export function pacer(signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    throwIfAborted(signal);
    if (performance.now() - last < 20) return;
    await pause();
    last = performance.now();
    throwIfAborted(signal);
  };
}
