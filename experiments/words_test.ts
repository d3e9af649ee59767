import { languages, textIn } from "@mixtape/report-site";
import assert from "node:assert/strict";
import { checkOrders, checkSentences } from "../apps/report-site/testing/check_sentences.ts";
import { checkTranslation, sourcesIn } from "../apps/report-site/testing/check_words.ts";
import { experiments } from "./index.ts";

const here = new URL("./", import.meta.url);

for (const { id, wordsIn } of experiments) {
  for (const { tag } of languages.filter(({ tag }) => tag !== "en")) {
    Deno.test(`${id} says in ${tag} what it says in English`, () => {
      checkTranslation(wordsIn("en"), wordsIn(tag), id);
      checkSentences(wordsIn("en"), wordsIn(tag), id);
    });
  }

  Deno.test(`${id} has its numbers in Portuguese where they are in English`, () => {
    checkOrders(wordsIn("en"), wordsIn("pt-BR"), id);
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
    ...await sourcesIn(here),
  ];
  for (const [section, texts] of Object.entries(textIn("en"))) {
    const mentions = files.filter((file) => new RegExp(`\\btext\\.${section}\\b`).test(file));
    // Words that a page hands on whole, such as those of a trace, are used by the file that takes them.
    const readers = mentions.some((file) => /words=\{t\}/.test(file)) ? files : mentions;
    for (const key of Object.keys(texts)) {
      const used = readers.some((file) => new RegExp(`\\.${key}\\b`).test(file));
      assert(used, `text.${section}.${key} is not used`);
    }
  }
});
