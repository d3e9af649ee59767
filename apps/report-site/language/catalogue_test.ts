import assert from "node:assert/strict";
import { type ArticleSource, type Block, type Inline, readArticle } from "../prose/article.ts";
import { textIn } from "./catalogue.ts";
import { languages } from "./language.ts";

type Leaf = readonly [path: string, value: unknown];

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null || isArticle(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`)
  );
}

function isArticle(value: unknown): value is ArticleSource {
  return typeof value === "object" && value !== null && "markdown" in value;
}

/** All that an article has besides words: its anchors, formulas, equations and slots, in their order. */
function skeleton(source: ArticleSource): readonly string[] {
  const slots = source.markdown.match(/(?<=^::: ).*$/gm) ?? [];
  const { title, opening, sections } = readArticle(source, slots);
  assert.notEqual(title, "");
  return [
    ...opening.flatMap(skeletonOf),
    ...sections.flatMap(({ id, blocks }) => [`## ${id}`, ...blocks.flatMap(skeletonOf)]),
  ];
}

function skeletonOf(part: Block | Inline): string[] {
  switch (part.kind) {
    case "paragraph":
      return ["paragraph", ...part.content.flatMap(skeletonOf)];
    case "emphasis":
    case "strong":
      return part.content.flatMap(skeletonOf);
    case "link":
      return [part.target, ...part.content.flatMap(skeletonOf)];
    case "equation":
      return [part.latex];
    case "slot":
      return [`::: ${part.name}`];
    default:
      return part.kind === "text" ? [] : [part.text];
  }
}

const english = textIn("en");

Deno.test("textIn() has the same keys in every language, of the same kind", () => {
  for (const { tag } of languages) {
    const kinds = (text: unknown) =>
      leaves(text).map(([path, value]) => `${path}: ${typeof value}`);
    assert.deepEqual(kinds(textIn(tag)).sort(), kinds(english).sort(), tag);
  }
});

Deno.test("textIn() leaves no text empty, and no sentence untranslated", () => {
  for (const { tag } of languages) {
    const translated = new Map(leaves(textIn(tag)));
    for (const [path, value] of leaves(english)) {
      if (typeof value !== "string") continue;
      const text = translated.get(path);
      assert.notEqual(String(text).trim(), "", `${tag} ${path}`);
      const words = value.split(/\s+/).length;
      if (tag !== "en" && words > 3) assert.notEqual(text, value, `${tag} ${path}`);
    }
  }
});

Deno.test("textIn() has the same formulas in every language", () => {
  const formulas = (text: unknown) => String(text).match(/\$[^$]+\$/g) ?? [];
  for (const { tag } of languages) {
    const translated = new Map(leaves(textIn(tag)));
    for (const [path, value] of leaves(english)) {
      if (typeof value !== "string") continue;
      assert.deepEqual(formulas(translated.get(path)), formulas(value), `${tag} ${path}`);
    }
  }
});

Deno.test("textIn() has articles with the same anchors, formulas and slots in every language", () => {
  const articles = leaves(english).filter(([, value]) => isArticle(value));
  assert(articles.length >= 2);
  const first = new Map(articles);
  for (const { tag } of languages) {
    for (const [path, value] of leaves(textIn(tag))) {
      if (!isArticle(value)) continue;
      const original = first.get(path) as ArticleSource;
      assert.deepEqual(skeleton(value), skeleton(original), `${tag} ${path}`);
      if (value !== original) assert.notEqual(value.markdown, original.markdown, path);
    }
  }
});

async function sources(folder: URL): Promise<string[]> {
  const texts: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory && name !== "language") {
      texts.push(...await sources(new URL(`${name}/`, folder)));
    }
    if (/\.tsx?$/.test(name) && !name.endsWith("_test.ts")) {
      texts.push(await Deno.readTextFile(new URL(name, folder)));
    }
  }
  return texts;
}

Deno.test("textIn() has no text that no page uses", async () => {
  const files = await sources(new URL("../", import.meta.url));
  for (const [section, texts] of Object.entries(english)) {
    const mentions = files.filter((file) => new RegExp(`\\btext\\.${section}\\b`).test(file));
    // Words that a page hands on whole, such as those of a trace, are used by the file that takes them.
    const readers = mentions.some((file) => /words=\{t\}/.test(file)) ? files : mentions;
    for (const key of Object.keys(texts)) {
      const used = readers.some((file) => new RegExp(`\\.${key}\\b`).test(file));
      assert(used, `text.${section}.${key} is not used`);
    }
  }
});
