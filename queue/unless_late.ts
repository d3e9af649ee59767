/**
 * Waits for something that may never come, such as a farewell to a server that is gone.
 *
 * @param ms Longest time to wait, in milliseconds.
 * @param work Is waited for; its errors are of no interest.
 * @returns The outcome of the work; nothing if it failed or is late.
 */
export async function unlessLate<T>(ms: number, work: () => Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((end) => timer = setTimeout(() => end(undefined), ms));
  const outcome = await Promise.race([work().catch(() => undefined), late]);
  clearTimeout(timer);
  return outcome;
}
