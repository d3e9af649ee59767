import { createHash } from "node:crypto";
import { bundleScript } from "./bundle_script.ts";
import {
  dataVariable,
  type Island,
  needsIsland,
  partName,
  type PartPaths,
  wordsName,
} from "./islands/island.ts";
import type { Language } from "./language/language.ts";
import { languages } from "./language/languages.ts";
import { asError, type Problem } from "./problem.ts";
import type { ReadResults } from "./read_results.ts";

/** The scripts of the site's islands. */
export interface IslandScripts {
  /** Files of the site by their path, which holds a hash of the content. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of the scripts of each island whose data are there. */
  readonly byIsland: ReadonlyMap<Island, IslandPaths>;
  /** Reason why there are none, if the bundler could not be started. */
  readonly unavailable: string | null;
}

/** Paths of the scripts of an island. */
export interface IslandPaths {
  /** The texts in each language, of which a page loads those of its own; none where it shows none. */
  readonly words: ReadonlyMap<Language, string>;
  /** Data and code, in the order in which pages load them. */
  readonly scripts: readonly string[];
}

/** The islands that a report has data for, before their code is bundled. */
export interface IslandData {
  /** Files of the data by their path, which holds a hash of the content. */
  readonly files: ReadonlyMap<string, string>;
  /** The islands, in the order in which pages load them, and the paths of their data. */
  readonly ready: readonly { readonly island: Island; readonly scripts: readonly string[] }[];
  /** The islands whose data cannot be had of the results; their pages do without them. */
  readonly problems: readonly Problem[];
}

/**
 * Finds the islands whose data are there, and writes the data as scripts: files without a server can be fetched by none.
 *
 * @param read The results.
 * @param islands The islands, in the order in which pages load them.
 */
export function dataOfIslands(read: ReadResults, islands: readonly Island[]): IslandData {
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  const ready = islands.flatMap((island) => {
    try {
      const scripts = addData(files, island, read);
      return scripts === undefined ? [] : [{ island, scripts }];
    } catch (thrown) {
      problems.push(problemOf(island, asError(thrown)));
      return [];
    }
  });
  return { files, ready, problems };
}

/**
 * Begins to bundle islands while their data are being read, since that takes longest; {@linkcode bundleIslands} finds
 * what is done, and says what failed.
 *
 * @param islands The islands, the slowest first.
 */
export async function beginBundling(islands: readonly Island[]): Promise<void> {
  await Promise.allSettled(islands.map((island) => bundleScript({ ...island, format: "iife" })));
}

/**
 * Bundles the islands whose data are there. Scripts are classic ones, because
 * browsers load no modules from files without a server.
 *
 * @param data The islands and their data.
 * @returns The scripts; pages are complete without them, so a bundler that cannot be started is not an error.
 * @throws {SyntaxError} If an island does not compile.
 */
export async function bundleIslands(data: IslandData): Promise<IslandScripts> {
  const files = new Map(data.files);
  const byIsland = new Map<Island, IslandPaths>();
  try {
    // The largest takes as long as all others together: none waits for another.
    const bundles = await Promise.all(data.ready.map(async ({ island, scripts }) => {
      const [words, code] = await Promise.all([
        bundleWords(island),
        bundleScript({ ...island, format: "iife" }),
      ]);
      return { island, scripts, words, code };
    }));
    for (const { island, scripts, words, code } of bundles) {
      const paths = words.map(([tag, text]) =>
        [tag, addFile(files, `${island.name}-words`, text)] as const
      );
      byIsland.set(island, {
        words: new Map(paths),
        scripts: [...scripts, addFile(files, island.name, code)],
      });
    }
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw thrown;
    return { files: new Map(), byIsland: new Map(), unavailable: asError(thrown).message };
  }
  return { files, byIsland, unavailable: null };
}

/** Paths of the scripts that content needs which was rendered in a language, in their order. */
export function scriptsFor(
  content: string,
  language: Language,
  byIsland: IslandScripts["byIsland"],
): readonly string[] {
  return [...byIsland].filter(([island]) => needsIsland(content, island))
    .flatMap(([, { words, scripts }]) => {
      const own = words.get(language);
      return own === undefined ? scripts : [own, ...scripts];
    });
}

/** The scripts of an island's texts, by language: they leave what the modules of the texts export. */
async function bundleWords(
  { name, words }: Island,
): Promise<readonly (readonly [Language, string])[]> {
  if (words === undefined) return [];
  return await Promise.all(languages.map(async (language) => {
    const modules = await Promise.all(
      words(language).map((entry) => bundleScript({ entry, format: "cjs" })),
    );
    return [language.tag, wordsScript(name, modules)] as const;
  }));
}

/** A script that leaves what modules export, each a script that puts it into `module.exports`. */
function wordsScript(island: string, modules: readonly string[]): string {
  const name = wordsName(island);
  const words = `globalThis.${dataVariable}[${JSON.stringify(name)}]`;
  const code = modules.map((one) =>
    `((module)=>{${one}Object.assign(${words},module.exports)})({});\n`
  );
  return dataScript(name, {}) + code.join("");
}

/** The scripts of an island's data: none if it needs none, nothing if they are not there. */
function addData(
  files: Map<string, string>,
  island: Island,
  read: ReadResults,
): string[] | undefined {
  const parts = addParts(files, island, read);
  const data = island.data?.(read, parts);
  if (data !== undefined) {
    return [addFile(files, `${island.name}-data`, dataScript(island.name, data))];
  }
  return island.data === undefined ? [] : undefined;
}

function problemOf(island: Island, error: Error): Problem {
  return {
    message: `Cannot prepare the script ${island.name}: ${error.message}`,
    error,
    concerns: (_, content) => needsIsland(content, island),
  };
}

function addParts(
  files: Map<string, string>,
  { name, parts }: Island,
  read: ReadResults,
): PartPaths {
  const paths = Object.entries(parts?.(read) ?? {}).map(([part, value]) => {
    const script = dataScript(partName(name, part), value);
    return [part, addFile(files, `${name}-data`, script)] as const;
  });
  return Object.fromEntries(paths);
}

function dataScript(name: string, data: unknown): string {
  return `(globalThis.${dataVariable}??={})[${JSON.stringify(name)}]=${JSON.stringify(data)};\n`;
}

function addFile(files: Map<string, string>, name: string, content: string): string {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const path = `assets/islands/${name}.${hash}.js`;
  files.set(path, content);
  return path;
}
