/**
 * Looks at every page in a real browser: no error, nothing too wide, nothing that axe finds.
 */
import axe, { type RunOptions } from "axe-core";
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import type { Page as BrowserPage } from "playwright-core";
import { languages } from "./language/language.ts";
import { pages } from "./pages.ts";
import { chromiumPath } from "./testing/browser.ts";
import { collectErrors, type Site, withSite } from "./testing/browser_site.ts";

const paths = languages.flatMap(({ folder }) => pages.map(({ path }) => `${folder}${path}.html`));

const looks: { readonly name: string; readonly run: (site: Site) => Promise<void> }[] = [];

function browserTest(name: string, run: (site: Site) => Promise<void>): void {
  looks.push({ name, run });
}

async function loadImages(page: BrowserPage): Promise<number> {
  return await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode()));
    await document.fonts.ready;
    return document.images.length;
  });
}

// Languages differ in nothing that has a colour, and themes in nothing else.
const axeRuns: readonly [colorScheme: "light" | "dark", paths: string[], options: RunOptions][] = [
  ["light", paths.slice(0, pages.length), {}],
  ["light", paths.slice(pages.length), { rules: { "color-contrast": { enabled: false } } }],
  ["dark", paths.slice(0, pages.length), { runOnly: ["color-contrast"] }],
];

for (const [colorScheme, some, options] of axeRuns) {
  browserTest(`axe finds nothing from ${some[0]} on, ${colorScheme}`, async (site) => {
    const page = await site.browser.newPage({
      colorScheme,
      viewport: { width: 1000, height: 800 },
    });
    for (const path of some) {
      await page.goto(`${site.address}/${path}`);
      await page.evaluate(() =>
        document.querySelectorAll("details").forEach((one) => one.open = true)
      );
      await page.evaluate(axe.source);
      const found = await page.evaluate(async (options) => {
        const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(
          options,
        );
        return violations.map(({ id, nodes }) =>
          `${id}: ${nodes.map((node) => node.html).join(" ")}`
        );
      }, options);
      assert.deepEqual(found, [], path);
    }
  });
}

for (const scheme of ["http", "file"] as const) {
  browserTest(`every page loads whole and without an error, ${scheme}`, async (site) => {
    const page = await site.browser.newPage();
    const errors = collectErrors(page);
    const base = scheme === "http" ? site.address : pathToFileURL(site.folder).href;
    for (const path of paths) {
      await page.goto(`${base}/${path}`);
      await loadImages(page);
      const state = await page.evaluate(() => ({
        styled: getComputedStyle(document.body).margin === "0px",
        broken: [...document.images].filter((image) => image.naturalWidth === 0).length,
      }));
      assert.deepEqual(state, { styled: true, broken: 0 }, path);
      assert.deepEqual(errors, [], path);
    }
  });
}

browserTest("formulas are set in KaTeX's fonts, also without a server", async (site) => {
  const page = await site.browser.newPage();
  await page.goto(`${pathToFileURL(site.folder).href}/derivations/mixtures.html`);
  const loaded = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter((font) => font.status === "loaded").map((font) =>
      font.family
    );
  });
  assert(loaded.some((family) => family.includes("KaTeX_Math")), loaded.join());
});

browserTest("no page is wider than the screen, from 320 pixels on", async (site) => {
  for (const width of [320, 390, 768, 1440, 1920]) {
    const page = await site.browser.newPage({ viewport: { width, height: 800 } });
    for (const path of width === 320 ? paths : paths.slice(0, pages.length)) {
      await page.goto(`${site.address}/${path}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert(overflow <= 0, `${path} is ${overflow} pixels too wide at ${width}`);
    }
    await page.close();
  }
});

browserTest("no label of a chart is cut off or lies on another", async (site) => {
  for (const width of [390, 1000]) {
    const page = await site.browser.newPage({ viewport: { width, height: 800 } });
    for (const path of paths) {
      await page.goto(`${site.address}/${path}`);
      assert.deepEqual(await page.evaluate(badLabels), [], `${path} at ${width}`);
    }
    await page.close();
  }
});

/** Runs in the page: texts of charts that leave their drawing or touch another text. */
function badLabels(): string[] {
  const bad: string[] = [];
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

browserTest("no figure is cut when the page is printed", async (site) => {
  const page = await site.browser.newPage({ viewport: { width: 700, height: 1000 } });
  await page.emulateMedia({ media: "print" });
  // What fits on the shortest page (A4 with Chromium's margins) is not cut, since it may not be broken.
  const tallest = 980;
  for (const { path } of pages) {
    await page.goto(`${site.address}/${path}.html`);
    const cut = await page.evaluate(cutFigures, tallest);
    assert.deepEqual(cut, [], path);
    assert((await page.pdf({ format: "A4" })).length > 5_000, path);
  }
  await page.close();
});

/** Runs in the page: parts of figures that are higher than a page, wider than it, or may be broken across two. */
function cutFigures(tallest: number): string[] {
  const kept = (part: Element): boolean => {
    for (let at: Element | null = part; at; at = at.parentElement) {
      if (getComputedStyle(at).breakInside.startsWith("avoid")) return true;
    }
    return false;
  };
  return [...document.querySelectorAll("svg.chart, img.pixels, .tiles li, .clusters li, .equation")]
    .filter((part) => {
      const { height, right } = part.getBoundingClientRect();
      return height > 0 && (height > tallest || right > innerWidth + 1 || !kept(part));
    })
    .map((part) => `${part.closest("[id]")?.id}: ${part.outerHTML.slice(0, 80)}`);
}

browserTest(
  "the language link keeps the page, and the keyboard reaches the content",
  async (site) => {
    const page = await site.browser.newPage();
    await page.goto(`${site.address}/derivations/mixtures.html`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "#content");
    await page.click("nav.languages a");
    assert.equal(new URL(page.url()).pathname, "/pt/derivations/mixtures.html");
    assert.equal(await page.getAttribute("html", "lang"), "pt-BR");
  },
);

const title = "every page of the report, in a browser";

Deno.test({
  name: chromiumPath ? title : `${title} (skipped: Chromium is not installed)`,
  ignore: chromiumPath === undefined,
  // Playwright keeps its pipes to the browser open until after the test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: (test) =>
    withSite(async (site) => {
      for (const { name, run } of looks) await test.step(name, () => run(site));
    }),
});
