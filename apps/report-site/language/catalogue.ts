import type { english } from "./en/catalogue.ts";
import { type Language, languages } from "./language.ts";

/** Every text of the site, by page; what English has, every language must have. */
export type Catalogue = typeof english;

/** Every text of the site in `language`. */
export function textIn(language: Language): Catalogue {
  return languages.find(({ tag }) => tag === language)!.text;
}
