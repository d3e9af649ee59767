import type { ExperimentId } from "@mixtape/results";
import type { Page } from "./page.ts";

/** Something that is not what it should be, and the pages that cannot show it. */
export interface Problem {
  /** The experiment whose result it is; nothing for what no experiment makes again. */
  readonly experiment?: ExperimentId;
  /** What is wrong and where, for readers: it names files from the top of the report. */
  readonly message: string;
  /** What was thrown, for whoever writes the pages. */
  readonly error: Error;
  /** Whether a page shows what it is about. */
  concerns(page: Page): boolean;
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new TypeError(String(thrown));
}
