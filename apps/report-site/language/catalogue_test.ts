import assert from "node:assert/strict";
import { type ArticleSource, type Block, type Inline, readArticle } from "../prose/article.ts";
import { checkPairing, portuguese } from "../testing/check_pairing.ts";
import { checkOrders, checkSentences } from "../testing/check_sentences.ts";
import { checkTranslation, isArticle, leaves } from "../testing/check_words.ts";
import { languages, textIn } from "./languages.ts";

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

for (const { tag } of languages.filter(({ tag }) => tag !== "en")) {
  Deno.test(`textIn("${tag}") says what the English texts say, in its own words`, () => {
    checkTranslation(english, textIn(tag), tag);
    checkSentences(english, textIn(tag), tag);
  });
}

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

Deno.test("textIn() has numbers and texts in Portuguese where they are in English", () => {
  checkOrders(textIn("en"), textIn("pt-BR"), "site");
  checkPairing(textIn("en"), textIn("pt-BR"), portuguese, "site");
});
