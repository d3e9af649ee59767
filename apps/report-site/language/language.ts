import type { Catalogue } from "./catalogue.ts";
import type { Glossary } from "./glossary.ts";

/** A language of the report, as a BCP 47 tag. */
export type Language = string;

/** The properties of a language that pages need. */
export interface LanguageInfo {
  /** BCP 47 tag. */
  readonly tag: Language;
  /** Folder of its pages: empty for the default language, else a name with a slash behind. */
  readonly folder: string;
}

/** The content of the file `language.ts` in the folder of a language. */
export interface LanguageDeclaration extends LanguageInfo {
  /** Name of the language in that language, for the link that switches to it. */
  readonly ownName: string;
  /** Every text of the site. */
  readonly text: Catalogue;
  /** Its words for the terms of the field. */
  readonly glossary: Glossary;
}

/** A language of the site. */
export interface SiteLanguage extends LanguageDeclaration {
  /** Name of its folder here, and of its file among the words of each experiment: `pt_br`. */
  readonly name: string;
}
