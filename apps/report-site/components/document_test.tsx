import type { Sprite } from "@mixtape/results";
import assert from "node:assert/strict";
import { languages } from "../language/languages.ts";
import { Typesetter } from "../math/typesetter.ts";
import { definePage } from "../page.ts";
import { renderPage } from "../render.tsx";
import { elementsOf, type Markup, readMarkup, textOf } from "../testing/read_markup.ts";
import { shownAlone } from "../testing/read_page.tsx";
import { Document } from "./document.tsx";
import { Figure, Section } from "./figure.tsx";
import { filePath } from "./file_path.ts";
import { IslandRoot } from "./island.tsx";
import { useWords, WordsProvider } from "./own_words.ts";
import { PageTop } from "./page_top.tsx";
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
    const { name } = language.text.site;
    assert.deepEqual(elementsOf(document, "title").map(textOf), [
      `folder/one in ${language.tag} · ${name}`,
    ]);
  }
});

Deno.test("a page with four headings has them as its contents, but for those that scripts replace", () => {
  const sections = (count: number) =>
    Array.from(
      { length: count },
      (_, at) => (
        <Section key={at} id={`part-${at}`} title={`Part ${at}`}>
          {at === 1 && <Figure id="drawn" title="Drawn" caption="A figure" />}
        </Section>
      ),
    );
  const contentsOf = (count: number) => {
    const page = definePage({
      path: "long",
      title: () => "Long",
      description: () => "It is long.",
      needs: [],
      Content: () => (
        <>
          {sections(count)}
          <IslandRoot name="some">
            <Section id="replaced" title="Replaced">later</Section>
          </IslandRoot>
        </>
      ),
    });
    const results = { byExperiment: {} };
    const [language] = languages;
    const { html } = renderPage({
      page,
      pages: [page],
      language,
      results,
      typesetter: new Typesetter(),
    });
    return elementsOf(readMarkup(html), "nav", "contents").map((nav) =>
      elementsOf(nav, "a").map((link) => `${link.attributes.href} ${textOf(link)}`)
    );
  };
  const all = ["#part-0 Part 0", "#part-1 Part 1", "#drawn Drawn", "#part-2 Part 2"];
  assert.deepEqual(contentsOf(3), [all, all]);
  assert.deepEqual(contentsOf(2), []);
});

Deno.test("a page is told elsewhere by its first finding that has no formula, or else its question, and its image", () => {
  const [english] = languages;
  const sprite = { file: "some/centroids.png" } as Sprite;
  const headOf = (
    findings: readonly string[],
    question: string,
    { image, url }: { readonly image?: Sprite; readonly url?: string } = {},
  ) => {
    const page = definePage({
      path: "folder/told",
      title: () => "Told",
      description: () => "It is described.",
      needs: [],
      image: () => image,
      Content: () => <PageTop heading="A heading" question={question} findings={findings} />,
    });
    const typesetter = new Typesetter();
    const results = { byExperiment: {} };
    const pages = [page];
    return readMarkup(
      renderPage({ page, pages, language: english, results, typesetter, url }).html,
    );
  };
  const metaOf = (...page: Parameters<typeof headOf>) =>
    Object.fromEntries(
      elementsOf(headOf(...page), "meta").flatMap(({ attributes: { name, property, content } }) =>
        property !== undefined || name === "description" ? [[property ?? name, content]] : []
      ),
    );
  assert.deepEqual(metaOf(["With $k$.", "`msp` < 3.", "Later."], "Which?", { image: sprite }), {
    "description": "It is described.",
    "og:type": "website",
    "og:site_name": english.text.site.name,
    "og:locale": "en",
    "og:title": "Told",
    "og:description": "msp < 3.",
    "og:image": "../results/some/centroids.png",
  });
  const asked = metaOf(["With $k$."], "Which?");
  assert.equal(asked["og:description"], "Which?");
  assert.equal(asked["og:image"], undefined);
  assert.equal(metaOf([], "With $k$?")["og:description"], "It is described.");
  const linksOf = (url?: string) =>
    elementsOf(headOf([], "Which?", { url }), "link").flatMap((
      { attributes: { rel, hreflang = "", href } },
    ) => rel === "canonical" || rel === "alternate" ? [`${rel} ${hreflang} ${href}`] : []);
  assert.deepEqual(linksOf(), [
    "alternate en told.html",
    "alternate pt-BR ../pt/folder/told.html",
  ]);
  const site = "https://example.org/report/";
  assert.deepEqual(linksOf(site), [
    `canonical  ${site}folder/told.html`,
    `alternate en ${site}folder/told.html`,
    `alternate pt-BR ${site}pt/folder/told.html`,
  ]);
  const published = metaOf([], "Which?", { image: sprite, url: site });
  assert.equal(published["og:url"], `${site}folder/told.html`);
  assert.equal(published["og:image"], `${site}results/some/centroids.png`);
});

Deno.test("Document loads what a page needs, and no more", () => {
  const [english] = languages;
  const [, page] = pages;
  const shown = (props: { mathematics: boolean; scripts: readonly string[] }) =>
    shownAlone(() => (
      <Document
        page={page}
        pages={pages}
        headings={[]}
        banner={<i>banner</i>}
        footer={<b>footer</b>}
        {...props}
      >
        <p>content</p>
      </Document>
    ));
  const links = (document: Markup) =>
    elementsOf(document, "link").map(({ attributes: { rel, href, hreflang } }) =>
      [rel, hreflang ?? "", new URL(href, "site:///folder/").pathname].join(" ")
    );
  const style = "stylesheet  /assets/style.css";
  const katex = "stylesheet  /assets/katex/katex.css";
  const icon = "icon  /assets/icon.svg";
  const others = languages.map(({ tag, folder }) => `alternate ${tag} /${folder}folder/one.html`);
  const plain = shown({ mathematics: false, scripts: [] });
  assert.deepEqual(links(plain), [style, icon, ...others]);
  assert.deepEqual(elementsOf(plain, "script"), []);
  const [body] = elementsOf(plain, "body");
  assert.deepEqual(
    body.children.map((part) => typeof part === "string" ? part : part.name),
    ["a", "header", "i", "main", "footer"],
  );
  assert.equal(textOf(elementsOf(body, "main")[0]), "content");
  assert.equal(elementsOf(body, "main")[0].attributes.tabindex, "-1");
  assert.equal(textOf(elementsOf(body, "footer")[0]), "footer");
  assert.match(policyOf(plain), /^default-src 'none';(?!.*script-src)/);
  const full = shown({ mathematics: true, scripts: ["assets/a.js", "assets/b.js"] });
  assert.deepEqual(links(full), [style, katex, icon, ...others]);
  assert.deepEqual(
    elementsOf(full, "script").map(({ attributes: { src, defer } }) => [src, defer]),
    [["../assets/a.js", ""], ["../assets/b.js", ""]],
  );
  assert.match(policyOf(full), /^default-src 'none';.*; script-src 'self'$/);
  const [help] = elementsOf(full, "div").filter(({ attributes }) => attributes["data-island"]);
  assert.equal(help.attributes["data-island"], "charts");
  assert.equal(textOf(help), english.text.site.chartKeys);
  assert.deepEqual(elementsOf(help, "p").map(({ attributes }) => attributes.role), [
    undefined,
    "status",
  ]);
});

function policyOf(document: Markup): string {
  return elementsOf(document, "meta").find(({ attributes }) =>
    attributes["http-equiv"] === "Content-Security-Policy"
  )!.attributes.content;
}

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
  const lone = shownAlone(() => <Prose>a lone $ or sign is text, at the end, too: 5`</Prose>);
  assert.equal(textOf(lone), "a lone $ or sign is text, at the end, too: 5`");
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
