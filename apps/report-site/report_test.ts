/** The rules for every page of a report: of the made-up one, or of the one that MIXTAPE_REPORT names. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { needsIsland } from "./islands/island.ts";
import { languages } from "./language/languages.ts";
import { plan } from "./testing/examples.ts";
import { namesIn } from "./testing/folder_contents.ts";
import { pageWeight } from "./testing/page_weight.ts";
import { withReport } from "./testing/report_folder.ts";

/** The pages in every language, by their path in the site. */
const paths = languages.flatMap(({ folder }) => plan.pages.map(({ path }) => `${folder}${path}`));

Deno.test("a report", async (test) => {
  await withReport(async (folder) => {
    const site = join(folder, "site");
    const pages = new Map(
      paths.map((path) => [path, Deno.readTextFileSync(join(site, `${path}.html`))]),
    );

    await test.step("every page weighs less than 150 kB compressed, and with models to try less than 600 kB", () => {
      for (const path of paths) {
        const weight = pageWeight(site, `${path}.html`);
        const limit = path.endsWith("try-it") ? 600_000 : 150_000;
        assert(weight < limit, `${path} weighs ${weight} bytes compressed`);
      }
    });

    await test.step("no page has an inline script, an inline style or another origin", () => {
      for (const [path, html] of pages) {
        assert.doesNotMatch(html, /<script(?![^>]*\ssrc=")|<style|\sstyle="|\son[a-z]+="/, path);
        // Only a link that a reader follows may lead to another origin.
        assert.doesNotMatch(
          html.replace(/<a href="https:/g, ""),
          /(?:src|href)="(?:\/|[a-z]+:)/,
          path,
        );
        assert.match(html, /Content-Security-Policy" content="default-src 'none';/, path);
      }
    });

    await test.step("scripts run on pages with islands only, and only the site's own", () => {
      for (const [path, html] of pages) {
        const alive = plan.islands.some((island) => needsIsland(html, island));
        assert.equal(/script-src 'self'"/.test(html), alive, path);
        assert.doesNotMatch(html, /unsafe/, path);
        const scripts = [...html.matchAll(/<script[^>]*>[^<]*/g)].map(([tag]) => tag);
        assert.equal(scripts.length > 0, alive, path);
        for (const tag of scripts) {
          assert.match(tag, /^<script defer src="(\.\.\/)*assets\/islands\/[\w.-]+\.js">$/, path);
        }
      }
    });

    await test.step("scripts are classic ones that need no module, no node and no eval", () => {
      const scripts = join(site, "assets/islands");
      const names = namesIn(scripts);
      for (const island of plan.islands) {
        const isNeeded = [...pages.values()].some((html) => needsIsland(html, island));
        assert.equal(
          names.some((file) => file.startsWith(`${island.name}.`)),
          isNeeded,
          island.name,
        );
      }
      for (const name of names) {
        assert.match(name, /^[a-z-]+\.[0-9a-f]{12}\.js$/);
        const code = Deno.readTextFileSync(join(scripts, name));
        assert.doesNotMatch(code, /\bimport\s*["{*]|"node:|\beval\(|new Function/, name);
        if (name.includes("-data.")) continue;
        assert(gzipSync(code).length < 600_000, `${name} is heavy`);
      }
    });
  });
});
