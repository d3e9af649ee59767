import { basename, join } from "node:path";
import { buildPackages } from "../npm/build_packages.ts";
import { pageModule } from "../npm/page_module.ts";
import { runProgram } from "../run_program.ts";
import { type LoneProgram, writeLonePrograms } from "./lone_programs.ts";
import { readmeExamples } from "./readme_examples.ts";

/** Packages that the project needs besides our packages. */
const tools = {
  "@rspack/core": "2.3.4",
  "@types/node": "20",
  assert: "2.1.0",
  vite: "8.4.0",
  webpack: "5.113.0",
};

/** Packages of the workspace that it needs in the same version: to lower and bundle programs, and to check types. */
const sharedTools = ["esbuild", "typescript"];

/** Arguments of npm that run Node.js 22, which bundlers need. */
export const node22 = ["exec", "--yes", "--package=node@22", "--", "node"];

/** A project that uses the packages as npm delivers them. */
export interface Project {
  /** Path of its folder. */
  readonly folder: string;
  /** Names of its programs: paths below the folder, without `.mjs`. */
  readonly programs: readonly string[];
  /** Programs that each run alone. */
  readonly alone: readonly LoneProgram[];
  /** Path of the module that has all packages, for pages. */
  readonly pageModule: string;
}

/**
 * Makes a project of npm that has our packages installed from their tarballs, our programs, and the
 * examples of their READMEs.
 *
 * @param root Path of the workspace.
 * @param folder Path of a folder for the project and the tarballs.
 * @param signal Stops it.
 * @returns The project.
 */
export async function makeProject(
  root: string,
  folder: string,
  signal: AbortSignal,
): Promise<Project> {
  const project = join(folder, "project");
  await Deno.mkdir(join(project, "readme"), { recursive: true });
  const built = await buildPackages(root, join(folder, "npm"), signal);
  const tarballs = built.map(({ name, tarball }) => [name, `file:${tarball}`]);
  await Deno.writeTextFile(
    join(project, "package.json"),
    JSON.stringify({
      private: true,
      type: "module",
      dependencies: Object.fromEntries(tarballs),
      devDependencies: { ...tools, ...await versionsOf(sharedTools, root) },
    }),
  );
  await runProgram("npm", ["install", "--no-audit", "--no-fund"], project, signal);
  const programs = [
    ...await copyPrograms(join(root, "tasks/everywhere/programs"), project),
    ...await writeExamples(join(root, "packages"), project, signal),
  ];
  await Deno.writeTextFile(join(project, "all.mjs"), allOf(programs));
  const alone = await writeLonePrograms(root, project);
  return { folder: project, programs, alone, pageModule: join(folder, "npm", pageModule) };
}

async function versionsOf(names: readonly string[], root: string): Promise<Record<string, string>> {
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  return Object.fromEntries(names.map((name) => [name, imports[name].split("@").at(-1)]));
}

async function copyPrograms(from: string, project: string): Promise<string[]> {
  const names: string[] = [];
  for (const { name } of Deno.readDirSync(from)) {
    await Deno.copyFile(join(from, name), join(project, name));
    names.push(basename(name, ".mjs"));
  }
  return names.sort();
}

/** Examples are TypeScript that may use `using`: lowered to ES2022, as programs in TypeScript are. */
async function writeExamples(
  packages: string,
  project: string,
  signal: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  for (const folder of [...Deno.readDirSync(packages)].map(({ name }) => name).sort()) {
    const text = await Deno.readTextFile(join(packages, folder, "README.md"));
    for (const [index, code] of readmeExamples(text).entries()) {
      const name = `readme/${folder}-${index + 1}`;
      await Deno.writeTextFile(join(project, `${name}.ts`), code);
      names.push(name);
    }
  }
  const files = names.map((name) => `${name}.ts`);
  const how = ["--target=es2022", "--format=esm", "--outdir=readme", "--out-extension:.js=.mjs"];
  await runTool("esbuild", [...files, ...how], project, signal);
  return names;
}

/** Writes a module that runs programs one after the other and says in JSON what came of them. */
export function allOf(programs: readonly string[]): string {
  const loads = programs.map((name) => `  "${name}": () => import("./${name}.mjs"),`);
  return `const programs = {
${loads.join("\n")}
};
const outcomes = globalThis.outcomes = {};
for (const [name, load] of Object.entries(programs)) {
  outcomes[name] = await load().then(() => null, (error) => \`\${error} \${error?.stack}\`);
}
globalThis.ended = true;
console.log("\\noutcomes: " + JSON.stringify(outcomes));
`;
}

/** Runs a tool that the project has installed, and returns its output. */
export async function runTool(
  name: string,
  args: readonly string[],
  project: string,
  signal: AbortSignal,
): Promise<string> {
  return await runProgram("npm", ["exec", "--", name, ...args], project, signal);
}
