import assert from "node:assert/strict";
import { languages } from "./language/languages.ts";
import { Typesetter } from "./math/typesetter.ts";
import { definePage, type Page } from "./page.ts";
import { preparePage, renderPage } from "./render.tsx";
import { examplesByExperiment } from "./testing/examples.ts";

function pageThatThrows(error: unknown): Page {
  return definePage({
    path: "odd",
    title: () => "An odd page",
    description: () => "It shows nothing.",
    needs: ["data"],
    Content: () => {
      throw error;
    },
  });
}

function rendered(page: Page) {
  const [language] = languages;
  const scripts = ["assets/islands/odd.js"];
  const results = { byExperiment: examplesByExperiment };
  return renderPage({
    page,
    pages: [page],
    language,
    results,
    typesetter: new Typesetter(),
    scriptsFor: () => scripts,
  });
}

Deno.test("renderPage() makes a page of what a page cannot show, without its scripts", () => {
  const thrown = new RangeError("class <7> of `$x$` is none");
  const { html, scripts, error, attachments } = rendered(pageThatThrows(thrown));
  assert.equal(error, thrown);
  assert.match(html, /An odd page: cannot be shown/);
  assert.match(html, /<li>Cannot show odd: class &lt;7(?:>|&gt;) of /);
  assert(html.includes("of `$x$` is none"));
  assert.deepEqual([scripts, attachments.size], [[], 0]);
  assert.doesNotMatch(html, /<script/);
});

Deno.test("renderPage() makes a page of anything that is thrown", () => {
  assert.match(rendered(pageThatThrows("text")).html, /Cannot show odd: text/);
});

Deno.test("preparePage() renders content before anybody knows the scripts of its document", () => {
  let renderings = 0;
  const page = definePage({
    path: "even",
    title: () => "An even page",
    description: () => "It shows something.",
    needs: [],
    Content: () => <p>{`rendering ${++renderings}`}</p>,
  });
  const [language] = languages;
  const results = { byExperiment: examplesByExperiment };
  const typesetter = new Typesetter();
  const prepared = preparePage({ page, pages: [page], language, results, typesetter });
  assert.equal(prepared.content, "<p>rendering 1</p>");
  const { html, scripts } = prepared.complete(["assets/islands/even.js"]);
  assert.match(html, /<p>rendering 1<\/p>/);
  assert.match(html, /<script defer src="assets\/islands\/even\.js"><\/script>/);
  assert.deepEqual([scripts, renderings], [["assets/islands/even.js"], 1]);
});
