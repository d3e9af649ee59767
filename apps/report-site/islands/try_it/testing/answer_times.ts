import type { Browser, Page } from "playwright-core";

/**
 * Measures how long it takes from asking for a page to the first answer on it.
 *
 * @param browser The browser.
 * @param address Address of the page.
 * @returns Times in milliseconds.
 */
export async function firstAnswerMs(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage();
  await page.addInitScript(noteFirstAnswer);
  await page.goto(address);
  const first = await page.waitForFunction(() =>
    (globalThis as unknown as { firstAnswer?: number }).firstAnswer
  );
  const elapsedMs = await first.jsonValue() as number;
  await page.close();
  return elapsedMs;
}

/**
 * Presses every drawing twice, and measures how long it takes until the answer has changed.
 *
 * @param page The page, with an answer on it.
 * @returns Milliseconds, ascending.
 */
export function updatesMs(page: Page): Promise<number[]> {
  return page.evaluate(timeUpdates);
}

/** Runs in the page before it: notes when the first answer is there, in milliseconds after the page was asked for. */
function noteFirstAnswer(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector(".took") === null) return;
    (globalThis as unknown as { firstAnswer: number }).firstAnswer = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true });
}

/** Runs in the page: how long it takes from a press to the new answer, ascending. */
async function timeUpdates(): Promise<number[]> {
  const times: number[] = [];
  const buttons = [...document.querySelectorAll<HTMLElement>("[data-drawing]")];
  const verdict = document.querySelector(".verdict") as Element;
  for (const button of [...buttons, ...buttons]) {
    const changed = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(verdict, { subtree: true, characterData: true, childList: true });
    });
    const start = performance.now();
    button.click();
    await changed;
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return times.sort((a, b) => a - b);
}
