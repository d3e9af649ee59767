/**
 * `deno task npm:build`: makes npm packages of the packages of the workspace.
 *
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { print, readFlags, readPath, run } from "./command_line.ts";
import { buildPackages } from "./npm/build_packages.ts";

const help =
  `Makes npm packages of all packages: a folder and a tarball each, and mixtape.js, which has all of
them for <script type="module">.

Usage: deno task npm:build [flags]

  --out DIR   Folder in which the packages are replaced (default: artefacts/npm)
  --help      Show this text

npm publish DIR/clustering, for instance, publishes one of them.`;

/** Builds the packages that a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      out: { type: "string", default: "artefacts/npm" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const out = resolve(readPath(values.out, "--out"));
  const root = fileURLToPath(new URL("..", import.meta.url));
  for (const { tarball } of await buildPackages(root, out, signal)) print(tarball);
}

if (import.meta.main) await run(main);
