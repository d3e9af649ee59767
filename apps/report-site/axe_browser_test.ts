/**
 * Asks axe about every page, in every language and theme, narrow and wide, and without script where that makes a
 * difference.
 */
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

async function violationsOn(page: BrowserPage, rules: RunOptions = {}): Promise<string[]> {
  return await page.evaluate(async ([context, rules]) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(context, {
      ...rules,
      preload: false,
      resultTypes: ["violations"],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  }, [repeated, rules] as const);
}

/** Themes differ in colours and in nothing else. */
const rulesIn: Readonly<Record<"light" | "dark", RunOptions>> = {
  light: {},
  dark: { runOnly: ["cat.color"] },
};

/** Runs in the page: what can be opened is looked at, too. */
function openDetails(): void {
  for (const one of document.querySelectorAll("details")) one.open = true;
}

async function lookAtPages(site: Site, language: LanguageInfo): Promise<void> {
  const context = await site.browser.newContext();
  await visit(context, site.address, pageFiles(language), async (page, path) => {
    await page.evaluate(axe.source);
    await page.evaluate(openDetails);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [320, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const where = `${path}, ${colorScheme}, ${width} pixels wide`;
        assert.deepEqual(await violationsOn(page, rulesIn[colorScheme]), [], where);
      }
    }
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
    assert.deepEqual(await violationsOn(page), [], path);
  });
}

lookAtSite("axe, on every page of the report", {
  "finds nothing in either theme, narrow or wide": async (_, site) => {
    await Promise.all(languages.map((language) => lookAtPages(site, language)));
  },
  "finds nothing without script": async (_, site) => {
    await Promise.all(languages.map((language) => lookWithoutScript(site, language)));
  },
});
