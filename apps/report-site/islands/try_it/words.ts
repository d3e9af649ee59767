import type { Catalogue } from "../../language/catalogue.ts";
import { type Format, formatFor } from "../../language/format.ts";
import { islandWords } from "../start_island.ts";

/** The texts of the island. */
export type Words = Catalogue["tryIt"];

/** The texts of the page's language, and how it writes numbers. */
export interface Language {
  /** Texts. */
  readonly words: Words;
  /** Numbers. */
  readonly format: Format;
}

/** The language that the page is in. */
export function pageLanguage(): Language {
  const { tryIt } = islandWords<Pick<Catalogue, "tryIt">>("try-it");
  return { words: tryIt, format: formatFor(document.documentElement.lang) };
}
