import { createHash } from "node:crypto";
import { bundleScript, bundleScripts, type ScriptSource } from "./bundle_script.ts";
import {
  dataVariable,
  type Island,
  type Library,
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
  /** Libraries, data and code, in the order in which pages load them. */
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
 */
export async function beginBundling(islands: readonly Island[]): Promise<void> {
  const sources = islands.flatMap((island) => [
    codeOf(island),
    ...wordsOf(island).flatMap(([, words]) => words),
  ]);
  await Promise.allSettled(bundleScripts(sources));
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
      const [words, libraries, code] = await Promise.all([
        bundleWords(island),
        readLibraries(island),
        bundleScript(codeOf(island)),
      ]);
      return { island, scripts, words, libraries, code: withLibraries(code, island) };
    }));
    for (const { island, scripts, words, libraries, code } of bundles) {
      const paths = words.map(([tag, text]) =>
        [tag, addFile(files, `${island.name}-words`, text)] as const
      );
      byIsland.set(island, {
        words: new Map(paths),
        scripts: [
          ...libraries.map((library) => addFile(files, `${island.name}-library`, library)),
          ...scripts,
          addFile(files, island.name, code),
        ],
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

/** The source of an island's code. */
function codeOf({ entry, external, libraries }: Island): ScriptSource {
  if (libraries === undefined) return { entry, external, format: "iife" };
  const modules = libraries.map(({ module }) => module);
  return { entry, external: [...external ?? [], ...modules], format: "iife" };
}

/** The scripts of an island's libraries, without the addresses of source maps, which are not there. */
async function readLibraries({ libraries = [] }: Island): Promise<string[]> {
  const modules = await Promise.all(libraries.map(({ script }) => script()));
  return modules.map((module) => module.default.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
}

/** A script in which `require` finds the libraries that the code names. */
function withLibraries(code: string, { libraries }: Island): string {
  if (libraries === undefined) return code;
  const variables = libraries.map(({ module, variable }: Library) =>
    `${JSON.stringify(module)}:globalThis.${variable}`
  );
  return `((require)=>{${code}})((module)=>({${variables.join(",")}})[module]);\n`;
}

/** The sources of an island's texts in each language. */
function wordsOf(
  { words }: Island,
): readonly (readonly [Language, readonly ScriptSource[]])[] {
  if (words === undefined) return [];
  return languages.map((language) => [
    language.tag,
    words(language).map((entry) => ({ entry, format: "cjs" })),
  ]);
}

/** The scripts of an island's texts, by language: they leave what the modules of the texts export. */
async function bundleWords(island: Island): Promise<readonly (readonly [Language, string])[]> {
  return await Promise.all(
    wordsOf(island).map(async ([tag, sources]) =>
      [tag, wordsScript(island.name, await Promise.all(bundleScripts(sources)))] as const
    ),
  );
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
