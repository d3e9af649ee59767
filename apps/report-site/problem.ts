import type { Page } from "./page.ts";

/** Something that is not what it should be, and the pages that cannot show it. */
export interface Problem {
  /** The experiment whose result it is; nothing for what no experiment makes again. */
  readonly experiment?: string;
  /** What is wrong and where, for readers: it names files from the top of the report. */
  readonly message: string;
  /** What was thrown, for whoever writes the pages. */
  readonly error: Error;
  /** Whether a page shows what it is about; `content` is its content, empty where it cannot be shown. */
  concerns(page: Page, content: string): boolean;
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new TypeError(String(thrown));
}
