import type { Page } from "./page.ts";

/** Something that is not what it should be, and the pages that cannot show it. */
export interface Problem {
  /** The experiment whose result it is; nothing for what no experiment makes again. */
  readonly experiment?: string;
  /** Description for readers, which names files by their path in the report. */
  readonly message: string;
  /** The error, for the task that writes the pages. */
  readonly error: Error;
  /** Returns true if a page shows the affected result; `content` is the page's content, empty if it cannot be shown. */
  concerns(page: Page, content: string): boolean;
}

/** Converts a thrown value to an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new TypeError(String(thrown));
}
