/**
 * Waits for something that may never come, such as a farewell to a server that is gone.
 *
 * @param ms Longest time to wait, in milliseconds.
 * @param work Is waited for; its errors are of no interest.
 */
export async function unlessLate(ms: number, work: () => Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((end) => timer = setTimeout(end, ms));
  await Promise.race([work().catch(() => {}), late]);
  clearTimeout(timer);
}
