import { createContext, type Provider } from "preact";
import { useContext } from "preact/hooks";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import type { LanguageInfo } from "../language/language.ts";
import type { Origin } from "./origin.ts";

/** What every component may know of the page that it is on. */
export interface PageContext {
  /** Its path as one word: `derivations-mixtures`. */
  readonly page: string;
  /** Path of its file in the site: `pt/derivations/mixtures.html`. */
  readonly path: string;
  /** What made its numbers. */
  readonly origins: readonly Origin[];
  /** Language of the page. */
  readonly language: LanguageInfo;
  /** All its texts. */
  readonly text: Catalogue;
  /** How it writes numbers. */
  readonly format: Format;
  /** The name of an experiment, in the language of the page. */
  nameOf(experiment: string): string;
  /** The relative link to a file of the site, given from its top. */
  link(path: string): string;
  /** Adds a file to the site, such as a table for download, and returns the link to it. */
  attach(path: string, content: string): string;
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
