import { join } from "node:path";
// @ts-types="@types/semver"
import { rcompare, valid } from "semver";
import { runProgram } from "../run_program.ts";
import { newestVersion } from "./changelog.ts";
import type { PackageState } from "./plan.ts";

/** A package of the workspace with the places of its files. */
export interface WorkspacePackage extends PackageState {
  /** Its folder, from that of the workspace. */
  readonly folder: string;
}

/** The part of a package's configuration that releases depend on. */
interface Configuration {
  readonly name: string;
  readonly version: string;
  readonly publish?: { readonly exclude?: readonly string[] };
}

/**
 * Reads the packages of a workspace with their last releases, which are tags such as
 * `@mixtape/ood@0.1.0` of its repository. Without a tag, the newest version of the changelog counts, and
 * every file as changed since.
 *
 * @param root The folder of the workspace.
 */
export async function readPackages(root: string): Promise<WorkspacePackage[]> {
  const { workspace } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const packages: WorkspacePackage[] = [];
  for (const member of workspace as string[]) {
    if (!/^\.?\/?packages\//.test(member)) continue;
    packages.push(await readPackage(root, join(member)));
  }
  const names = new Set(packages.map(({ name }) => name));
  return packages.map((item) => ({
    ...item,
    dependencies: item.dependencies.filter((name) => names.has(name) && name !== item.name),
  }));
}

async function readPackage(root: string, folder: string): Promise<WorkspacePackage> {
  const configuration: Configuration = JSON.parse(
    await Deno.readTextFile(join(root, folder, "deno.json")),
  );
  const { name, version } = configuration;
  const tags = (await runGit(root, ["tag", "--list", `${name}@*`])).split("\n").filter(Boolean);
  const tagged = tags.map((tag) => tag.slice(name.length + 1))
    .filter((version) => valid(version) !== null).sort(rcompare).at(0) ?? null;
  const changelog = await Deno.readTextFile(join(root, folder, "CHANGELOG.md"));
  const files = publishedFiles(folder, configuration.publish?.exclude ?? []);
  const list = tagged === null
    ? ["ls-files"]
    : ["diff", "--name-only", "--no-renames", `${name}@${tagged}`];
  const changed = (await runGit(root, [...list, "--", ...files])).split("\n").filter(Boolean);
  const modules = (await runGit(root, ["ls-files", "--", ...files])).split("\n");
  const dependencies = await readDependencies(root, modules);
  const released = tagged ?? newestVersion(changelog);
  return { name, version, released, changed, dependencies, folder };
}

/** Files whose change alone asks for no release. */
const unpublished = ["CHANGELOG.md", "deno.json"];

/** Returns the files of a package that are published, in git's language of paths. */
function publishedFiles(folder: string, exclude: readonly string[]): string[] {
  return [
    `:(glob)${folder}/**`,
    ...[...exclude, ...unpublished].map((name) =>
      `:(exclude,glob)${folder}/${name.endsWith("/") ? `${name}**` : name}`
    ),
  ];
}

/** Finds the packages that modules import. */
async function readDependencies(root: string, files: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const path of files.filter((path) => /\.tsx?$/.test(path))) {
    const text = await Deno.readTextFile(join(root, path));
    for (const [, name] of text.matchAll(/^[^*/\n]*(?:from|import\(?)\s*"(@[\w-]+\/[\w-]+)/gm)) {
      names.add(name);
    }
  }
  return [...names].sort();
}

function runGit(root: string, args: readonly string[]): Promise<string> {
  return runProgram("git", args, root);
}
