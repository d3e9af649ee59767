import type { ReadResults } from "../read_results.ts";

/** A part of a page that a script brings to life. */
export interface Island {
  /** Its name, as in `data-island`. */
  readonly name: string;
  /** The module that starts it, relative to this folder. */
  readonly entry: string;
  /** Paths of the pages that load it; no other page does. */
  readonly pages: readonly string[];
  /** Modules that it names but never runs in a page, and that are therefore not bundled. */
  readonly external?: readonly string[];
  /** What it needs of the results, as a JSON value; nothing if they are not there yet. */
  readonly data?: (read: ReadResults) => unknown;
}

/** The global variable in which scripts of data leave what islands find. */
export const dataVariable = "mixtapeIslands";
