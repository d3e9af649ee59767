import { languages, textIn } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { checkPairing, portuguese } from "../apps/report-site/testing/check_pairing.ts";
import { checkOrders, checkSentences } from "../apps/report-site/testing/check_sentences.ts";
import { checkTranslation, leaves, sourcesIn } from "../apps/report-site/testing/check_words.ts";
import { experiments } from "./index.ts";
import terms from "./terms.json" with { type: "json" };

const here = new URL("./", import.meta.url);

/** Keys under which a text of a column, a curve or a choice may stand, by language and text. */
const keysOfTerms = new Map(
  ["en", "pt-BR"].map((tag, at) => {
    const pairs = Object.entries(terms).flatMap(([key, texts]) =>
      texts.map((text) => [text[at], key])
    );
    const keys = Map.groupBy(pairs, ([text]) => text);
    return [tag, new Map([...keys].map(([text, found]) => [text, found.map(([, key]) => key)]))];
  }),
);

/** Forms that texts of a kind have, by the end of their keys. */
const forms: readonly (readonly [key: RegExp, form: RegExp])[] = [
  [/^(asked|question)$/, /\?$/],
  [/^(name|title)$/, /[^.?]$/],
  [/^(heading|\w*(Title|Axis|X|Y))$/, /[^.]$/],
  [/^description$/, /[.?]$/],
  [/Caption$/, /\.$/],
];

for (const { id, wordsIn } of experiments) {
  for (const { tag } of languages.filter(({ tag }) => tag !== "en")) {
    Deno.test(`${id} says in ${tag} what it says in English`, () => {
      checkTranslation(wordsIn("en"), wordsIn(tag), id);
      checkSentences(wordsIn("en"), wordsIn(tag), id);
    });
  }

  Deno.test(`${id} has its numbers and its texts in Portuguese where they are in English`, () => {
    checkOrders(wordsIn("en"), wordsIn("pt-BR"), id);
    checkPairing(wordsIn("en"), wordsIn("pt-BR"), portuguese, id);
  });

  Deno.test(`${id} has texts in the forms of their kinds, and terms under the keys they belong to`, () => {
    for (const { tag } of languages) {
      const texts = new Map(leaves(wordsIn(tag)));
      for (const [path, text] of texts) {
        if (typeof text !== "string") continue;
        const where = `${path} in ${tag}: ${text}`;
        for (const [key, form] of forms) if (key.test(path)) assert.match(text, form, where);
        const keys = path.includes(".") ? keysOfTerms.get(tag)?.get(text) : undefined;
        if (keys) assert(keys.includes(path.split(".").at(-1)!), where);
      }
      const lengthOf = (key: string) => String(texts.get(key) ?? "").length;
      assert(lengthOf("title") <= 25, `the title for the menu is long in ${tag}`);
      assert(lengthOf("heading") <= lengthOf("description"), `the heading is long in ${tag}`);
    }
  });

  Deno.test(`${id} has no text that nothing uses`, async () => {
    const sources = await sourcesIn(new URL(`${id.replaceAll("-", "_")}/`, here));
    // The house itself reads these.
    const known = new Set(["name", "asked", "title", "description"]);
    for (const key of Object.keys(wordsIn("en")).filter((key) => !known.has(key))) {
      const used = sources.some((source) => new RegExp(`\\.${key}\\b`).test(source));
      assert(used, `${key} is not used`);
    }
  });
}

Deno.test("textIn() has no text that neither the site nor an experiment uses", async () => {
  const files = [
    ...await sourcesIn(new URL("../apps/report-site/", here)),
    ...await sourcesIn(new URL("../apps/exercise/", here)),
    ...await sourcesIn(here),
  ];
  for (const [section, texts] of Object.entries(textIn("en"))) {
    const mention = new RegExp(`\\btext(\\.|: \\{[^}]*\\b)${section}\\b`);
    const mentions = files.filter((file) => mention.test(file));
    // Words that a page hands on whole, such as those of a trace, are used by the file that takes them.
    const readers = mentions.some((file) => /words=\{t\}/.test(file)) ? files : mentions;
    for (const key of Object.keys(texts)) {
      const used = readers.some((file) => new RegExp(`\\.${key}\\b`).test(file));
      assert(used, `text.${section}.${key} is not used`);
    }
  }
});
