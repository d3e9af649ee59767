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
  const known = bundled.get(source.entry);
  if (known) return known;
  const code = bundle(source);
  bundled.set(source.entry, code);
  return code;
}

async function bundle({ entry, format, external = [] }: ScriptSource): Promise<string> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: [fileURLToPath(entry)],
    external: [...external],
    platform: "browser",
    format,
    minify: true,
    write: false,
  });
  if (success) return outputFiles[0].text();
  throw new SyntaxError(`Cannot bundle ${entry}: ${errors.map(({ text }) => text).join("; ")}`);
}
