import assert from "node:assert/strict";
import type { Term } from "../language/glossary.ts";
import { languages } from "../language/languages.ts";
import { namesOf, type Sentence, tellings } from "./check_sentences.ts";
import { isArticle, leaves } from "./check_words.ts";

/** An expression that finds a term in a text: by its forms, else by its name and a plural in s; for tests only. */
export function formsOf({ name, matches }: Term): RegExp {
  return words(matches ?? [`${RegExp.escape(name)}s?`]);
}

/** The terms of each language and what finds them, by its tag and their English names. */
const terms = new Map(languages.map(({ tag, glossary }) => [
  tag,
  new Map(
    Object.entries(glossary.terms).map(([key, term]) => [key, { ...term, found: formsOf(term) }]),
  ),
]));

/** Expressions that find what a language avoids, by its tag. */
const avoided = new Map(
  languages.map(({ tag, glossary }) => {
    const ofTerms = Object.values(glossary.terms).flatMap(({ avoid = [] }) => avoid);
    return [tag, words([...ofTerms, ...glossary.avoid])];
  }),
);

/** Numbers written as another language writes them: 0.5 in Portuguese, 0,5 in English. */
const foreignNumbers: Readonly<Record<string, RegExp>> = {
  "en": /\d,(?!\d{3}(?!\d))\d/,
  "pt-BR": /(?<![\d.])\d+\.(?!\d{3}(?!\d))\d+(?!\.?\d)/,
};

/**
 * Asserts that texts in another language have the term of the glossary wherever the English ones have theirs, and that
 * texts of both have nothing that the glossary avoids and write numbers as their language does; for tests only.
 *
 * @param english Texts in English.
 * @param other The same in another language.
 * @param tag That language.
 * @param where Names the texts in messages.
 */
export function checkGlossary(english: unknown, other: unknown, tag: string, where: string): void {
  const others = new Map(leaves(other));
  for (const [path, value] of leaves(english)) {
    const theirs = told(others.get(path), value);
    for (const [at, one] of told(value, value).entries()) {
      checkPair(one, theirs[at] ?? "", tag, `${where}, ${path}`);
    }
  }
}

/** Asserts of one text and its translation that their terms are those of the glossary; for tests only. */
export function checkPair(english: string, other: string, tag: string, where: string): void {
  for (const [key, { found }] of terms.get("en")!) {
    if (!found.test(english)) continue;
    const theirs = terms.get(tag)!.get(key)!;
    assert(theirs.found.test(other), `${where}: “${key}” is “${theirs.name}”, not as in: ${other}`);
  }
  for (const [language, text] of [["en", english], [tag, other]]) {
    const unwanted = avoided.get(language)?.exec(text) ?? foreignNumbers[language]?.exec(text);
    assert(!unwanted, `${where}: “${unwanted?.[0]}” is to be avoided in ${language}: ${text}`);
  }
}

/** The paragraphs of a text, or of all tellings of a sentence, without formulas, code and arguments. */
function told(text: unknown, original: unknown): string[] {
  const whole = isArticle(text)
    ? [text.markdown]
    : typeof text === "function"
    ? tellings(text as Sentence, namesOf(original as Sentence)).map((telling) => telling.text)
    : [String(text)];
  return whole.flatMap((one) =>
    one.replaceAll(/^::: .*$|\$\$[^$]*\$\$|\$[^$]+\$|`[^`]*`|«[^»]*»|(?<=\])\([^)]*\)/gm, "…")
      .split(/\n\s*\n/)
  ).map((paragraph) => paragraph.replaceAll(/\s+/g, " "));
}

/** An expression for any of some patterns as whole words, whatever their case. */
function words(patterns: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}/])(?:${patterns.join("|")})(?![\\p{L}\\p{N}])`, "iu");
}
