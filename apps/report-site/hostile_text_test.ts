/** Pages of results whose text is meant to break them: see testing/hostile_results.ts. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openSite } from "./site.ts";
import { SitePlan } from "./site_plan.ts";
import { benchmarksWithTexts, hostileTexts, withTexts } from "./testing/hostile_results.ts";
import { writeResults } from "./testing/write_results.ts";
import { exampleResultsOf, experimentIds, withShortScripts } from "./testing/examples.ts";

const plan = new SitePlan(withShortScripts);

/** Exports the site of the example results with other texts. */
async function siteWith(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const folder = await Deno.makeTempDir();
  try {
    const results = exampleResultsOf(experimentIds).map((result) => withTexts(result, texts));
    await writeResults(folder, results);
    const benchmarks = JSON.stringify(benchmarksWithTexts(texts));
    await Deno.writeTextFile(join(folder, "benchmarks.json"), benchmarks);
    await Deno.mkdir(join(folder, "runs"));
    for (const result of results) {
      const path = join(folder, "runs", `${result.experiment}.1.json`);
      await Deno.writeTextFile(path, JSON.stringify(result));
    }
    const decoder = new TextDecoder();
    const files = await (await openSite(plan, folder)).files();
    return new Map([...files].map(([path, content]) => [
      path,
      typeof content === "string" ? content : decoder.decode(content),
    ]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const plain = await siteWith(hostileTexts.map((_, index) => `Plain words ${index}`));

function matches(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? [];
}

function pagesOf(site: ReadonlyMap<string, string>): [string, string][] {
  return [...site].filter(([path]) => path.endsWith(".html"));
}

/** The elements of a page, but for those of charts, whose ticks depend on the room that names leave. */
function elementsOf(html: string): string[] {
  const page = html.replace(/<svg class="chart[\s\S]*?<\/svg>/g, "");
  return matches(page, /<\/?[a-z!][a-z0-9]*/gi);
}

/** Places from which texts are put into results: CI, which sets the seed, takes several. */
const shifts = Deno.env.get("MIXTAPE_TEST_SEED") ? [0, 7, 15] : [0];

for (const shift of shifts) {
  const texts = [...hostileTexts.slice(shift), ...hostileTexts.slice(0, shift)];
  Deno.test(`a site of hostile text has the elements and file names of plain text, from text ${shift}`, async () => {
    const site = await siteWith(texts);
    for (const [path, html] of pagesOf(site)) {
      assert.deepEqual(elementsOf(html), elementsOf(plain.get(path)!), path);
      const drawn = (page: string) => [...new Set(matches(page, /<[a-z!][a-z0-9]*/gi))].sort();
      assert.deepEqual(drawn(html), drawn(plain.get(path)!), path);
      const attributes = (page: string) => [...new Set(matches(page, /\s[a-z-]+(?==")/gi))].sort();
      assert.deepEqual(attributes(html), attributes(plain.get(path)!), path);
      const unseen = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e]|\p{Noncharacter_Code_Point}/u;
      assert.doesNotMatch(html, unseen, path);
    }
    assert([...site.values()].some((html) => html.includes("&lt;/title>&lt;script>alert(1)")));
    for (const [path, content] of site) {
      assert.match(path, /^[\w-]+(?:[/.][\w-]+)*$/, path);
      if (path.endsWith(".html")) {
        for (const [id] of content.matchAll(/(?<=\sid=")[^"]*/g)) assert.match(id, /^[\w.-]+$/);
      }
      if (/tables\/.*\.json$/.test(path)) JSON.parse(content);
      if (path.endsWith(".csv")) {
        const cells = matches(content, /(?<=^|,|\n)(?:"(?:[^"]|"")*"|[^",\r\n]*)/g);
        const formulas = cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell));
        assert.deepEqual(formulas.filter((cell) => Number.isNaN(Number(cell))), [], path);
      }
    }
  });
}
