/**
 * Functions for files of Node's modules, which Deno has, too. They are looked up rather than
 * imported, so that a bundler for browsers finds nothing to resolve; there, none of them may be
 * called.
 *
 * @module
 */
import type * as FileSystem from "node:fs/promises";
import type * as Path from "node:path";
import { nodeModule } from "./node_module.ts";

const files = nodeModule("node:fs/promises");

/** True if this runtime has files, false in browsers. */
export const hasFiles: boolean = files !== undefined;

export const { copyFile, mkdir, open, readdir, readFile, rename, rm, stat }: typeof FileSystem =
  files ?? {} as typeof FileSystem;

export const { basename, join }: typeof Path = nodeModule("node:path") ?? {} as typeof Path;
