import { languages, textIn } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { checkGlossary, checkPair, formsOf } from "../apps/report-site/testing/check_glossary.ts";
import { checkPairing, portuguese } from "../apps/report-site/testing/check_pairing.ts";
import {
  checkOrders,
  checkSentences,
  tellOnce,
} from "../apps/report-site/testing/check_sentences.ts";
import {
  checkTranslation,
  isArticle,
  leaves,
  sourcesIn,
} from "../apps/report-site/testing/check_words.ts";
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

/** Names of colours and words for darkness, by language: what they say holds in one theme and not in the other. */
const colourNames: Readonly<Record<string, RegExp>> = {
  "en":
    /^((light|dark|bright|pale?)(er|est|en|ness)?|shad(e|es|ed|ing)|gr[ae]y|black|white|orange|blue|red|green|yellow|purple|violet|brown|pink|teal)$/i,
  "pt-BR":
    /^(escur.+|clar[oa]s?|sombread.+|tons?|pálid.+|brilh.+|cinz.+|pret[oa]s?|branc[oa]s?|laranja|azul|azuis|vermelh.+|verdes?|amarel.+|rox[oa]s?|violeta|marrom|rosa)$/i,
};

/** The unit of the values of pixels, by language: it names no colour of the page. */
const unitsOfPixels: Readonly<Record<string, RegExp>> = {
  "en": /\bgrey levels?\b/gi,
  "pt-BR": /\bníveis de cinza\b/gi,
};

/** Texts that may name them, as they speak of the pixels of images, which are the same in every theme. */
const colouredTexts = new Set([
  "data.findingDensity",
  "data.samplesAlt",
  "kmeans-missing.maskedCaption",
  "table.colours.grey",
  "site.missingDerivation.article",
]);

Deno.test("no text names a colour or a darkness, which differ by theme and in print", async () => {
  for (const { tag } of languages) {
    const texts = [
      ...experiments.flatMap(({ id, wordsIn }) => leaves(wordsIn(tag), id)),
      ...leaves(textIn(tag), "site"),
    ];
    for (const [path, text] of texts.filter(([path]) => !colouredTexts.has(path))) {
      const written = isArticle(text) ? await Deno.readTextFile(new URL(text.url)) : String(text);
      const named = written.replace(unitsOfPixels[tag], "").match(/\p{L}+/gu)
        ?.filter((word) => colourNames[tag].test(word)) ?? [];
      assert.deepEqual(named, [], `${path} in ${tag}`);
    }
  }
});

for (const { id, wordsIn } of experiments) {
  for (const { tag } of languages.filter(({ tag }) => tag !== "en")) {
    Deno.test(`${id} says in ${tag} what it says in English`, () => {
      checkTranslation(wordsIn("en"), wordsIn(tag), id);
      checkSentences(wordsIn("en"), wordsIn(tag), id);
    });
  }

  Deno.test(`${id} says the terms of the glossary in Portuguese where it says them in English`, () => {
    checkGlossary(wordsIn("en"), wordsIn("pt-BR"), "pt-BR", id);
  });

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

Deno.test("terms.json and textIn() say the terms of the glossary in Portuguese where they say them in English", () => {
  checkGlossary(textIn("en"), textIn("pt-BR"), "pt-BR", "site");
  for (const [key, texts] of Object.entries(terms)) {
    for (const [english, other] of texts) checkPair(english, other, "pt-BR", `terms.json, ${key}`);
  }
});

Deno.test("glossary has terms that some text uses, by their English names, and definitions in its own words", () => {
  const texts = [textIn("en"), ...experiments.map(({ wordsIn }) => wordsIn("en"))]
    .flatMap((words) =>
      leaves(words).map(([, text]) => isArticle(text) ? text.markdown : tellOnce(text))
    )
    .join("\n");
  const [english, ...others] = languages.map(({ tag, glossary }) => ({ tag, ...glossary }));
  for (const [name, term] of Object.entries(english.terms)) {
    assert.equal(term.name, name);
    assert.match(texts, formsOf(term), `no text says ${name}`);
  }
  const definitionsOf = ({ terms, detectors }: typeof english) => ({
    ...detectors,
    ...Object.fromEntries(Object.entries(terms).map(([key, { definition }]) => [key, definition])),
  });
  for (const one of [english, ...others]) {
    assert.deepEqual(Object.keys(one.terms), Object.keys(english.terms), one.tag);
    assert.deepEqual(Object.keys(one.detectors), Object.keys(english.detectors), one.tag);
    for (const term of Object.values(one.terms)) assert.match(term.name, formsOf(term));
    for (const definition of Object.values(definitionsOf(one))) {
      assert.match(definition, /^(\p{Lu}|k-|`).*\.$/u);
    }
    checkGlossary(definitionsOf(english), definitionsOf(one), one.tag, `glossary of ${one.tag}`);
  }
  const names = Object.keys(english.terms);
  assert.deepEqual(names, names.toSorted((a, b) => a.localeCompare(b, "en")));
});

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
