/// <reference lib="deno.unstable" />
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  dataVariable,
  type Island,
  needsIsland,
  partName,
  type PartPaths,
} from "./islands/island.ts";
import { asError, type Problem } from "./problem.ts";
import type { ReadResults } from "./read_results.ts";

/** The scripts of the site's islands. */
export interface IslandScripts {
  /** Files of the site by their path, which holds a hash of the content. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of the scripts of each island whose data are there, in the order in which pages load them. */
  readonly byIsland: ReadonlyMap<Island, readonly string[]>;
  /** The islands whose data cannot be had of the results; their pages do without them. */
  readonly problems: readonly Problem[];
  /** Why there are none, if the bundler could not be started. */
  readonly unavailable: string | null;
}

/**
 * Bundles the islands whose data are there, with Deno's own bundler (esbuild). Scripts are classic ones, because
 * browsers load no modules from files without a server, and data come as scripts too, because they fetch none either.
 *
 * @param read The results.
 * @param islands The islands, in the order in which pages load them.
 * @returns The scripts; pages are complete without them, so a bundler that cannot be started is not an error.
 * @throws {SyntaxError} If an island does not compile.
 */
export async function bundleIslands(
  read: ReadResults,
  islands: readonly Island[],
): Promise<IslandScripts> {
  const files = new Map<string, string>();
  const byIsland = new Map<Island, readonly string[]>();
  const problems: Problem[] = [];
  for (const island of islands) {
    let scripts: string[] | undefined;
    try {
      scripts = addData(files, island, read);
    } catch (thrown) {
      problems.push(problemOf(island, asError(thrown)));
    }
    if (scripts === undefined) continue;
    const code = await bundleOnce(island).catch((error) => {
      if (error instanceof SyntaxError) throw error;
      return error instanceof Error ? error : new TypeError(String(error));
    });
    if (typeof code !== "string") {
      return { files: new Map(), byIsland: new Map(), problems, unavailable: code.message };
    }
    scripts.push(addFile(files, island.name, code));
    byIsland.set(island, scripts);
  }
  return { files, byIsland, problems, unavailable: null };
}

/** Paths of the scripts that content needs which was rendered, in their order. */
export function scriptsFor(
  content: string,
  byIsland: IslandScripts["byIsland"],
): readonly string[] {
  return [...byIsland].flatMap(([island, scripts]) => needsIsland(content, island) ? scripts : []);
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

/** The sources do not change while a program runs, so each island is bundled once. */
const bundled = new Map<Island, Promise<string>>();

function bundleOnce(island: Island): Promise<string> {
  const known = bundled.get(island);
  if (known) return known;
  const code = bundle(island);
  bundled.set(island, code);
  return code;
}

async function bundle({ name, entry, external = [] }: Island): Promise<string> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: [fileURLToPath(entry)],
    external: [...external],
    platform: "browser",
    format: "iife",
    minify: true,
    write: false,
  });
  if (success) return outputFiles[0].text();
  throw new SyntaxError(
    `Cannot bundle the island ${name}: ${errors.map(({ text }) => text).join("; ")}`,
  );
}
