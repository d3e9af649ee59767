/**
 * Steps through the iterations of k-means in a real browser, by mouse and by keyboard, and looks at them without script
 * and on paper.
 */
import assert from "node:assert/strict";
import type { Page as BrowserPage } from "playwright-core";
import { lookAtSite } from "../../testing/look_at_site.ts";

/** Returns the captions under each start, for every step that is visible. */
async function shown(page: BrowserPage): Promise<string[][]> {
  return await page.locator('[data-steps="frames"]:visible').evaluateAll((steps) =>
    steps.map((step) => [...step.querySelectorAll("p")].map((one) => one.textContent ?? ""))
  );
}

const first = [
  "4,082 grey levels per pixeliteration 0",
  "3,997 grey levels per pixeliteration 0",
  "3,909 grey levels per pixeliteration 0",
];
const last = [5, 6, 7].map((end) => `3,227 grey levels per pixeliteration ${end}, its last`);

lookAtSite("the iterations of k-means, in a browser", {
  "a slider moves the three starts side by side, by keyboard": async (page, { address }) => {
    await page.goto(`${address}/kmeans.html`);
    assert.deepEqual(await shown(page), [last]);
    await page.focus("#steps-frames");
    await page.keyboard.press("Home");
    assert.deepEqual(await shown(page), [first]);
    const slider = page.locator("#steps-frames");
    assert.equal(await slider.getAttribute("aria-valuetext"), "0");
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowRight");
    assert.equal(await slider.getAttribute("aria-valuetext"), "6");
    const [[random, plusPlus, means]] = await shown(page);
    assert.equal(random, last[0]);
    assert.equal(plusPlus, last[1]);
    assert.match(means, /iteration 1$/);
    const starts = page.locator('[data-steps="frames"]:visible li');
    const tops = await starts.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().y));
    assert.equal(new Set(tops).size, 1);
  },
  "the same slider moves by mouse": async (page, { address }) => {
    await page.goto(`${address}/pt/kmeans.html`);
    const slider = page.locator("#steps-frames");
    const { height = 0 } = await slider.boundingBox() ?? {};
    await slider.click({ position: { x: 4, y: height / 2 } });
    assert.match((await shown(page))[0][0], /^4\.082 níveis de cinza por pixeliteração 0$/);
  },
  "the step is in the address, also without a server, and the way back leads off the page": async (
    page,
    { files },
  ) => {
    await page.goto(`${files}/kmeans.html`);
    const entries = await page.evaluate(() => history.length);
    await page.focus("#steps-frames");
    for (const key of ["Home", "ArrowRight"]) await page.keyboard.press(key);
    await page.waitForURL(/\?frames=1$/);
    const moved = await shown(page);
    assert.equal(await page.evaluate(() => history.length), entries);
    await page.reload();
    assert.deepEqual(await shown(page), moved);
    for (const wrong of ["9999", "-1", "1.5", "x"]) {
      await page.goto(`${files}/kmeans.html?frames=${wrong}`);
      assert.deepEqual(await shown(page), [last]);
    }
  },
  "the way back from a place on the page keeps the step that is shown in the address": async (
    page,
    { address },
  ) => {
    await page.goto(`${address}/kmeans.html`);
    await page.focus("#steps-frames");
    await page.keyboard.press("Home");
    await page.waitForURL(/\?frames=0$/);
    await page.evaluate(() => location.hash = "#found");
    await page.focus("#steps-frames");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/\?frames=1#found$/);
    const moved = await shown(page);
    await page.goBack();
    await page.waitForURL(/\?frames=1$/);
    assert.deepEqual(await shown(page), moved);
  },
  "without script, and on paper, the first and the last step are there": async (
    page,
    { browser, address },
  ) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const still = await context.newPage();
    await still.goto(`${address}/kmeans.html`);
    assert.deepEqual(await shown(still), [first, last]);
    await context.close();
    await page.goto(`${address}/kmeans.html`);
    await page.focus("#steps-frames");
    await page.keyboard.press("ArrowLeft");
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await shown(page), [first, last]);
  },
});
