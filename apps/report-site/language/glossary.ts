import data from "./glossary.json" with { type: "json" };
import type { Language } from "./language.ts";

/** A text in every language. */
export type Texts = Readonly<Record<Language, string>>;

/** Regular expressions for words or phrases, by language. */
export type Patterns = Readonly<Record<Language, readonly string[] | undefined>>;

/** A term of the field. */
export interface Term {
  /** Its name. */
  readonly name: Texts;
  /** Its definition, a sentence. */
  readonly definition: Texts;
  /** The forms in which texts may have it; its name, and that with an s, unless given. */
  readonly matches?: Patterns;
  /** Words that are not to be used for it. */
  readonly avoid?: Patterns;
}

/** A detector, whose name is the same in every language. */
export interface DetectorTerm {
  /** Its short name: `mahalanobis++`. */
  readonly name: string;
  /** Its score, a sentence. */
  readonly definition: Texts;
}

/** The words of the field that this site has settled on. */
export interface Glossary {
  /** The terms, by their English names. */
  readonly terms: readonly Term[];
  /** The detectors, by their names. */
  readonly detectors: readonly DetectorTerm[];
  /** Words that texts avoid, whatever the term. */
  readonly avoid: Patterns;
}

/** The terms of the field in every language, which the page of terms shows and texts are checked by. */
export const glossary: Glossary = data;
