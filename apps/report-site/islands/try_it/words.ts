import { type Format, formatFor } from "../../language/format.ts";
import type { Language as Tag } from "../../language/language.ts";
import { tryIt as english } from "../../language/en/try_it.ts";
import { tryIt as portuguese } from "../../language/pt_br/try_it.ts";

/** The texts of the island. */
export type Words = typeof english;

/** The texts of the page's language, and how it writes numbers. */
export interface Language {
  /** Texts. */
  readonly words: Words;
  /** Numbers. */
  readonly format: Format;
}

const words: Readonly<Record<Tag, Words>> = { "en": english, "pt-BR": portuguese };

/** The language that the page is in. */
export function pageLanguage(): Language {
  const tag = document.documentElement.lang as Tag;
  return { words: words[tag], format: formatFor(tag) };
}
