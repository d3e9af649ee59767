import { createContext, type Provider } from "preact";
import { useContext } from "preact/hooks";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import type { LanguageInfo } from "../language/language.ts";
import type { Origin } from "./origin.ts";

/** A heading of a page that can be linked to. */
export interface Heading {
  /** Anchor. */
  readonly id: string;
  /** Text of the heading. */
  readonly title: string;
  /** Rank, as in `h2`. */
  readonly level: 2 | 3;
}

/** The kinds of sentences that may stand for a page, the best one first. */
export type SummaryKind = "finding" | "question";

/** The page that a component is on. */
export interface PageContext {
  /** Path of the page as one word, such as `derivations-mixtures`. */
  readonly page: string;
  /** Path of the page's file in the site, such as `pt/derivations/mixtures.html`. */
  readonly path: string;
  /** Address at which the site is published, with a slash at its end; nothing if it is not known. */
  readonly url?: string;
  /** Origins of the page's numbers. */
  readonly origins: readonly Origin[];
  /** Language of the page. */
  readonly language: LanguageInfo;
  /** Texts of the site in the language of the page. */
  readonly text: Catalogue;
  /** Formats of numbers and dates in the language of the page. */
  readonly format: Format;
  /** Returns the name of an experiment in the language of the page. */
  nameOf(experiment: string): string;
  /** Returns true for an experiment on data of one's own. */
  isOnOwnData(experiment: string): boolean;
  /** Returns the relative link to a file of the site, given its path from the root. */
  link(path: string): string;
  /** Adds a file to the site, such as a table for download, and returns the link to it. */
  attach(path: string, content: string): string;
  /** Adds a heading to the table of contents. */
  addHeading(heading: Heading): void;
  /** Takes note of a sentence that may stand for the page where a link to it is shown. */
  noteSummary(kind: SummaryKind, sentence: string): void;
  /** Typesets LaTeX to HTML. */
  typeset(formula: string, display: boolean): string;
}

const context = createContext<PageContext | null>(null);

/** Gives the components inside it their page. */
export const PageProvider: Provider<PageContext | null> = context.Provider;

/** The page that a component is on. */
export function usePage(): PageContext {
  const page = useContext(context);
  if (page === null) throw new TypeError("Cannot render outside a page: wrap it in PageProvider");
  return page;
}
