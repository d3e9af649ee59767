import { english } from "./en/catalogue.ts";
import type { Language } from "./language.ts";
import { portuguese } from "./pt_br/catalogue.ts";

/** Every text of the site, by page; what English has, every language must have. */
export type Catalogue = typeof english;

const catalogues: Readonly<Record<Language, Catalogue>> = {
  "en": english,
  "pt-BR": portuguese,
};

/** Every text of the site in `language`. */
export function textIn(language: Language): Catalogue {
  return catalogues[language];
}
