/**
 * Works the islands of the report in a real browser, by mouse and by keyboard, and looks at their pages without script.
 */
import assert from "node:assert/strict";
import type { Page as BrowserPage } from "playwright-core";
import { chromiumPath } from "./testing/browser.ts";
import { collectErrors, type Site, withSite } from "./testing/browser_site.ts";

type Look = (page: BrowserPage, site: Site) => Promise<void>;

/** How many parts of a group of steps are shown, and which. */
async function shownSteps(page: BrowserPage, group: string): Promise<number[]> {
  return await page.evaluate(
    (group) =>
      [...document.querySelectorAll<HTMLElement>(`[data-steps="${group}"]`)]
        .filter((part) => part.checkVisibility())
        .map((part) => Number(part.dataset.step)),
    group,
  );
}

const looks: Readonly<Record<string, Look>> = {
  "a heading sorts the leaderboard by keyboard, and a choice filters it": async (
    page,
    { address },
  ) => {
    await page.goto(`${address}/detectors.html`);
    const scores = page.locator("#scores");
    const heading = scores.locator("thead th", { hasText: "AUROC" });
    await heading.getByRole("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await heading.getAttribute("aria-sort"), "descending");
    const values = await scores.locator("tbody tr").evaluateAll((rows) =>
      rows.map((row) => Number((row as HTMLTableRowElement).cells[4].textContent))
    );
    assert.deepEqual(values, values.toSorted((a, b) => b - a));
    await page.keyboard.press("Space");
    assert.equal(await heading.getAttribute("aria-sort"), "ascending");
    const [, set] = await scores.getByLabel("Set").locator("option").allTextContents();
    await scores.getByLabel("Set").selectOption(set);
    const sets = await scores.locator("tbody tr:visible td:nth-child(2)").allTextContents();
    assert(sets.length > 0 && sets.length < values.length);
    assert(sets.every((one) => one === set));
    assert.match(await scores.locator("output").textContent() ?? "", /^\d+ of \d+$/);
  },
  "a cell of the confusion matrix opens its images, without script": async (
    _,
    { browser, address },
  ) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}/classifier.html`);
    const cell = page.locator("#confusion .chart.wide a").first();
    const images = page.locator(await cell.getAttribute("href") ?? "");
    assert(!await images.isVisible());
    await cell.focus();
    await page.keyboard.press("Enter");
    await images.waitFor({ state: "visible" });
    assert(await images.getByRole("img").count() > 0);
    await images.getByRole("link").click();
    await images.waitFor({ state: "hidden" });
    await context.close();
  },
  "a slider compares any two of the last runs": async (page, { address }) => {
    await page.goto(`${address}/runs.html`);
    assert.deepEqual(await shownSteps(page, "classifier"), [2]);
    await page.focus("#steps-classifier");
    await page.keyboard.press("Home");
    assert.deepEqual(await shownSteps(page, "classifier"), [0]);
    const part = page.locator('[data-steps="classifier"][data-step="0"]');
    assert.match(await part.textContent() ?? "", /0 of 1 numbers moved/);
  },
};

const title = "islands of the report, in a browser";

Deno.test({
  name: chromiumPath ? title : `${title} (skipped: Chromium is not installed)`,
  ignore: chromiumPath === undefined,
  // Playwright keeps its pipes to the browser open until after the test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: (test) =>
    withSite(async (site) => {
      for (const [name, look] of Object.entries(looks)) {
        await test.step(name, async () => {
          const page = await site.browser.newPage();
          const errors = collectErrors(page);
          await look(page, site);
          assert.deepEqual(errors, []);
          await page.close();
        });
      }
    }),
});
