/** A language of the report, as a BCP 47 tag. */
export type Language = "en" | "pt-BR";

/** What the site needs to know of a language. */
export interface LanguageInfo {
  /** BCP 47 tag. */
  readonly tag: Language;
  /** Its name in itself, for the link that changes to it. */
  readonly ownName: string;
  /** Folder of its pages: empty, or a name with a slash behind. */
  readonly folder: string;
}

/** Every language, the default first. */
export const languages: readonly LanguageInfo[] = [
  { tag: "en", ownName: "English", folder: "" },
  { tag: "pt-BR", ownName: "Português", folder: "pt/" },
];
