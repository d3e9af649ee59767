/** Choices since the page was loaded. */
const chosen = new Map<string, string | undefined>();
/** Choices that are not in the address yet. */
const waiting = new Map<string, string | undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Pause after which choices are written, in milliseconds: browsers refuse many changes of the address in a row. */
const pause = 150;

/**
 * Reads a choice from the address, which may come from anywhere.
 *
 * @param name Name of the choice, unique on its page.
 * @returns Its value; nothing where the address has none.
 */
export function choiceInAddress(name: string): string | undefined {
  return new URLSearchParams(location.search).get(name) ?? undefined;
}

/**
 * Reads a choice among steps from the address.
 *
 * @param name Name of the choice, unique on its page.
 * @param steps Number of steps.
 * @returns Index of the step; nothing where the address has none that exists.
 */
export function stepInAddress(name: string, steps: number): number | undefined {
  const text = choiceInAddress(name) ?? "";
  return /^\d+$/.test(text) && Number(text) < steps ? Number(text) : undefined;
}

/**
 * Writes a choice into the address, so that a copy of it leads to the same view. The way back does not lead through
 * former choices: where it leads within the page, which shows what it showed, they are written anew.
 *
 * @param name Name of the choice, unique on its page.
 * @param value Its value; nothing to take it out.
 */
export function keepInAddress(name: string, value: string | undefined): void {
  if (chosen.size === 0) addEventListener("popstate", () => write(chosen));
  chosen.set(name, value);
  waiting.set(name, value);
  clearTimeout(timer);
  timer = setTimeout(() => write(waiting), pause);
}

function write(choices: ReadonlyMap<string, string | undefined>): void {
  const address = new URL(location.href);
  for (const [name, value] of choices) {
    if (value === undefined) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  waiting.clear();
  history.replaceState(history.state, "", address);
}
