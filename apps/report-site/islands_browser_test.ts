/**
 * Works the islands of the report in a real browser, by mouse and by keyboard, and looks at their pages without script.
 */
import assert from "node:assert/strict";
import { lookAtSite } from "./testing/look_at_site.ts";

lookAtSite("islands of the report, in a browser", {
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
    const told = await scores.locator("output").textContent() ?? "";
    assert.match(told, /^\d+ of \d+$/);
    await page.emulateMedia({ media: "print" });
    assert.equal(await scores.locator("tbody tr:visible").count(), values.length);
    await page.emulateMedia({ media: null });
    await page.waitForURL(/\.sort=4\.ascending.*\.1=/);
    const rows = await scores.locator("tbody tr:visible").allTextContents();
    await page.reload();
    assert.deepEqual(await scores.locator("tbody tr:visible").allTextContents(), rows);
    assert.equal(await heading.getAttribute("aria-sort"), "ascending");
    assert.equal(await scores.locator("output").textContent(), told);
    await scores.getByLabel("Set").selectOption("");
    await page.waitForFunction(() => !/\.1=/.test(location.search));
    await page.goto(page.url().replace("=4.ascending", "=44.ascending&x.sort=0&x.1=y"));
    assert.equal(await scores.locator("[aria-sort]").count(), 0);
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
});
