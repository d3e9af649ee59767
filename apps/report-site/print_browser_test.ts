/**
 * Prints every page.
 */
import assert from "node:assert/strict";
import { languages } from "./language/languages.ts";
import { pageFiles, visit } from "./testing/browser_site.ts";
import { lookAtSite } from "./testing/look_at_site.ts";

/** Printable area of the shorter common paper (Letter with Chromium's margins), in CSS pixels. */
const paper = { width: 718, height: 979 };

/** Elements that a page break must not cut. */
const wholeParts =
  "svg.chart, img.pixels, .tiles li, .clusters li, .frame, .equation, tr, figcaption";

/** Runs in the page: parts that are higher than a page, wider than it, or may be broken across two. */
function cutParts([parts, tallest]: readonly [string, number]): string[] {
  const kept = (part: Element): boolean => {
    for (let at: Element | null = part; at; at = at.parentElement) {
      if (getComputedStyle(at).breakInside.startsWith("avoid")) return true;
    }
    return false;
  };
  return [...document.querySelectorAll(parts)]
    .filter((part) => {
      const { height, right } = part.getBoundingClientRect();
      return height > 0 && (height > tallest || right > innerWidth + 1 || !kept(part));
    })
    .map((part) => `${part.closest("[id]")?.id}: ${part.outerHTML.slice(0, 80)}`);
}

/** Runs in the page: figures with nothing under their heading, and tables on their own of which rows are missing. */
function missingParts(): string[] {
  const hidden = (part: Element) => part.getBoundingClientRect().height === 0;
  return [...document.querySelectorAll("figure")].filter((figure) => !hidden(figure))
    .filter((figure) => {
      const picture = figure.querySelector(".picture");
      const rows = [...figure.querySelectorAll("tbody tr")];
      return picture ? hidden(picture) : rows.length === 0 || rows.some(hidden);
    })
    .map(({ id }) => id);
}

lookAtSite("every page of the report, on paper", {
  "has no figure and no row that is cut or missing": async (_, { browser, address }) => {
    await Promise.all(languages.map(async (language) => {
      const context = await browser.newContext({
        viewport: paper,
        colorScheme: language.folder === "" ? "light" : "dark",
      });
      await visit(context, address, pageFiles(language), async (page, path) => {
        await page.emulateMedia({ media: "print" });
        assert.deepEqual(
          await page.evaluate(cutParts, [wholeParts, paper.height] as const),
          [],
          path,
        );
        assert.deepEqual(await page.evaluate(missingParts), [], path);
        assert((await page.pdf({ format: "A4" })).length > 5_000, path);
        await page.emulateMedia({ media: null });
      });
    }));
  },
});
