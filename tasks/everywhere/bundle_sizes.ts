import { join } from "node:path";
import { runProgram } from "../run_program.ts";
import type { Outcomes } from "./matrix.ts";
import { node22 } from "./project.ts";

/** Most bytes that each program of `bundle.mjs` may load first, minified and compressed. */
const mostBytes: Readonly<Record<string, number>> = {
  auroc: 2_000,
  purity: 2_000,
  kMeans: 60_000,
};

/**
 * Bundles small programs with esbuild, Rspack, Vite and webpack, and holds what they load first
 * against its limit.
 *
 * @param root Path of the workspace.
 * @param project Path of the project that has the packages and the bundlers installed.
 * @param signal Stops it.
 * @returns The outcomes of each bundler, by its name.
 */
export async function bundleSizes(
  root: string,
  project: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Outcomes>> {
  await Deno.copyFile(join(root, "tasks/everywhere/bundle.mjs"), join(project, "bundle.mjs"));
  await runProgram("npm", [...node22, "bundle.mjs"], project, signal);
  const sizes = JSON.parse(await Deno.readTextFile(join(project, "sizes.json")));
  return new Map(
    Object.entries<Record<string, number | string>>(sizes).map(([bundler, one]) => [
      bundler,
      Object.fromEntries(
        Object.entries(one).map((
          [program, bytes],
        ) => [`size of ${program}`, excess(program, bytes)]),
      ),
    ]),
  );
}

/**
 * Tells what is wrong with the size of a program.
 *
 * @param program Name of the program.
 * @param bytes Bytes that it loads first, or the error of its bundler.
 * @returns A sentence, or null if the size is within its limit.
 */
export function excess(program: string, bytes: number | string): string | null {
  if (typeof bytes === "string") return bytes;
  const most = mostBytes[program];
  return bytes <= most ? null : `${bytes} bytes load first, at most ${most} may`;
}
