import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromiumPath, startBrowser } from "../report-site/testing/browser.ts";
import { inFolder } from "../report-site/testing/folder_contents.ts";
import { composeDocs } from "./compose_docs.ts";

const symbol = (name: string, doc: string) => ({
  name,
  declarations: [{ kind: "function", jsDoc: { doc } }],
});

Deno.test({
  name: "the search of the documentation finds names and sections, from files",
  ignore: chromiumPath === undefined,
  fn: () =>
    inFolder(async (folder) => {
      const files = await composeDocs({
        guides: [{
          file: "packages/a/README.md",
          page: "a.html",
          text: "# @w/a\n\nGroups of rows.\n\n## Covariance & co\n\nFull or tied.\n",
        }],
        modules: [{ name: "@w/a", file: "a/mod.ts" }],
        json: {
          nodes: {
            "file:///packages/a/mod.ts": {
              symbols: [symbol("kMeans", "Fits k-means."), symbol("auroc", "Returns the area.")],
            },
          },
        },
        commit: null,
      });
      for (const [path, text] of files) await Deno.writeTextFile(join(folder, path), text);
      const browser = await startBrowser();
      try {
        const page = await browser.newPage();
        await page.goto(pathToFileURL(join(folder, "index.html")).href);
        const found = async (query: string) => {
          await page.getByRole("searchbox").fill(query);
          return await page.locator("#found a").evaluateAll((links) =>
            links.map((link) => [link.textContent, link.getAttribute("href")])
          );
        };
        assert.deepEqual(await found("means"), [["kMeans", "api/a/mod.ts/~/kMeans.html"]]);
        assert.deepEqual((await found("covariance"))[0], [
          "Covariance & co",
          "a.html#covariance--co",
        ]);
        assert.deepEqual((await found("aurok"))[0], ["auroc", "api/a/mod.ts/~/auroc.html"]);
        assert.deepEqual(await found("zzzz"), []);
        assert.match(await page.locator("#found").innerText(), /Nothing is called “zzzz”/);
        await page.keyboard.press("Escape");
        assert(await page.locator("#found").isHidden());
        await found("covariance");
        await page.keyboard.press("Enter");
        await page.waitForURL(/a\.html#covariance--co$/);
        await page.keyboard.press("/");
        assert.equal(await page.evaluate(() => document.activeElement?.id), "search");
      } finally {
        await browser.close();
      }
    }),
});
