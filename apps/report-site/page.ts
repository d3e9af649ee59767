import type { Benchmarks, ExperimentId, Result, ResultOf } from "@mixtape/results";
import { h, type JSX } from "preact";
import type { Catalogue } from "./language/catalogue.ts";

/** The results that exist, by experiment. */
export type Results = { readonly [Id in ExperimentId]?: ResultOf<Id> } & {
  /** Measurements beside others, which are no experiment. */
  readonly benchmarks?: Benchmarks;
  /** Every run that was stored, by experiment and time; the last of each is its result. */
  readonly runs?: readonly Result[];
};

/** The results that a page cannot do without, and any others. */
export type ResultsWith<Needs extends ExperimentId> =
  & { readonly [Id in Needs]: ResultOf<Id> }
  & Results;

/** What a page renders from. */
export interface ContentProps<Needs extends ExperimentId> {
  /** The results that exist. */
  readonly results: ResultsWith<Needs>;
}

/** A page of the site, as it is declared. */
export interface PageDeclaration<Needs extends ExperimentId> {
  /** Path without language and extension: `derivations/mixtures`. */
  readonly path: string;
  /** Short name, for the menu. */
  readonly title: (text: Catalogue) => string;
  /** One sentence, for search engines and previews. */
  readonly description: (text: Catalogue) => string;
  /** The results without which there is nothing to show. */
  readonly needs: readonly Needs[];
  /** The results that it shows if they exist; what it needs by default. */
  readonly uses?: readonly ExperimentId[];
  /** What stands between header and footer, once all that it needs is there. */
  readonly Content: (props: ContentProps<Needs>) => JSX.Element;
}

/** A page of the site. */
export interface Page extends Omit<PageDeclaration<ExperimentId>, "Content"> {
  /** The results that it shows if they exist. */
  readonly uses: readonly ExperimentId[];
  /** Whether all results that it needs are there. */
  isReady(results: Results): boolean;
  /** Its content, to be rendered only when it is ready. */
  content(results: Results): JSX.Element;
}

/** Declares a page, whose content gets what the page needs. */
export function definePage<const Needs extends ExperimentId>(
  declaration: PageDeclaration<Needs>,
): Page {
  const { Content, ...page } = declaration;
  return {
    ...page,
    uses: page.uses ?? page.needs,
    isReady: (results) => page.needs.every((id) => results[id] !== undefined),
    content: (results) => h(Content, { results: results as ResultsWith<Needs> }),
  };
}
