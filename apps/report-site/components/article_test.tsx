import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { Typesetter } from "../math/typesetter.ts";
import { definePage } from "../page.ts";
import { renderPage } from "../render.tsx";
import { plan } from "../testing/examples.ts";
import { Article, type Slots } from "./article.tsx";
import { HeadlineCard } from "./headline_card.tsx";

function rendered(markdown: string, slots: Slots) {
  const source = { url: "file:///site/language/en/page.md", markdown };
  const page = definePage({
    path: "folder/page",
    title: () => "A page",
    description: () => "It says something.",
    needs: [],
    Content: () => <Article source={source} slots={slots} />,
  });
  const [language] = languages;
  return renderPage({
    page,
    pages: [page],
    language,
    results: { byExperiment: {} },
    typesetter: new Typesetter(),
  });
}

Deno.test("HeadlineCard shows each part of a headline in its place, and uncertainty if there is some", () => {
  const headline = { page: "p", title: "T", question: "Q", number: "N", sentence: "S" };
  const shown = (uncertainty?: string) =>
    rendered("# Title\n\n::: card\n\n## Part {#part}\n\nText.\n", {
      card: <HeadlineCard headline={{ ...headline, uncertainty }} href="h.html" />,
    }).html;
  const parts = '<h3>T</h3><p class="asked">Q</p><p class="figure-number">N</p><p>S';
  assert(shown("U").includes(`${parts}<span class="uncertainty">U</span></p><a href="h.html">`));
  assert(shown().includes(`${parts}</p><a href="h.html">`));
});

const text =
  "# Title\n\nWhy $x$?\n\n::: found\n\n## Part {#part}\n\nSee [data](data).\n\n$$\ny\n$$\n";

Deno.test("Article puts the content of slots on the page as text, whatever Markdown it has", () => {
  const { html, error } = rendered(text, { found: <p>{"# *a* `b` <b>c</b> [d](e) ::: found"}</p> });
  assert.equal(error, undefined);
  assert(html.includes("<p># *a* `b` &lt;b>c&lt;/b> [d](e) ::: found</p>"));
});

Deno.test("Article has emphasis, code and formulas within its sentences", () => {
  const { html } = rendered("# Title\n\nA *b $c$* **d `e`** f.\n\n## Part {#part}\n\nText.\n", {});
  assert.match(
    html,
    /A <em>b <span class="formula short">.*?<\/span><\/em> <strong>d <code>e<\/code><\/strong> f\./s,
  );
});

Deno.test("Article sets the first paragraph above its parts larger, and no other", () => {
  const { html } = rendered("# Title\n\nOne.\n\nTwo.\n\n## Part {#part}\n\nThree.\n", {});
  assert.deepEqual(
    Array.from(html.matchAll(/<p class="standfirst">(.*?)<\/p>/g), ([, words]) => words),
    ["One."],
  );
});

Deno.test("Article gives headings and equations anchors, and links pages of its language", () => {
  const { html } = rendered(text, { found: null });
  assert.match(html, /<h1>Title<\/h1><p class="standfirst">Why <span class="formula short">/);
  assert.match(html, /<section id="part"><h2>Part /);
  assert.match(html, /<div class="equation" id="eq-1">/);
  assert(html.includes('<a href="../data.html">data</a>'));
});

Deno.test("Article names file and line of a slot that its page does not fill, or that it lacks", () => {
  const unknown = rendered(text, {}).error;
  assert.match(unknown?.message ?? "", /^Cannot read en\/page\.md:5: the slot found is unknown/);
  const missing = rendered(text, { found: null, curve: null }).error;
  assert.match(missing?.message ?? "", /^Cannot read en\/page\.md:14: the slot curve is missing/);
});

Deno.test("every page of an article can be shown before its experiment has run", () => {
  for (const language of languages) {
    for (const page of plan.pages.filter(({ needs }) => needs.length === 0)) {
      const typesetter = new Typesetter();
      const { error } = renderPage({
        page,
        pages: plan.pages,
        language,
        results: { byExperiment: {} },
        typesetter,
      });
      assert.equal(error, undefined, `${language.tag} ${page.path}`);
    }
  }
});
