/// <reference lib="deno.unstable" />
import { fileURLToPath } from "node:url";

/** A script to be made of a module and all that it imports. */
export interface ScriptSource {
  /** Address of the module. */
  readonly entry: string;
  /**
   * `iife` runs in a page as it is; `cjs` leaves what the module exports in `module.exports`; `esm` is a module
   * itself.
   */
  readonly format: "iife" | "cjs" | "esm";
  /** Modules that it names but never runs in a page, and that are therefore not bundled. */
  readonly external?: readonly string[];
}

/** The sources do not change while a program runs, so each is bundled once. */
const bundled = new Map<string, Promise<string>>();

/**
 * Bundles a script with Deno's own bundler (esbuild).
 *
 * @throws {SyntaxError} If it does not compile; what else is thrown says that the bundler could not be started.
 */
export function bundleScript(source: ScriptSource): Promise<string> {
  return bundleScripts([source])[0];
}

/**
 * Bundles scripts as {@linkcode bundleScript} does: those of one format and the same external modules together, since
 * the bundler starts anew for each call.
 *
 * @returns The script of each source; where one does not compile, none that is bundled together with it does.
 */
export function bundleScripts(sources: readonly ScriptSource[]): Promise<string>[] {
  const distinct = new Map(sources.map((source) => [source.entry, source]));
  const fresh = [...distinct.values()].filter(({ entry }) => !bundled.has(entry));
  const groups = Map.groupBy(fresh, ({ format, external }) => JSON.stringify([format, external]));
  for (const group of groups.values()) {
    const codes = bundle(group);
    group.forEach(({ entry }, at) => bundled.set(entry, codes.then((all) => all[at])));
  }
  return sources.map(({ entry }) => bundled.get(entry)!);
}

/** Bundles the scripts of a group: the code of each, in their order. */
async function bundle(group: readonly ScriptSource[]): Promise<string[]> {
  const [{ format, external = [] }] = group;
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: group.map(({ entry }) => fileURLToPath(entry)),
    external: [...external],
    platform: "browser",
    format,
    minify: true,
    write: false,
    // Nothing is written there, but several scripts need a place.
    outputDir: "scripts",
  });
  if (success) return outputFiles.map((file) => file.text());
  const entries = group.map(({ entry }) => entry).join(", ");
  throw new SyntaxError(`Cannot bundle ${entries}: ${errors.map(({ text }) => text).join("; ")}`);
}
