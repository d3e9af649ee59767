/**
 * Asks axe about every page, in both themes, narrow and wide, in every language, and without script where that makes a
 * difference. The language whose pages are looked at in all these ways is another one each day.
 */
import { testSeed } from "@mixtape/tensor-utils/testing";
import axe, { type RunOptions, type SerialContextObject } from "axe-core";
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page as BrowserPage } from "playwright-core";
import type { LanguageInfo } from "./language/language.ts";
import { languages } from "./language/languages.ts";
import { pageFiles, type Site, visit } from "./testing/browser_site.ts";
import { lookAtSite } from "./testing/look_at_site.ts";

/** Elements like others that are checked: further rows of a table, images of a list, labels of a chart. */
const repeated: SerialContextObject = {
  exclude: [
    ["tbody tr:nth-child(n+5)"],
    [".tiles li:nth-child(n+4)"],
    [".clusters li:nth-child(n+3)"],
    [".hashes li:nth-child(n+2)"],
    ["svg.chart text:nth-of-type(n+12)"],
  ],
};

/** The rules of colours; each takes longer than all others together. */
const ofColors = ["color-contrast", "link-in-text-block"];
const withoutColors: RunOptions = {
  rules: Object.fromEntries(ofColors.map((rule) => [rule, { enabled: false }])),
};

/**
 * Runs in the page: marks a text of each look, which is a style in front of the same parts of a page. A hidden one does
 * not stand for others.
 */
function markLooks(): void {
  const paths = new Map<Element | null, string>([[null, ""]]);
  const pathOf = (element: Element | null): string => {
    const known = paths.get(element);
    if (element === null || known !== undefined) return known ?? "";
    const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element);
    const formula = element.parentElement?.closest(".katex");
    const path = formula
      // Spans of formulas are nested in ever other ways, in front of the same.
      ? pathOf(formula)
      : `${pathOf(element.parentElement)} ${element.localName}.${element.getAttribute("class")}` +
        ` ${backgroundColor} ${backgroundImage} ${opacity} ${position}`;
    paths.set(element, path);
    return path;
  };
  const seen = new Set<string>();
  for (const element of document.querySelectorAll("body *:not(svg.chart *)")) {
    const hasText = [...element.childNodes].some((node) =>
      node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ""
    );
    if (!hasText && !element.matches("a, input, select, textarea")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow, textDecoration } = getComputedStyle(element);
    const look = [pathOf(element), color, fontSize, fontWeight, textShadow, textDecoration].join();
    element.toggleAttribute("data-look", !seen.has(look));
    seen.add(look);
  }
}

/** A text of each look, and the labels of charts, which lie on what is drawn. */
const looks: SerialContextObject = {
  include: [["[data-look]"], ["svg.chart text:nth-of-type(-n+11)"]],
};

async function colorViolationsOn(page: BrowserPage): Promise<string[]> {
  await page.evaluate(markLooks);
  return await violationsOn(page, { runOnly: ofColors }, looks);
}

async function violationsOn(
  page: BrowserPage,
  rules: RunOptions,
  context: SerialContextObject = repeated,
): Promise<string[]> {
  return await page.evaluate(async ([context, rules]) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(context, {
      ...rules,
      preload: false,
      resultTypes: ["violations"],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, [context, rules] as const);
}

/** Runs in the page: what can be opened is looked at, too. */
function openDetails(): void {
  for (const one of document.querySelectorAll("details")) one.open = true;
}

const widths = [320, 1440];
/** The number of times that every language has had its turn: colours are looked at narrow if it is even, else wide. */
const turn = Math.floor(testSeed() / languages.length);

/**
 * All rules at both widths, but for colours, which are looked at narrow and wide by turns, in a theme that neighbouring
 * pages, of the same parts, do not share.
 */
async function lookAtPages(
  site: Site,
  paths: readonly string[],
  colorScheme: "light" | "dark",
): Promise<void> {
  const context = await site.browser.newContext({ colorScheme });
  await visit(context, site.address, paths, async (page, path) => {
    await page.evaluate(axe.source);
    await page.evaluate(openDetails);
    const [width, other] = turn % 2 === 0 ? widths : widths.toReversed();
    await page.setViewportSize({ width: other, height: 800 });
    const found = await violationsOn(page, withoutColors);
    assert.deepEqual(found, [], `${path}, ${other} pixels wide`);
    await page.setViewportSize({ width, height: 800 });
    const where = `${path}, ${colorScheme}, ${width} pixels wide`;
    assert.deepEqual(await violationsOn(page, withoutColors), [], where);
    assert.deepEqual(await colorViolationsOn(page), [], where);
  });
}

/** Pages of other languages have other words on the same elements: in the same colours, and wider or narrower. */
async function lookAtOtherWords(site: Site, language: LanguageInfo): Promise<void> {
  const context = await site.browser.newContext({ viewport: { width: 320, height: 800 } });
  await visit(context, site.address, pageFiles(language), async (page, path) => {
    await page.evaluate(axe.source);
    await page.evaluate(openDetails);
    assert.deepEqual(await violationsOn(page, withoutColors), [], path);
  });
}

async function lookWithoutScript(site: Site, language: LanguageInfo): Promise<void> {
  const context = await site.browser.newContext();
  // Axe is a script itself, so scripts may run, but those of the page are empty.
  await context.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript" }));
  // Pages that scripts change.
  const paths = pageFiles(language).filter((path) =>
    Deno.readTextFileSync(join(site.folder, path)).includes("<script")
  );
  await visit(context, site.address, paths, async (page, path) => {
    await page.evaluate(axe.source);
    // The colours are those of the page with its scripts.
    assert.deepEqual(await violationsOn(page, withoutColors), [], path);
  });
}

const chosen = languages[testSeed() % languages.length];

lookAtSite("axe, on every page of the report", {
  "finds nothing narrow or wide, in either theme by turns": async (_, site) => {
    const paths = pageFiles(chosen);
    const dark = Math.floor(turn / widths.length) % 2;
    await Promise.all(
      [0, 1].map((half) =>
        lookAtPages(
          site,
          paths.filter((_, at) => at % 2 === half),
          half === dark ? "dark" : "light",
        )
      ),
    );
  },
  "finds nothing in other languages": async (_, site) => {
    const others = languages.filter((language) => language !== chosen);
    await Promise.all(others.map((language) => lookAtOtherWords(site, language)));
  },
  "finds nothing without script": async (_, site) => {
    await lookWithoutScript(site, chosen);
  },
});
