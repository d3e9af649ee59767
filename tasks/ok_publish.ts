/**
 * `deno task ok:publish`: checks that JSR would take every package, and with its full score.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { print, printError, readFlags, run } from "./command_line.ts";
import { yesInTable } from "./everywhere/support_table.ts";
import { entryPoints, type PackageConfig } from "./npm/npm_manifest.ts";
import { jsrFaults } from "./publish/jsr_faults.ts";
import { publishedFiles } from "./publish/published_files.ts";
import { runProgram } from "./run_program.ts";

const help =
  `Checks that every package could be published on JSR, without a warning, and that nothing
keeps it from JSR's full score.

Usage: deno task ok:publish [flags]

  --help      Show this text`;

const root = fileURLToPath(new URL("..", import.meta.url));

/** Checks all packages, as a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({ args, options: { help: { type: "boolean", default: false } } });
  if (values.help) return print(help);
  const { files, warnings } = await publishedFiles(root, signal);
  const faults = [...warnings];
  for (const [folder, paths] of files) {
    faults.push(...(await faultsOf(folder, paths, signal)).map((fault) => `${folder}: ${fault}`));
  }
  for (const fault of faults) printError(fault);
  if (faults.length > 0) Deno.exitCode = 1;
  else print(`${files.size} packages can be published`);
}

async function faultsOf(
  folder: string,
  files: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const read = (path: string) => Deno.readTextFile(join(root, path));
  const config: PackageConfig = JSON.parse(await read(join(folder, "deno.json")));
  const entries = Object.values(entryPoints(config)).map((path) => join(folder, path));
  const docs = await runProgram(Deno.execPath(), ["doc", "--json", ...entries], root, signal);
  return jsrFaults({
    description: config.description,
    readme: await read(join(folder, "README.md")),
    files,
    docs: JSON.parse(docs),
    runtimes: yesInTable(await read("README.md"), config.name),
  });
}

if (import.meta.main) await run(main);
