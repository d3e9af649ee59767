/**
 * Points at marks of charts in a real browser, by mouse and by keyboard, and looks for the same in their tables.
 */
import axe from "axe-core";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page as BrowserPage } from "playwright-core";
import { lookAtSite } from "../../testing/look_at_site.ts";

/** Moves the mouse to a mark of a figure. */
async function pointAt(page: BrowserPage, figure: string, mark: string): Promise<void> {
  const place = page.locator(`${figure} .chart:visible ${mark}`).first();
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  assert(box, mark);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** Clicks the button of a figure's file, and returns the file. */
async function fileOf(page: BrowserPage, figure: string, button: string) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(figure).getByRole("button", { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

/** Runs in the page: an SVG document's size and colours, and all in it that points elsewhere or is wrong. */
function drawingOf(svg: string) {
  const { documentElement: root } = new DOMParser().parseFromString(svg, "image/svg+xml");
  const all = [root, ...root.querySelectorAll("*")];
  const attributes = all.flatMap((element) => [...element.attributes]);
  return {
    size: [root.getAttribute("width"), root.getAttribute("height"), root.getAttribute("viewBox")],
    paper: root.querySelector("rect")?.getAttribute("fill"),
    series: [...root.querySelectorAll("circle")].map((dot) => dot.getAttribute("fill")),
    font: root.getAttribute("font-family"),
    title: root.querySelector("title")?.textContent,
    wrong: [
      ...all.filter(({ tagName }) =>
        !["svg", "title", "desc", "g", "path", "line", "rect", "circle", "text"].includes(tagName)
      ).map(({ tagName }) => tagName),
      ...attributes.filter(({ name, value }) =>
        /href|src|class|data-/.test(name) || /url\(|var\(|light-dark/.test(value)
      ).map(({ name, value }) => `${name}="${value}"`),
    ],
  };
}

/** The lines of the tip; none if it is not shown. */
async function tipOf(page: BrowserPage): Promise<string[]> {
  return await page.locator(".tip > *").allTextContents();
}

/** The cells of a figure's table that are emphasised. */
async function linked(page: BrowserPage, figure: string): Promise<string[]> {
  return await page.locator(`${figure} tbody .linked`).allTextContents();
}

lookAtSite("tips and links of charts, in a browser", {
  "the mouse on a point tells its values, and points them out in the table": async (
    page,
    { address },
  ) => {
    await page.goto(`${address}/mixtures.html`);
    await page.locator("#auroc").getByText("The numbers").click();
    await pointAt(page, "#auroc", '[data-series="0.01"] circle.dot');
    assert.deepEqual(await tipOf(page), ["decay 0.01", "components: 1", "AUROC: 0.5950"]);
    const cells = await linked(page, "#auroc");
    assert.deepEqual(cells.slice(0, 3), ["0.01", "1", "0.595"]);
    assert.equal(await page.locator("#auroc tbody tr:has(.linked)").count(), 1);
    const faded = page.locator('#auroc .chart.wide [data-series="0.001"]').first();
    await page.waitForFunction(
      (one) => getComputedStyle(one!).opacity === "0.3",
      await faded.elementHandle(),
    );
    await page.mouse.move(2, 2);
    assert.deepEqual(await tipOf(page), []);
    assert.deepEqual(await linked(page, "#auroc"), []);
  },
  "bars, histograms, cells and dots tell their values": async (page, { address }) => {
    await page.goto(`${address}/pt/kmeans.html`);
    await pointAt(page, "#class-recall", 'rect[data-series="k-means++"]');
    assert.deepEqual(await tipOf(page), ["k-means++", "zero", "proporção encontrada: 73,0%"]);
    await pointAt(page, "#iterations", '[data-series="aleatório"] circle');
    assert.deepEqual(await tipOf(page), ["aleatório", "iterações até convergir: 10"]);
    await pointAt(page, "#from-random-contingency", '[data-series="one"] rect');
    assert.deepEqual(await tipOf(page), ["classe: one", "grupo, pela maioria: zero", "1"]);
    await page.goto(`${address}/try-it.html#scores`);
    await page.locator("#scores .chart.wide").hover({ position: { x: 300, y: 250 } });
    const [name, bin, share] = await tipOf(page);
    assert.match(name, /^Example /);
    assert.match(bin, /^score.*: \S+ – \S+$/);
    assert.match(share, /: [\d.]+%$/);
  },
  "arrow keys move from mark to mark, and Escape closes": async (page, { address }) => {
    await page.goto(`${address}/mixtures.html`);
    const chart = page.locator("#auroc .chart.wide");
    await page.locator("#auroc .anchor").focus();
    await page.keyboard.press("Tab");
    assert(await chart.evaluate((one) => one === document.activeElement));
    assert.deepEqual(await tipOf(page), ["decay 0", "components: 1", "AUROC: 0.9550"]);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const told = ["decay 10⁻⁴", "components: 2", "AUROC: 0.8400"];
    assert.deepEqual(await tipOf(page), told);
    const spoken = page.locator('[data-island="charts"] [role="status"]');
    assert.equal(await spoken.textContent(), told.join(", "));
    await page.keyboard.press("End");
    assert.equal((await tipOf(page))[1], "components: 5");
    await page.keyboard.press("Escape");
    assert.deepEqual(await tipOf(page), []);
    assert(await chart.evaluate((one) => one === document.activeElement));
    await page.keyboard.press("ArrowLeft");
    assert.equal((await tipOf(page)).length, 3);
    await page.keyboard.press("Tab");
    assert.deepEqual(await tipOf(page), []);
  },
  "a label emphasises its series, and a row of the table its own": async (page, { address }) => {
    await page.goto(`${address}/mixtures.html`);
    await page.locator("#fpr95 .chart.wide text", { hasText: "decay 0.001" }).hover();
    const emphasised = page.locator("#fpr95 .chart.wide .linked");
    assert.equal(await emphasised.first().getAttribute("data-series"), "decay 0.001");
    await page.locator("#auroc").getByText("The numbers").click();
    await page.locator("#auroc tbody tr").last().hover();
    assert.equal(await page.locator("#fpr95.emphasis").count(), 0);
    const series = page.locator("#auroc .chart.wide .linked");
    assert.deepEqual(
      [
        ...new Set(
          await series.evaluateAll((all) => all.map((one) => (one as SVGElement).dataset.series)),
        ),
      ],
      ["0.01"],
    );
  },
  "charts that a script draws anew tell what they show": async (page, { address }) => {
    await page.goto(`${address}/mixtures.html`);
    await page.focus("#mixtures-components");
    await page.keyboard.press("Home");
    await page.locator('[id^="roc-"] .chart:visible').focus();
    for (const key of ["ArrowDown", "Home", "ArrowRight"]) await page.keyboard.press(key);
    assert.deepEqual(await tipOf(page), [
      "mixture",
      "out-of-distribution accepted: 10.0%",
      "in-distribution accepted: 63.0%",
    ]);
  },
  "a chart comes as SVG in the light theme, whichever it is shown in": async (
    page,
    { address },
  ) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 800 });
      await page.goto(`${address}/mixtures.html`);
      const title = "Download “How well each mixture separates” as SVG";
      const { name, content } = await fileOf(page, "#auroc", title);
      assert.equal(name, "mixtures-auroc.svg");
      const { series, font, ...drawing } = await page.evaluate(drawingOf, content.toString());
      assert.deepEqual(drawing, {
        size: ["768", "384", "-12 -12 768 384"],
        paper: "rgb(253, 252, 249)",
        title: "How well each mixture separates",
        wrong: [],
      });
      assert(series.length > 5 && series.includes("rgb(11, 95, 165)"), series.join());
      assert.match(font ?? "", /sans-serif/);
    }
    await page.goto(`${address}/classifier.html`);
    const { content } = await fileOf(page, "#confusion", "SVG");
    assert.deepEqual((await page.evaluate(drawingOf, content.toString())).wrong, []);
  },
  "small histograms come as one drawing, with their names and ends": async (page, { address }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${address}/table.html`);
    const items = page.locator("#histograms li");
    const { name, content } = await fileOf(page, "#histograms", "SVG");
    assert.equal(name, "table-histograms.svg");
    const { wrong, paper, title } = await page.evaluate(drawingOf, content.toString());
    assert.deepEqual([wrong, paper], [[], "rgb(253, 252, 249)"]);
    assert.equal(title, (await page.locator("#histograms h3").textContent())?.replace(" #", ""));
    const texts = [...content.toString().matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    const shown = await items.evaluateAll((all) =>
      all.flatMap((item) =>
        [...item.querySelectorAll(".small-name, .small-ends > span")].map((one) => one.textContent)
      )
    );
    assert.deepEqual(texts, shown);
    assert.equal(await page.locator("#histograms svg.chart").count(), 0);
    const picture = await fileOf(page, "#histograms", "PNG");
    assert.equal(picture.name, "table-histograms.png");
    assert(picture.content.length > 1_000, `${picture.content.length} bytes`);
  },
  "a chart that a script drew comes as PNG, twice as large, without a server": async (
    page,
    { files },
  ) => {
    await page.goto(`${files}/pt/mixtures.html`);
    await page.focus("#mixtures-components");
    await page.keyboard.press("Home");
    const figure = `#${await page.locator('figure[id^="roc-"]').first().getAttribute("id")}`;
    const { name, content } = await fileOf(page, figure, "PNG");
    assert.equal(name, `mixtures-${figure.slice(1)}.png`);
    assert.equal(content.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
    const view = await page.locator(`${figure} .chart.wide`).getAttribute("viewBox");
    // A margin of 12 pixels on every side.
    const [width, height] = [16, 20].map((at) => content.readUInt32BE(at) / 2 - 24);
    assert.equal(`0 0 ${width} ${height}`, view);
    // A picture of nothing takes less.
    assert(content.length > 5_000, `${content.length} bytes`);
  },
  "nothing of it is an obstacle": async (page, { address }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(`${address}/classifier.html`);
    await page.locator("#confusion .chart.wide").focus();
    await page.keyboard.press("ArrowRight");
    const series = page.locator("#confusion .chart.wide [data-series]").first();
    assert.equal(await series.evaluate((one) => getComputedStyle(one).transitionDuration), "0s");
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
        // What is not meant is faded for as long as something is pointed at.
        rules: { "color-contrast": { enabled: false } },
      });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
    assert.deepEqual(found, []);
  },
});
