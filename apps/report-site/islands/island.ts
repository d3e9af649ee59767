import type { SiteLanguage } from "../language/language.ts";
import type { ReadResults } from "../read_results.ts";

/** A module in a script of its publisher's, which leaves it in a global variable. */
export interface Library {
  /** Name of the module, as imports spell it. */
  readonly module: string;
  /** Imports the text of the script. */
  readonly script: () => Promise<{ readonly default: string }>;
  /** The variable. */
  readonly variable: string;
}

/** A part of a page that a script brings to life. */
export interface Island {
  /** Its name, as in `data-island`. */
  readonly name: string;
  /** Address of the module that starts it. */
  readonly entry: string;
  /** Markup of which any tells that a page needs it; that of its `IslandRoot` unless given. */
  readonly marks?: readonly string[];
  /** Modules that it names but never runs in a page, and that are therefore not bundled. */
  readonly external?: readonly string[];
  /** Modules that it finds in their publishers' scripts, which pages load before its own: bundling them takes long. */
  readonly libraries?: readonly Library[];
  /**
   * Addresses of the modules of the texts that it shows, in a language; it finds what they export with `islandWords`.
   * Each page loads those of its own language.
   */
  readonly words?: (language: SiteLanguage) => readonly string[];
  /**
   * Returns the data that the island needs from the results, as a JSON value; nothing if the results do not exist yet.
   * It gets the path of each of the island's parts.
   */
  readonly data?: (read: ReadResults, parts: PartPaths) => unknown;
  /** JSON values by name that it reads only when it shows them, with `readPart`. */
  readonly parts?: (read: ReadResults) => Readonly<Record<string, unknown>>;
}

/** Tells whether content that was rendered needs an island. */
export function needsIsland(
  content: string,
  { name, marks = [`data-island="${name}"`] }: Pick<Island, "name" | "marks">,
): boolean {
  return marks.some((mark) => content.includes(mark));
}

/** The paths of an island's parts, by name. */
export type PartPaths = Readonly<Record<string, string>>;

/** The name under which the texts of an island are left. */
export function wordsName(island: string): string {
  return `${island}/words`;
}

/** The name under which a part is left. */
export function partName(island: string, part: string): string {
  return `${island}/${part}`;
}

/** The global variable in which scripts of data leave what islands find. */
export const dataVariable = "mixtapeIslands";
