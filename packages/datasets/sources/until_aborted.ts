/**
 * Passes on the body of a response until one of some signals aborts. `fetch` does so by itself only until its own
 * signal is collected as garbage, which nothing prevents once the response is there.
 *
 * @param body The body.
 * @param signals Signals to keep and heed; `AbortSignal.any` of them would be collected just the same.
 * @returns A stream that fails with the reason of the first signal that aborts.
 */
export function untilAborted(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signals: readonly AbortSignal[],
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return signals.reduce(
    (stream, signal) => stream.pipeThrough(new TransformStream(), { signal }),
    body,
  );
}
