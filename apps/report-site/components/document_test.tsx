import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { Typesetter } from "../math/typesetter.ts";
import { definePage } from "../page.ts";
import { renderPage } from "../render.tsx";
import { elementsOf, readMarkup, textOf } from "../testing/read_markup.ts";
import { shownAlone } from "../testing/read_page.tsx";
import { filePath } from "./file_path.ts";
import { useWords, WordsProvider } from "./own_words.ts";
import { Prose } from "./prose.tsx";

const pages = ["index", "folder/one", "two"].map((path) =>
  definePage({
    path,
    title: (_, tag) => `${path} in ${tag}`,
    description: () => `About ${path}.`,
    needs: [],
    Content: () => <p>{path}</p>,
  })
);

Deno.test("every document links every page of its language, and itself in the others", () => {
  for (const language of languages) {
    const [, page] = pages;
    const results = { byExperiment: {} };
    const typesetter = new Typesetter();
    const { html, path } = renderPage({ page, pages, language, results, typesetter });
    const document = readMarkup(html);
    const links = (name: string) =>
      elementsOf(elementsOf(document, "nav", name)[0], "a").map((link) => ({
        path: new URL(link.attributes.href, `site:///${path}`).pathname.slice(1),
        text: textOf(link),
        current: link.attributes["aria-current"],
        language: link.attributes.hreflang,
      }));
    assert.equal(path, `${language.folder}folder/one.html`);
    assert.deepEqual(
      links("pages"),
      pages.map((other) => ({
        path: `${language.folder}${other.path}.html`,
        text: `${other.path} in ${language.tag}`,
        current: other === page ? "page" : undefined,
        language: undefined,
      })),
    );
    assert.deepEqual(
      links("languages"),
      languages.filter((other) => other !== language).map((other) => ({
        path: `${other.folder}folder/one.html`,
        text: other.ownName,
        current: undefined,
        language: other.tag,
      })),
    );
    assert.equal(elementsOf(document, "html")[0].attributes.lang, language.tag);
    assert(elementsOf(document, "title").map(textOf)[0].includes(`folder/one in ${language.tag}`));
  }
});

Deno.test("filePath() puts the folder of the language before the path of the page", () => {
  assert.equal(filePath({ path: "a/b" }, { ...languages[0], folder: "xx/" }), "xx/a/b.html");
});

Deno.test("Prose sets formulas and code apart, and keeps k-means on one line", () => {
  const text = "With `a b`, k-means++ and k-means find $k$.";
  const shown = shownAlone(() => <Prose>{text}</Prose>);
  assert.deepEqual(elementsOf(shown, "code").map(textOf), ["a b"]);
  assert.deepEqual(elementsOf(shown, "span", "nowrap").map(textOf), ["k-means++", "k-means"]);
  assert.equal(elementsOf(shown, "span", "formula").length, 1);
  assert.equal(elementsOf(shown, "span", "short").length, 1);
  const long = shownAlone(() => <Prose>{`$${"x + ".repeat(7)}y$$${"x + ".repeat(7)}yz$`}</Prose>);
  const sizes = elementsOf(long, "span", "formula").map(({ attributes }) => attributes.class);
  assert.deepEqual(sizes, ["formula short", "formula long"]);
});

Deno.test("useWords() has the nearest words, and says what to do where there are none", () => {
  const Word = () => <b>{useWords<string>()}</b>;
  const shown = shownAlone(() => (
    <WordsProvider value="far">
      <Word />
      <WordsProvider value="near">
        <Word />
      </WordsProvider>
    </WordsProvider>
  ));
  assert.deepEqual(elementsOf(shown, "b").map(textOf), ["far", "near"]);
  assert.throws(() => shownAlone(() => <Word />), /^TypeError: .*wrap it in WordsProvider$/);
});
