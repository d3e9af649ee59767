import type { Catalogue } from "./catalogue.ts";
import { language as english } from "./en/language.ts";
import { language as portuguese } from "./pt_br/language.ts";

const all = [english, portuguese] as const;

/** A language of the report, as a BCP 47 tag. */
export type Language = (typeof all)[number]["tag"];

/** Texts in every language. */
export type Translated<Words> = Readonly<Record<Language, Words>>;

/** What a page needs to know of its language. */
export interface LanguageInfo {
  /** BCP 47 tag. */
  readonly tag: Language;
  /** Folder of its pages: empty, or a name with a slash behind. */
  readonly folder: string;
}

/** A language of the site. */
export interface SiteLanguage extends LanguageInfo {
  /** Its name in itself, for the link that changes to it. */
  readonly ownName: string;
  /** Every text of the site. */
  readonly text: Catalogue;
}

/** Every language, the default first: a new one is a folder and one entry here. */
export const languages: readonly SiteLanguage[] = all;
