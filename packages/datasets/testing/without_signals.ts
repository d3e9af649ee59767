/** Takes the signal from each request, as when the garbage collector takes it once the response is there; for tests. */
export async function withoutSignals(run: () => Promise<void>): Promise<void> {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => fetch(input, { ...init, signal: undefined });
  try {
    await run();
  } finally {
    globalThis.fetch = fetch;
  }
}
