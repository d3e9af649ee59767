/**
 * Chooses mixtures in a real browser, by mouse and by keyboard, and looks at their page without script.
 */
import assert from "node:assert/strict";
import type { Page as BrowserPage } from "playwright-core";
import { lookAtSite } from "../../../apps/report-site/testing/look_at_site.ts";
import { example } from "../example.ts";

const { byWeightDecay } = example.payload;

/** Returns the drawn values and the highlighted row of the table. */
async function shown(page: BrowserPage) {
  const path = async (selector: string) =>
    await page.locator(
      `${selector} .chart.narrow path.series-1, ${selector} .chart.narrow .series-1 path`,
    )
      .first().getAttribute("d");
  return {
    status: await page.locator('.choice [role="status"]').textContent() ?? "",
    histogram: await path('[id^="scores-"]'),
    roc: await path('[id^="roc-"]'),
    row: await page.locator("#scores tr[aria-current] th").allTextContents(),
    numbers: await page.locator('[id^="scores-"] tbody').textContent(),
    csv: await page.locator('[id^="scores-"] .download a').first().getAttribute("href"),
  };
}

lookAtSite("the choice of a mixture, in a browser", {
  "a slider over components moves histogram, ROC curve and table together, by keyboard": async (
    page,
    { address },
  ) => {
    await page.goto(`${address}/mixtures.html`);
    const before = await shown(page);
    assert.deepEqual(before.row, ["5"]);
    assert.match(before.status, /^5 components at weight decay 0 \(BIC's choice\): AUROC 0\.975/);
    await page.focus("#mixtures-components");
    await page.keyboard.press("Home");
    const after = await shown(page);
    assert.deepEqual(after.row, ["1"]);
    assert.match(after.status, /^1 component at weight decay 0: AUROC 0\.955/);
    for (const key of ["histogram", "roc", "numbers", "csv"] as const) {
      assert.notEqual(after[key], before[key], key);
    }
    const slider = page.locator("#mixtures-components");
    assert.equal(await slider.getAttribute("aria-valuetext"), "1");
  },
  "a slider over weight decay keeps the components, by mouse": async (page, { address }) => {
    await page.goto(`${address}/mixtures.html`);
    await page.focus("#mixtures-components");
    await page.keyboard.press("Home");
    const before = await shown(page);
    const slider = page.locator("#mixtures-decay");
    const { width = 0, height = 0 } = await slider.boundingBox() ?? {};
    await slider.click({ position: { x: width - 4, y: height / 2 } });
    const after = await shown(page);
    assert.match(after.status, /^1 component at weight decay 0\.01: AUROC 0\.595/);
    assert.notEqual(after.roc, before.roc);
    assert.equal(await page.locator("#scores figure:visible").count(), 3);
    await page.waitForURL(/\?components=1&decay=0\.01$/);
    await page.reload();
    assert.equal((await shown(page)).status, after.status);
    await page.goto(page.url().replace("components=1&decay=0.01", "components=x&decay=7"));
    assert.match((await shown(page)).status, /^5 components at weight decay 0 /);
  },
  "a link to a weight decay shows it": async (page, { address }) => {
    await page.goto(`${address}/mixtures.html#roc-0-01`);
    assert.match((await shown(page)).status, /weight decay 0\.01/);
    await page.evaluate(() => location.hash = "#scores-0-001");
    await page.locator("#scores-0-001").waitFor();
    assert.match((await shown(page)).status, /weight decay 0\.001/);
  },
  "every mixture in the script says what its result says": async (page, { address }) => {
    await page.goto(`${address}/pt/mixtures.html`);
    for (const [decay, { byComponents }] of byWeightDecay.entries()) {
      await page.locator("#mixtures-decay").fill(String(decay));
      for (const [at, { components, separation }] of byComponents.entries()) {
        await page.locator("#mixtures-components").fill(String(at));
        const { status, row } = await shown(page);
        assert.deepEqual(row, [String(components)]);
        assert(status.includes(separation.auroc.toFixed(3).replace(".", ",")), status);
      }
    }
  },
  "without script the choice of BIC is there for every weight decay": async (
    _,
    { browser, address },
  ) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}/mixtures.html`);
    const chosen = await page.locator("#scores tr[aria-current] th").allTextContents();
    assert.deepEqual(chosen, byWeightDecay.map(({ chosen }) => String(chosen.byBic)));
    assert.equal(await page.locator("#scores .beside figure:visible").count(), 8);
    await context.close();
  },
});
