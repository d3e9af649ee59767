import { experimentIds } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "./language/language.ts";
import { Typesetter } from "./math/typesetter.ts";
import type { Results } from "./page.ts";
import { pages } from "./pages.ts";
import { renderPage } from "./render.tsx";
import { exampleBenchmarks } from "./testing/example_benchmarks.ts";
import { exampleRuns } from "./testing/example_runs.ts";
import { exampleResults } from "./testing/example_results.ts";
import { assetsOf, spritesOf } from "@mixtape/results";

const everything: Results = { ...exampleResults, benchmarks: exampleBenchmarks, runs: exampleRuns };

function renderAll(results: Results): { html: Map<string, string>; files: Set<string> } {
  const typesetter = new Typesetter();
  const html = new Map<string, string>();
  const files = new Set(["assets/style.css", "assets/icon.svg", "assets/katex/katex.css"]);
  for (const language of languages) {
    for (const page of pages) {
      const rendered = renderPage({ page, pages, language, results, typesetter });
      html.set(rendered.path, rendered.html);
      for (const path of rendered.attachments.keys()) {
        assert(!files.has(path), `two tables are called ${path}`);
        files.add(path);
      }
    }
  }
  if (results.benchmarks) files.add("results/benchmarks.json");
  for (const id of experimentIds) {
    const result = results[id];
    if (result === undefined) continue;
    files.add(`results/${id}.json`);
    for (const { file } of [...spritesOf(result), ...assetsOf(result)]) {
      files.add(`results/${file}`);
    }
  }
  return { html, files };
}

function anchorsOf(html: string): string[] {
  return [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
}

for (const [name, results] of [["all results", everything], ["no results", {}]] as const) {
  Deno.test(`every link of the site leads to a file and a place that are there, ${name}`, () => {
    const { html, files } = renderAll(results);
    for (const [path, text] of html) {
      for (const [, link] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
        if (link.startsWith("https://")) continue;
        const url = new URL(link, `https://site/${path}`);
        const target = decodeURIComponent(url.pathname.slice(1));
        assert(html.has(target) || files.has(target), `${path} links to ${link}`);
        if (url.hash === "") continue;
        assert(
          anchorsOf(html.get(target)!).includes(url.hash.slice(1)),
          `${path} links to ${link}`,
        );
      }
    }
  });
}

Deno.test("no anchor of a page is used twice, and both languages have the same", () => {
  const { html } = renderAll(everything);
  for (const { path } of pages) {
    const anchors = anchorsOf(html.get(`${path}.html`)!);
    assert.equal(new Set(anchors).size, anchors.length, path);
    assert.deepEqual(anchorsOf(html.get(`pt/${path}.html`)!), anchors, path);
  }
});

Deno.test("every figure has a title, and what it draws has a description", () => {
  const { html } = renderAll(everything);
  for (const [path, text] of html) {
    for (const [, chart] of text.matchAll(/<svg class="chart[^>]*>([\s\S]*?)<\/svg>/g)) {
      assert.match(chart, /^<title>[^<]+<\/title><desc>[^<]+<\/desc>/, path);
      assert.doesNotMatch(chart, /NaN|Infinity|undefined/, path);
    }
    for (const [image] of text.matchAll(/<img [^>]*>/g)) assert.match(image, / alt="[^"]+"/, path);
  }
});
