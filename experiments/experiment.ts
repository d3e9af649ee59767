import {
  type Answer,
  definePage,
  importTexts,
  type Language,
  languages,
  type Page,
  type PageCode,
  type PageGroup,
  type SiteExperiment,
  type SiteLanguage,
} from "@mixtape/report-site";
import {
  type Catalogue,
  type Format,
  usePage,
  WordsProvider,
} from "@mixtape/report-site/components";
import type { Envelope, Result, Sprite, UsedData, UsedImages } from "@mixtape/results";
import { h, type JSX } from "preact";
import type { z } from "zod";
import type { AnyRunnable } from "./run/experiment.ts";

/** An experiment: its pages and sentences, and how to run it. */
export interface Experiment extends SiteExperiment {
  /** Returns its texts in a language of the site. */
  wordsIn(language: Language): ExperimentWords;
  /** Loads the code that runs it, with the algorithms. */
  load(): Promise<AnyRunnable>;
  /** Loads a made-up result that conforms to the schema, for tests. */
  example(): Promise<Result>;
}

/** The texts that every experiment has. */
export interface ExperimentWords {
  /** Its name: in the menu, above its page, in tables and links. */
  readonly name: string;
  /** The question that it asks, on the overview. */
  readonly asked: string;
  /** Its page in one sentence, for search engines and previews; the question unless given. */
  readonly description?: string;
}

/** Properties of the content of an experiment's page. */
export interface ContentProps<One extends Result> {
  /** The result. */
  readonly result: One;
}

/** An experiment as it is declared, in the file of its page. */
export interface ExperimentDeclaration<
  Id extends string,
  Payload,
  Words extends ExperimentWords,
  Data extends UsedData = UsedImages,
> extends Pick<SiteExperiment, "islands" | "styles" | "onOverview" | "onOwnData"> {
  /** Its name on the command line and of its result: `ood-collapse`. */
  readonly id: Id;
  /** Schema of its payload. */
  readonly schema: z.ZodType<Payload>;
  /** Imports the file of its texts in a language: `pt_br`. */
  words(language: string): Promise<{ readonly words: Words }>;
  /** Path of its page without language and extension; of the page that its headline leads to. */
  readonly path: string;
  /** Group of its page in the menu; that of one's own data where it runs on them, unless given. */
  readonly group?: PageGroup;
  /** Renders the content of its page; or the pages of the site that belong to it. */
  readonly Content:
    | ((props: ContentProps<Envelope<Id, Payload, Data>>) => JSX.Element)
    | readonly Page[];
  /** Files of the programs that its pages show, by the paths of the pages; `code.ts` for its page unless given. */
  readonly code?: Readonly<Record<string, string>>;
  /** Renders the picture that stands for its result on the first page, with a caption; none unless given. */
  readonly Cover?: (props: ContentProps<Envelope<Id, Payload, Data>>) => JSX.Element;
  /** Returns the image that is shown with links to the report; none unless given. */
  coverImage?(result: Envelope<Id, Payload, Data>): Sprite | undefined;
  /** Returns the answer to its question; nothing if the result has no answer. */
  headline(
    result: Envelope<Id, Payload, Data>,
    words: Words,
    format: Format,
    text: Catalogue,
  ): Answer | undefined;
  /** Imports `run.ts`. */
  load(): Promise<{ readonly run: AnyRunnable }>;
  /** Imports `example.ts`. */
  example(): Promise<{ readonly example: Result }>;
}

/**
 * Declares an experiment, whose content and headline get results of the type that its schema checks.
 *
 * @param declaration The experiment.
 * @returns The experiment, for the list of all, with its texts in every language of the site.
 * @throws {TypeError} If its texts are missing in a language.
 */
export async function defineExperiment<
  Id extends string,
  Payload,
  Words extends ExperimentWords,
  Data extends UsedData = UsedImages,
>(
  declaration: ExperimentDeclaration<Id, Payload, Words, Data>,
): Promise<Experiment> {
  const { id, schema, path, group, Content, islands, styles, onOverview, onOwnData } = declaration;
  const words = await wordsByLanguage(declaration);
  // What has been read was checked against the schema.
  const own = (result: Result) => result as Envelope<Id, Payload, Data>;
  const wordsIn = (language: Language) => words.get(language)!;
  const inWords = (content: JSX.Element) =>
    h(WordsProvider, { value: wordsIn(usePage().language.tag) }, content);
  const { Cover, coverImage } = declaration;
  const ofSite = typeof Content !== "function" ? Content : [definePage({
    path,
    group: group ?? (onOwnData ? "own" : "report"),
    title: (_, language) => wordsIn(language).name,
    description: (_, language) => wordsIn(language).description ?? wordsIn(language).asked,
    needs: [id],
    image: ({ byExperiment }) => coverImage?.(own(byExperiment[id])),
    Content: ({ results }) => inWords(h(Content, { result: own(results.byExperiment[id]) })),
  })];
  const files = declaration.code ?? { [path]: "code.ts" };
  const pages = await Promise.all(ofSite.map(async (page) => ({
    ...page,
    code: Object.hasOwn(files, page.path) ? await readCode(id, files[page.path]) : undefined,
  })));
  return {
    id,
    schema,
    wordsIn,
    pages,
    islands,
    styles,
    onOverview,
    onOwnData,
    cover: Cover && {
      Content: ({ result }) => inWords(h(Cover, { result: own(result) })),
      image: (result) => coverImage?.(own(result)),
    },
    name: (language) => wordsIn(language).name,
    headline(result, { language, format, text }) {
      const { name: title, asked: question } = wordsIn(language);
      const answer = declaration.headline(own(result), wordsIn(language), format, text);
      return answer && { page: path, title, question, ...answer };
    },
    load: async () => (await declaration.load()).run,
    example: async () => (await declaration.example()).example,
  };
}

/** Reads a program of an experiment, without what only tools read. */
async function readCode(experiment: string, name: string): Promise<PageCode> {
  const folder = experiment.replaceAll("-", "_");
  const text = await Deno.readTextFile(new URL(`./${folder}/${name}`, import.meta.url));
  return {
    experiment,
    file: `experiments/${folder}/${name}`,
    source: text.replace(/^\/\/ deno-lint-ignore.*\n/, "").trim(),
  };
}

/** Loads the texts of an experiment in every language, from the file of each. */
async function wordsByLanguage<Words>(
  { id, words }: {
    readonly id: string;
    words(language: string): Promise<{ readonly words: Words }>;
  },
): Promise<ReadonlyMap<Language, Words>> {
  const load = async ({ tag, name, ownName }: SiteLanguage) => {
    const loaded = await importTexts(`the words of ${id} in ${ownName}`, () => words(name));
    return [tag, loaded.words] as const;
  };
  return new Map(await Promise.all(languages.map(load)));
}
