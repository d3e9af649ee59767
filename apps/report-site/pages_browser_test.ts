/**
 * Looks at every page in a real browser, in every language, in both themes, with and without script, at three widths,
 * from a server and from files: no error, nothing broken, nothing too wide, nothing cut off, charts with all that belongs
 * to them. From files and without script, one language is looked at, another one each day.
 */
import { testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import type { BrowserContextOptions, Page as BrowserPage } from "playwright-core";
import { chartFaults } from "./islands/charts/testing/chart_faults.ts";
import type { LanguageInfo } from "./language/language.ts";
import { languages } from "./language/languages.ts";
import { pageFiles, type Site, visit } from "./testing/browser_site.ts";
import { lookAtSite } from "./testing/look_at_site.ts";

/** The theme and width of a screen. */
type Screen = readonly [theme: "light" | "dark", width: number];

const widths = [320, 768, 1920];
/** Another width each day, for what hardly depends on it. */
const width = widths[testSeed() % widths.length];
/** Themes differ in colours, which take no room: the dark one is looked at once. */
const allScreens: readonly Screen[] = [
  ...widths.map((width): Screen => ["light", width]),
  ["dark", width],
];
/** From files the same bytes come as from a server, and without script the same styles: it shows on any screen. */
const oneScreen: readonly Screen[] = [[testSeed() % 2 ? "dark" : "light", width]];
const height = 800;
/** Pages of all languages are of the same elements, with which scripts and files have to do. */
const ofFiles = [languages[testSeed() % languages.length]];
const withoutScript = [languages[(testSeed() + 1) % languages.length]];

/** The anchors, links and other traits of a page. */
interface Traits {
  readonly anchors: readonly string[];
  readonly links: readonly string[];
}

/** Runs in the page: its anchors, and the addresses of everything that it links to or loads. */
function traitsOf(): Traits {
  const attribute = (name: string) => (element: Element) =>
    new URL(element.getAttribute(name) ?? "", document.baseURI).href;
  return {
    anchors: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    links: [
      ...[...document.querySelectorAll("[href]")].map(attribute("href")),
      ...[...document.querySelectorAll("[src]")].map(attribute("src")),
    ],
  };
}

/** Runs in the page: loads all its images and says which have nothing to show. */
async function brokenImages(): Promise<string[]> {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  await document.fonts.ready;
  return [...document.images].filter((image) => image.naturalWidth === 0).map(({ src }) => src);
}

/** Runs in the page: what is wider than the screen, and texts of charts that leave their drawing or touch another. */
function badLayout(): string[] {
  const bad: string[] = [];
  const tooWide = document.documentElement.scrollWidth - innerWidth;
  if (tooWide > 0) bad.push(`${tooWide} pixels too wide`);
  if (getComputedStyle(document.body).margin !== "0px") bad.push("without its stylesheet");
  for (const chart of document.querySelectorAll("svg.chart")) {
    const edge = chart.getBoundingClientRect();
    if (edge.width === 0) continue;
    const texts = [...chart.querySelectorAll("text")].filter((text) => text.textContent !== "");
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((box, at) => {
      const name = `${chart.querySelector("title")?.textContent}: ${texts[at].textContent}`;
      if (box.left < edge.left - 1 || box.right > edge.right + 1) bad.push(`${name} is cut off`);
      for (let other = 0; other < at; other += 1) {
        const near = boxes[other];
        const across = Math.min(box.right, near.right) - Math.max(box.left, near.left);
        const down = Math.min(box.bottom, near.bottom) - Math.max(box.top, near.top);
        if (across > 1 && down > 5) bad.push(`${name} lies on ${texts[other].textContent}`);
      }
    });
  }
  return bad;
}

async function lookAtEveryPage(
  { browser }: Site,
  base: string,
  shown: readonly LanguageInfo[],
  screens: readonly Screen[],
  options: BrowserContextOptions,
): Promise<void> {
  const seen = new Map<string, Traits>();
  await Promise.all(shown.map(async (language) => {
    const context = await browser.newContext(options);
    await visit(context, base, pageFiles(language), async (page, path, errors) => {
      seen.set(path, await page.evaluate(traitsOf));
      if (options.javaScriptEnabled) {
        // Nothing that takes time can be evaluated where scripts may not run.
        assert.deepEqual(await page.evaluate(brokenImages), [], path);
        assert.deepEqual(await page.evaluate(chartFaults), [], path);
      }
      for (const [colorScheme, width] of screens) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        const where = `${path}, ${colorScheme}, ${width} pixels wide`;
        assert.deepEqual(await page.evaluate(badLayout), [], where);
      }
      assert.deepEqual(errors, [], path);
    });
  }));
  assert.deepEqual([...seen.keys()].sort(), shown.flatMap(pageFiles).sort());
  assert.deepEqual(await brokenLinks(base, seen), []);
}

/** Links of pages that lead to no file, or to no place on their page. */
async function brokenLinks(base: string, seen: ReadonlyMap<string, Traits>): Promise<string[]> {
  const broken: string[] = [];
  const others = new Map<string, string>();
  for (const [from, { links }] of seen) {
    for (const link of links) {
      const { href, hash } = new URL(link);
      const address = href.slice(0, href.length - hash.length);
      if (!address.startsWith(`${base}/`)) {
        // To other sites, from which no page loads anything, or what a script made for download.
        if (!/^(?:https|data):/.test(address)) broken.push(`${from}: ${link}`);
        continue;
      }
      const target = seen.get(address.slice(base.length + 1));
      if (target === undefined) others.set(address, from);
      else if (hash !== "" && !target.anchors.includes(decodeURIComponent(hash.slice(1)))) {
        broken.push(`${from}: ${link}`);
      }
    }
  }
  for (const [address, from] of others) {
    const response = await fetch(address);
    await response.body?.cancel();
    if (!response.ok) broken.push(`${from}: ${address}`);
  }
  return broken;
}

lookAtSite("every page of the report, in a browser", {
  "is whole from a server": (_, site) =>
    lookAtEveryPage(site, site.address, languages, allScreens, { javaScriptEnabled: true }),

  "is whole from files": (_, site) =>
    lookAtEveryPage(site, site.files, ofFiles, oneScreen, { javaScriptEnabled: true }),

  "is whole without script, from a server and from files by turns": (_, site) =>
    lookAtEveryPage(
      site,
      testSeed() % 2 ? site.files : site.address,
      withoutScript,
      oneScreen,
      { javaScriptEnabled: false },
    ),

  async "sets formulas in KaTeX's fonts, also without a server"(page, { files }) {
    await page.goto(`${files}/derivations/mixtures.html`);
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(({ status }) => status === "loaded").map((font) =>
        font.family
      );
    });
    assert(loaded.some((family) => family.includes("KaTeX_Math")), loaded.join());
  },

  async "shows at their edge that equations scroll, and gives wide tables the margin of wide windows"(
    page,
    { files },
  ) {
    await page.setViewportSize({ width: 360, height });
    await page.goto(`${files}/derivations/mixtures.html`);
    const cues = await page.locator(".equation-body").evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => getComputedStyle(one).backgroundAttachment)
    );
    assert(cues.length > 0);
    assert.deepEqual([...new Set(cues)], ["local, local, scroll, scroll"]);
    await page.setViewportSize({ width: 1920, height });
    await page.goto(`${files}/detectors.html`);
    const table = await page.locator("#scores .table-scroll").boundingBox();
    const column = await page.locator("main h2").first().boundingBox();
    assert(table && column && table.width > column.width + 200 && table.x + table.width < 1920);
  },

  async "has a language link that keeps the page, and content that the keyboard reaches"(
    page,
    { address },
  ) {
    await page.goto(`${address}/derivations/mixtures.html`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "#content");
    await page.click("nav.languages a");
    const [, { tag, folder }] = languages;
    assert.equal(page.url(), `${address}/${folder}derivations/mixtures.html`);
    assert.equal(await page.getAttribute("html", "lang"), tag);
  },

  async "has its contents beside the text of wide windows, folded in narrow ones, not on paper"(
    page,
    { address },
  ) {
    await page.goto(`${address}/derivations/mixtures.html`);
    const contents = page.locator("nav.contents ol:visible");
    for (const width of [1280, 1920]) {
      await page.setViewportSize({ width, height });
      await page.locator("h2").last().scrollIntoViewIfNeeded();
      const list = await contents.boundingBox();
      const text = await page.locator("main h2").last().boundingBox();
      assert(list && text && list.x >= 0 && list.x + list.width < text.x, `${width} pixels wide`);
      assert(list.y >= 0 && list.y < height / 2, "out of sight");
    }
    await page.emulateMedia({ media: "print" });
    assert.equal(await contents.count(), 0);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 390, height });
    assert.equal(await contents.count(), 0);
    await page.locator("nav.contents summary").click();
    await contents.getByRole("link").last().click();
    const place = await page.locator(new URL(page.url()).hash).boundingBox();
    assert(place && place.y >= 0 && place.y < height);
  },

  async "has its menu folded into a line in narrow windows, open in wide ones, and all of a wide table in sight"(
    page,
    { address },
  ) {
    await page.goto(`${address}/benchmarks.html`);
    const menu = page.locator("nav.pages");
    const links = menu.getByRole("link");
    await page.setViewportSize({ width: 390, height });
    assert(((await menu.boundingBox())?.height ?? height) < 60);
    assert.equal(await links.and(page.locator(":visible")).count(), 0);
    await menu.locator("summary").click();
    assert(await links.first().isVisible() && await links.last().isVisible());
    await page.reload();
    await page.setViewportSize({ width: 1280, height });
    assert(await links.first().isVisible() && await links.last().isVisible());
    assert(!await menu.locator("summary").isVisible());
    const scrolled = await page.locator(".table-scroll").evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)
    );
    assert.deepEqual(scrolled, []);
  },

  async "shows the link to a figure to mouse and keyboard, and opens the options under it"(
    page,
    site,
  ) {
    await page.goto(`${site.address}/classifier.html`);
    const link = page.locator("#loss h3 .anchor");
    assert.equal(await opacityOf(page, "#loss h3 .anchor"), "0");
    await page.hover("#loss h3");
    assert.equal(await opacityOf(page, "#loss h3 .anchor"), "1");
    await page.hover("h1");
    await page.focus("#content");
    for (let presses = 0; presses < 40 && !await isFocused(link); presses += 1) {
      await page.keyboard.press("Tab");
    }
    assert.equal(await opacityOf(page, "#loss h3 .anchor"), "1");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "#loss");
    await page.click("#loss .options > summary");
    assert(await page.locator("#loss .options dl").isVisible());
  },
});

async function opacityOf(page: BrowserPage, selector: string): Promise<string> {
  return await page.locator(selector).evaluate((element) => getComputedStyle(element).opacity);
}

async function isFocused(link: ReturnType<BrowserPage["locator"]>): Promise<boolean> {
  return await link.evaluate((element) => element === document.activeElement);
}
