/**
 * `deno task docs`: writes the documentation of the packages into the report.
 *
 * @module
 */
import { replaceFolder } from "@mixtape/report-site";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DocJson, EntryModule } from "../apps/docs/api_entries.ts";
import { composeDocs, type DocsSource } from "../apps/docs/compose_docs.ts";
import { writeFiles } from "../apps/report-site/write_files.ts";
import { print, readFlags, readPath, run } from "./command_line.ts";
import { readCommit } from "./commit.ts";
import { entryPoints, type PackageConfig } from "./npm/npm_manifest.ts";
import { runProgram } from "./run_program.ts";
import { buildSite, reportProblems } from "./site.ts";

const help =
  `Writes the documentation of the packages: guides, a reference of every name, and a search over both.

Usage: deno task docs [flags]

  --out DIR   The report: writes DIR/docs, and the pages that link it (default: report)
  --help      Show this text`;

const root = fileURLToPath(new URL("..", import.meta.url));

/** Guides that belong to no one package, where they exist. */
const ownGuides = ["CONVENTIONS.md", "docs"];

async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({
    args,
    options: {
      out: { type: "string", default: "report" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const out = readPath(values.out, "--out");
  const source = await readSource(signal);
  const files = await composeDocs(source);
  const folder = join(out, "docs");
  await Deno.mkdir(out, { recursive: true });
  await replaceFolder(folder, async (next) => {
    const modules = source.modules.map(({ file }) => `packages/${file}`);
    await runDoc(["--html", "--name=Mixtape", `--output=${join(next, "api")}`, ...modules], signal);
    await writeFiles(next, files, signal);
  });
  const site = await buildSite({
    resultsDir: join(out, "results"),
    reportDir: out,
    siteDir: join(out, "site"),
    signal,
  });
  print(`Documentation: ${join(out, "site", "docs", "index.html")}`);
  reportProblems(site);
}

/** The packages that most users begin with; the others follow in the order of the workspace. */
const first = ["clustering", "mixture", "classifier", "ood", "audit", "datasets", "simd"];

function place(name: string): number {
  return first.includes(name) ? first.indexOf(name) : first.length;
}

async function readSource(signal: AbortSignal): Promise<DocsSource> {
  const { workspace } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const members = (workspace as string[]).filter((path) => path.startsWith("./packages/"))
    .map((path) => path.slice("./packages/".length));
  members.sort((a, b) => place(a) - place(b));
  const modules = (await Promise.all(members.map(readModules))).flat();
  const json: DocJson = JSON.parse(
    await runDoc(["--json", ...modules.map(({ file }) => `packages/${file}`)], signal),
  );
  const files = [
    ...(await Promise.all(ownGuides.map(markdownIn))).flat(),
    ...members.map((name) => `packages/${name}/README.md`),
  ];
  const guides = await Promise.all(files.map(async (file) => ({
    file,
    page: `${pageName(file)}.html`,
    text: await Deno.readTextFile(join(root, file)),
  })));
  return { guides, modules, json, commit: await readCommit(root) };
}

/** Finds the modules of a package that users import. */
async function readModules(folder: string): Promise<EntryModule[]> {
  const config: PackageConfig = JSON.parse(
    await Deno.readTextFile(join(root, "packages", folder, "deno.json")),
  );
  return Object.entries(entryPoints(config)).map(([path, file]) => ({
    name: `${config.name}${path.slice(1)}`,
    file: `${folder}/${file.replace(/^\.\//, "")}`,
  }));
}

/** Lists a document, or the documents of a folder, if it is there. */
async function markdownIn(path: string): Promise<string[]> {
  try {
    if ((await Deno.stat(join(root, path))).isFile) return [path];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const names = await Array.fromAsync(Deno.readDir(join(root, path)), ({ name }) => name);
  return names.filter((name) => name.endsWith(".md")).sort().map((name) => `${path}/${name}`);
}

/** Returns the name of a guide's page: that of the package for its README, else that of the file. */
function pageName(file: string): string {
  const [, name] = /([^/]+)\/README\.md$/.exec(file) ?? /([^/]+)\.md$/.exec(file) ?? [];
  return name.toLowerCase();
}

/** Runs `deno doc` and returns what it prints. */
function runDoc(args: readonly string[], signal: AbortSignal): Promise<string> {
  return runProgram(Deno.execPath(), ["doc", "--quiet", ...args], root, signal);
}

if (import.meta.main) await run(main);
