/**
 * `deno task test:everywhere`: tries the packages as npm delivers them, in each runtime.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumPath } from "../apps/report-site/testing/browser.ts";
import { print, printError, readFlags, run } from "./command_line.ts";
import { runInBrowser } from "./everywhere/browser.ts";
import { bundleSizes } from "./everywhere/bundle_sizes.ts";
import { checkTypes } from "./everywhere/check_types.ts";
import { matrixOf, type Outcomes } from "./everywhere/matrix.ts";
import { makeProject } from "./everywhere/project.ts";
import { runPrograms, runtimes } from "./everywhere/runtimes.ts";
import { supportTable, withTable } from "./everywhere/support_table.ts";
import { writeWhole } from "./write_whole.ts";

const help = `Installs the packages from their tarballs into a new project and runs programs and the
examples of the READMEs in Node.js 20, 22 and 24, Bun, Deno and Chromium; checks their types, and
what small programs weigh with esbuild, Vite, webpack and Rspack.

Usage: deno task test:everywhere [flags]

  --write     Write into README.md which package works where, instead of comparing it
  --help      Show this text

Prints what works where. Needs npm, and Chromium unless its column may be left out.`;

/** Tries the packages, as a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const root = fileURLToPath(new URL("..", import.meta.url));
  const folder = await Deno.makeTempDir({ prefix: "mixtape-everywhere-" });
  try {
    const project = await makeProject(root, folder, signal);
    const byRuntime = new Map<string, Outcomes>();
    for (const runtime of runtimes) {
      byRuntime.set(runtime.name, await runPrograms(runtime, project, signal));
    }
    if (chromiumPath) byRuntime.set("Chromium", await runInBrowser(project, signal));
    const outdated = await tellReadme(root, byRuntime, values.write);
    byRuntime.set("tsc", await checkTypes(root, project.folder, signal));
    const sizes = await bundleSizes(root, project.folder, signal);
    for (const [bundler, outcomes] of sizes) byRuntime.set(bundler, outcomes);
    const { table, failures } = matrixOf(byRuntime);
    print(table);
    for (const failure of [...failures, ...outdated]) printError(failure);
    if (failures.length + outdated.length > 0) Deno.exitCode = 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Writes the table of README.md, or compares it.
 *
 * @returns A sentence if it is not what was measured.
 */
async function tellReadme(
  root: string,
  byRuntime: ReadonlyMap<string, Outcomes>,
  write: boolean,
): Promise<string[]> {
  if (!chromiumPath) return [];
  const path = join(root, "README.md");
  const text = await Deno.readTextFile(path);
  const next = withTable(text, supportTable(byRuntime));
  if (next === text) return [];
  if (!write) return ["README.md is not what was measured: run deno task test:everywhere --write"];
  await writeWhole(path, next);
  return [];
}

if (import.meta.main) await run(main);
