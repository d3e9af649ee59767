/**
 * Compares stored runs in a real browser, by mouse and by keyboard, and looks at their page without script.
 */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import type { Locator, Page as BrowserPage } from "playwright-core";
import { lookAtSite } from "../../testing/look_at_site.ts";

/** Locates the live region that announces the comparison of two runs. */
function status(page: BrowserPage): Locator {
  return page.locator("#compare").getByRole("status");
}

/** Returns the announced comparison of two runs, and each row of their table. */
async function compared(page: BrowserPage) {
  const section = page.locator("#compare");
  return {
    said: await section.locator('[role="status"]').textContent() ?? "",
    rows: await section.locator("tbody tr").evaluateAll((rows) =>
      rows.map((row) => [...(row as HTMLTableRowElement).cells].map((one) => one.textContent))
    ),
    marked: await section.locator("tr.marked").count(),
  };
}

lookAtSite("the comparison of runs, in a browser", {
  "any two runs are compared, by keyboard": async (page, { address }) => {
    await page.goto(`${address}/runs.html`);
    const after = page.locator("#compare").getByLabel("After");
    await page.locator("#compare tbody").waitFor();
    const last = await compared(page);
    assert.match(
      last.said,
      /2026-01-02 03:04:05 → 2026-01-03 03:04:05: numbers that moved .*, 1 of 1\./,
    );
    assert.deepEqual(last.rows, [
      ["testAccuracy", "0.905", "0.895–0.915", "0.950", "0.940–0.960", "up"],
    ]);
    assert.equal(last.marked, 1);
    await after.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await status(page).filter({
      hasText: /2026-01-02 .* → 2026-01-01 .*: numbers that moved .*, 0 of 1\./,
    })
      .waitFor();
    const former = await compared(page);
    assert.equal(former.marked, 0);
    assert.equal(former.rows[0].at(-1), "no");
  },
  "any two runs are compared, by choosing them": async (page, { address }) => {
    await page.goto(`${address}/pt/runs.html`);
    await page.locator("#compare").getByLabel("Antes").selectOption({ index: 2 });
    await page.locator("#compare").getByLabel("Depois").selectOption({ index: 0 });
    await status(page).filter({
      hasText: /2026-01-03 .* → 2026-01-01 .*: números que .*, 1 de 1\./,
    })
      .waitFor();
    assert.equal((await compared(page)).rows[0].at(-1), "desceu");
    await page.waitForURL(/\?before=[a-z-]+\.2026-01-03.*&after=[a-z-]+\.2026-01-01/);
    await page.reload();
    await status(page).filter({
      hasText: /2026-01-03 .* → 2026-01-01 .*: números que .*, 1 de 1\./,
    })
      .waitFor();
    await page.goto(page.url().replace("2026-01-01", "1999-01-01"));
    await status(page).filter({ hasText: /2026-01-02 .* → 2026-01-03/ }).waitFor();
  },
  "runs are read without a server, too": async (page, { folder }) => {
    await page.goto(`${pathToFileURL(folder).href}/pt/runs.html`);
    await page.locator("#compare tbody").waitFor();
    assert.equal((await compared(page)).rows.length, 1);
  },
  "a run that cannot be read is said to be missing": async (_, { browser, address }) => {
    const page = await browser.newPage();
    await page.route(
      "**/assets/islands/runs-data.*",
      (route) =>
        page.url() !== "about:blank" && route.request().resourceType() === "script" && asked++ > 0
          ? route.abort()
          : route.continue(),
    );
    let asked = 0;
    await page.goto(`${address}/runs.html`);
    await page.getByRole("alert").waitFor();
    assert.match(await page.getByRole("alert").textContent() ?? "", /could not be loaded/);
    await page.close();
  },
  "without script the last two runs are compared": async (_, { browser, address }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}/runs.html`);
    const { said, rows, marked } = await compared(page);
    assert.match(said, /2026-01-02 03:04:05 → 2026-01-03 03:04:05/);
    assert.equal(rows.length, 1);
    assert.equal(marked, 1);
    await context.close();
  },
});
