/** A term of the field, in a language. */
export interface Term {
  /** Its name. */
  readonly name: string;
  /** Its definition, a sentence. */
  readonly definition: string;
  /** Regular expressions for the forms in which texts may have it; its name, and that with an s, unless given. */
  readonly matches?: readonly string[];
  /** Regular expressions for words that are not to be used for it. */
  readonly avoid?: readonly string[];
}

/** The words of the field that a language has settled on, which the page of terms shows and texts are checked by. */
export interface Glossary {
  /** The terms, by their English names. */
  readonly terms: Readonly<Record<string, Term>>;
  /** The score of each detector, a sentence, by the name that it has in every language: `mahalanobis++`. */
  readonly detectors: Readonly<Record<string, string>>;
  /** Regular expressions for words that texts avoid, whatever the term. */
  readonly avoid: readonly string[];
}
