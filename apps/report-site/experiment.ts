import type { Result, Sprite } from "@mixtape/results";
import type { JSX } from "preact";
import type { z } from "zod";
import type { Island } from "./islands/island.ts";
import type { Catalogue } from "./language/catalogue.ts";
import type { Format } from "./language/format.ts";
import type { Language } from "./language/language.ts";
import type { Page } from "./page.ts";

/** A number that answers a question, and a sentence. */
export interface Answer {
  /** The number that answers it. */
  readonly number: string;
  /** The number's meaning. */
  readonly sentence: string;
  /** Uncertainty of the number; nothing for what is counted or proven. */
  readonly uncertainty?: string;
}

/** The answer of one experiment. */
export interface Headline extends Answer {
  /** Path of the page that says more. */
  readonly page: string;
  /** Name of that page. */
  readonly title: string;
  /** The question that the experiment asks. */
  readonly question: string;
}

/** The picture of a result that stands for it on the first page. */
export interface Cover {
  /** Renders the picture with its caption. */
  readonly Content: (props: { readonly result: Result }) => JSX.Element;
  /** The image that is shown with links to the report; nothing where the picture is drawn. */
  image?(result: Result): Sprite | undefined;
}

/** A language, its texts and its way of writing numbers. */
export interface Telling {
  /** The language. */
  readonly language: Language;
  /** The texts that all pages share. */
  readonly text: Catalogue;
  /** Its way of writing numbers. */
  readonly format: Format;
}

/** An experiment, as much of it as the site shows. */
export interface SiteExperiment {
  /** Name on the command line and of its result: `ood-collapse`. */
  readonly id: string;
  /** Schema of the payload of its result. */
  readonly schema: z.ZodType;
  /** Its pages, in the order of the menu. */
  readonly pages: readonly Page[];
  /** The islands that only its pages have. */
  readonly islands?: readonly Island[];
  /** Addresses of the stylesheets that only its pages need. */
  readonly styles?: readonly string[];
  /** False to leave its headline out of the overview. */
  readonly onOverview?: boolean;
  /** True if it runs on data of one's own; on the images of the manifest unless given. */
  readonly onOwnData?: boolean;
  /** Its picture on the first page, if it has one. */
  readonly cover?: Cover;
  /** Its name in a language. */
  name(language: Language): string;
  /** The headline of its result, for the overview and the terminal alike; nothing where no number answers. */
  headline(result: Result, telling: Telling): Headline | undefined;
}
