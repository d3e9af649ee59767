import assert from "node:assert/strict";
import { languages, textIn } from "./language/languages.ts";
import { Typesetter } from "./math/typesetter.ts";
import type { Results } from "./page.ts";
import { renderPage } from "./render.tsx";
import { exampleBenchmarks } from "./testing/example_benchmarks.ts";
import { exampleRuns } from "./testing/example_runs.ts";
import { assetsOf, spritesOf } from "@mixtape/results";
import { examplesByExperiment, experimentIds, plan } from "./testing/examples.ts";

const everything: Results = {
  byExperiment: examplesByExperiment,
  benchmarks: exampleBenchmarks,
  runs: exampleRuns,
};

interface Rendered {
  readonly html: ReadonlyMap<string, string>;
  readonly files: ReadonlySet<string>;
  readonly attachments: ReadonlyMap<string, string>;
}

function renderAll(results: Results): Rendered {
  const typesetter = new Typesetter();
  const html = new Map<string, string>();
  const attachments = new Map<string, string>();
  const files = new Set(["assets/style.css", "assets/icon.svg", "assets/katex/katex.css"]);
  for (const language of languages) {
    for (const page of plan.pages) {
      const rendered = renderPage({ page, pages: plan.pages, language, results, typesetter });
      html.set(rendered.path, rendered.html);
      for (const [path, content] of rendered.attachments) {
        assert(!files.has(path), `two tables are called ${path}`);
        files.add(path);
        attachments.set(path, content);
      }
    }
  }
  if (results.benchmarks) files.add("results/benchmarks.json");
  for (const id of experimentIds) {
    const result = results.byExperiment[id];
    if (result === undefined) continue;
    files.add(`results/${id}.json`);
    for (const { file } of [...spritesOf(result), ...assetsOf(result)]) {
      files.add(`results/${file}`);
    }
  }
  return { html, files, attachments };
}

function anchorsOf(html: string): string[] {
  return [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
}

for (
  const [name, results] of [["all results", everything], ["no results", {
    byExperiment: {},
  }]] as const
) {
  Deno.test(`every link of the site leads to a file and a place that are there, ${name}`, () => {
    const { html, files } = renderAll(results);
    for (const [path, text] of html) {
      const links = /\s(?:href|src|property="og:image" content)="([^"]*)"/g;
      for (const [, link] of text.matchAll(links)) {
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

Deno.test("no anchor of a page is used twice, and every language has the same", () => {
  const { html } = renderAll(everything);
  for (const { path } of plan.pages) {
    const anchors = anchorsOf(html.get(`${path}.html`)!);
    assert.equal(new Set(anchors).size, anchors.length, path);
    for (const { folder } of languages) {
      assert.deepEqual(anchorsOf(html.get(`${folder}${path}.html`)!), anchors, folder + path);
    }
  }
});

/** The part of a page from the element with an anchor to the end of that element. */
function partAt(html: string, element: string, id: string): string {
  const start = html.search(new RegExp(`<${element}[^>]* id="${id}"`));
  let depth = 0;
  for (const { 0: tag, index } of html.slice(start).matchAll(new RegExp(`</?${element}\\b`, "g"))) {
    depth += tag.startsWith("</") ? -1 : 1;
    if (depth === 0) return html.slice(start, start + index);
  }
  throw new RangeError(`Cannot find the end of ${element} ${id}`);
}

Deno.test("every figure, table and section has an anchor and a link to it", () => {
  const { html } = renderAll(everything);
  for (const [path, text] of html) {
    const parts = [
      ...text.matchAll(/<(figure|section)\b([^>]*)>|<(div) class="data-table"([^>]*)>/g),
    ];
    for (const [tag, ...groups] of parts) {
      const [element, attributes] = groups.filter((group) => group !== undefined);
      const id = /id="([^"]+)"/.exec(attributes)?.[1];
      assert(id, `${path}: ${tag} has no anchor`);
      // What a link opens is closed by a link, and has no heading to link to.
      if (/class="cell-images"/.test(attributes)) continue;
      assert(partAt(text, element, id).includes(`class="anchor" href="#${id}"`), `${path}#${id}`);
    }
  }
});

Deno.test("every figure and table can be had as CSV and as JSON, with the options that produced it", () => {
  const { html, attachments } = renderAll(everything);
  const linked = new Set<string>();
  for (const [path, text] of html) {
    const { tag } = languages.find(({ folder }) => folder !== "" && path.startsWith(folder)) ??
      languages[0];
    const names: Readonly<Record<string, string>> = textIn(tag).site.parameters;
    const tables = [
      ...text.matchAll(/<(figure) id="([^"]+)"|<(div) class="data-table" id="([^"]+)"/g),
    ];
    for (const { 1: figure, 2: figureId, 3: table, 4: tableId } of tables) {
      const part = partAt(text, figure ?? table, figureId ?? tableId);
      const where = `${path}#${figureId ?? tableId}`;
      const hrefs = [...part.matchAll(/href="([^"]*tables\/[^"]*)"/g)].map(([, href]) =>
        new URL(href, `https://site/${path}`).pathname.slice(1)
      );
      const [csv, json] = ["csv", "json"].map((kind) => hrefs.find((href) => href.endsWith(kind)));
      assert(csv && json, where);
      linked.add(csv).add(json);
      const file = JSON.parse(attachments.get(json) ?? "");
      assert.equal(attachments.get(csv)?.split("\r\n").length, file.rows.length + 2, where);
      const shown = html.get(file.page.split("#")[0]);
      assert(anchorsOf(shown ?? "").includes(file.page.split("#")[1]), where);
      for (const { name, options } of file.origins) {
        assert(part.includes(`<dt>${name}</dt>`), where);
        for (const key of Object.keys(options)) {
          const name = Object.hasOwn(names, key) ? `${names[key]}:` : `<code>${key}</code>`;
          assert(part.includes(`<li>${name} `), `${where}: ${key}`);
        }
      }
      // What lists the runs says of each of them what was asked.
      assert(file.origins.length > 0 || path.endsWith("runs.html"), `${where} comes from nowhere`);
    }
  }
  assert.deepEqual([...attachments.keys()].filter((path) => !linked.has(path)), []);
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
