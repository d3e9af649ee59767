import type * as Compression from "node:zlib";
import type * as FileSystem from "node:fs/promises";
import type * as Path from "node:path";

interface Modules {
  "node:fs/promises": typeof FileSystem;
  "node:path": typeof Path;
  "node:zlib": typeof Compression;
}

/**
 * Returns a module of Node, in Node and Deno; undefined in browsers. It is not imported, so that
 * bundlers for browsers find nothing to resolve.
 */
export function nodeModule<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => unknown };
  };
  return process?.getBuiltinModule?.(name) as Modules[Name] | undefined;
}
