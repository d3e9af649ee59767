import type { Benchmarks, Result, Selection, Sprite, WorkerJob } from "@mixtape/results";
import { h, type JSX } from "preact";
import type { Catalogue } from "./language/catalogue.ts";
import type { Language } from "./language/language.ts";
import type { ExampleReport } from "./read_examples.ts";

/** The results that exist. */
export interface Results {
  /** The result of each experiment that was run. */
  readonly byExperiment: Readonly<Record<string, Result>>;
  /** Measurements beside others, which are no experiment. */
  readonly benchmarks?: Benchmarks;
  /** True for benchmarks of the repository, shown where the report has none of its own. */
  readonly areBenchmarksOfRepository?: boolean;
  /** Every run that was stored, by experiment and time; the last of each is its result. */
  readonly runs?: readonly Result[];
  /** Data of the last run, and the experiments that do not fit them; nothing if none was stored. */
  readonly selection?: Selection;
  /** The jobs that workers did for these results; nothing if no worker did any. */
  readonly workerJobs?: readonly WorkerJob[];
  /** Reports of examples, for the gallery. */
  readonly examples?: readonly ExampleReport[];
  /** Paths of the files of the exercise in the site: notebooks and printed documents. */
  readonly exercise?: readonly string[];
  /** True if the site has the documentation of the packages. */
  readonly hasDocs?: boolean;
}

/** The properties of a page's content. */
export interface ContentProps {
  /** The results that exist. */
  readonly results: Results;
}

/** The groups of pages, in the order of the menu. */
export const pageGroups = [
  "report",
  "own",
  "clusters",
  "networks",
  "derivations",
  "about",
] as const;

/** A group of pages in the menu. */
export type PageGroup = typeof pageGroups[number];

/** The algorithm of a page as a program of its own. */
export interface PageCode {
  /** Name of the experiment that it belongs to. */
  readonly experiment: string;
  /** Path of its file, from the folder of the repository. */
  readonly file: string;
  /** Its text. */
  readonly source: string;
}

/** A page of the site, as it is declared. */
export interface PageDeclaration {
  /** Path without language and extension: `derivations/mixtures`. */
  readonly path: string;
  /** Short name, for the menu. */
  readonly title: (text: Catalogue, language: Language) => string;
  /** One sentence, for search engines and previews. */
  readonly description: (text: Catalogue, language: Language) => string;
  /** Its group in the menu; that of the report itself unless given. */
  readonly group?: PageGroup;
  /** The results without which there is nothing to show. */
  readonly needs: readonly string[];
  /** The results that it shows if they exist; what it needs by default. */
  readonly uses?: readonly string[];
  /** Returns true if there is nothing that it could show, and menus leave it out; never unless given. */
  readonly isEmpty?: (results: Results) => boolean;
  /** Returns the image that is shown with a link to it; none unless given, and where there is nothing to show. */
  readonly image?: (results: Results) => Sprite | undefined;
  /** The algorithm that it is about, as a program; none unless given. */
  readonly code?: PageCode;
  /** Renders the content between header and footer, when all results that it needs exist. */
  readonly Content: (props: ContentProps) => JSX.Element;
}

/** A page of the site. */
export interface Page extends Omit<PageDeclaration, "Content"> {
  /** Its group in the menu. */
  readonly group: PageGroup;
  /** The results that it shows if they exist. */
  readonly uses: readonly string[];
  /** Returns true if all results that it needs exist. */
  isReady(results: Results): boolean;
  /** Renders the content; to be called only when it is ready. */
  content(results: Results): JSX.Element;
}

/** Declares a page. */
export function definePage(declaration: PageDeclaration): Page {
  const { Content, ...page } = declaration;
  return {
    ...page,
    group: page.group ?? "report",
    uses: page.uses ?? page.needs,
    isReady: (results) => page.needs.every((id) => Object.hasOwn(results.byExperiment, id)),
    content: (results) => h(Content, { results }),
  };
}
