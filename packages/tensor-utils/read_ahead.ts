/**
 * Yields the items of an iterable, and asks for the next one before it hands over the current one:
 * the next is read while the current is computed with.
 *
 * @param items The items.
 * @param signal Ends the waiting for an item, even if the iterable does not heed it.
 * @returns The same items in the same order.
 * @throws The signal's reason, if it was aborted; or the error of the iterable.
 */
export async function* readAhead<T>(
  items: AsyncIterable<T>,
  signal?: AbortSignal,
): AsyncGenerator<T> {
  signal?.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  const abort = whenAborted(signal);
  let next = handled(iterator.next());
  try {
    for (;;) {
      const { done, value } = await Promise.race([next, ...abort.promises]);
      if (done) return;
      next = handled(iterator.next());
      yield value;
      signal?.throwIfAborted();
    }
  } finally {
    abort.release();
    const closed = handled(Promise.resolve(iterator.return?.()));
    // An iterable that does not heed the signal may take any time to end.
    if (!signal?.aborted) await closed.catch(() => {});
  }
}

/** Marks a promise as handled: it is awaited later, or not at all. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Returns a promise that is rejected once a signal is aborted; none without a signal. */
function whenAborted(signal?: AbortSignal): { promises: Promise<never>[]; release: () => void } {
  if (!signal) return { promises: [], release: () => {} };
  let abort = () => {};
  const promise = new Promise<never>((_, reject) => abort = () => reject(signal.reason));
  signal.addEventListener("abort", abort, { once: true });
  return {
    promises: [handled(promise)],
    release: () => signal.removeEventListener("abort", abort),
  };
}
