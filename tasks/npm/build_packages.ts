import { join } from "node:path";
import { globalsFile, globalsText, referToGlobals } from "./declared_globals.ts";
import { compiledImports, importedPackages } from "./imported_packages.ts";
import { runProgram } from "../run_program.ts";
import { writePageModule } from "./page_module.ts";
import { acceptedVersions, entryPoints, npmManifest, type PackageConfig } from "./npm_manifest.ts";

/** Files of a package that are published as they are. */
const documents = ["README.md", "CHANGELOG.md", "LICENSE"];

interface Package {
  readonly folder: string;
  readonly config: PackageConfig;
}

/** A package that was built. */
export interface BuiltPackage {
  /** Name, with scope. */
  readonly name: string;
  /** Path of its tarball. */
  readonly tarball: string;
}

/**
 * Builds npm packages of all packages of the workspace: ES2022 and declarations, file by file, with
 * what `npm publish` needs, as folders and as tarballs, and all of them as one module for pages.
 *
 * @param root Path of the workspace.
 * @param out Absolute path of the folder for the results; packages that it has are replaced.
 * @param signal Stops the build.
 * @returns The packages, in the order of their folders.
 * @throws {RangeError} If the compiler or npm fails.
 */
export async function buildPackages(
  root: string,
  out: string,
  signal?: AbortSignal,
): Promise<BuiltPackage[]> {
  const sources = join(root, "packages");
  const packages = readPackages(sources);
  await Deno.mkdir(out, { recursive: true });
  for (const { name } of [...Deno.readDirSync(out)]) {
    const ours = packages.some(({ folder }) => folder === name) || /^mixtape-.*\.tgz$/.test(name);
    if (ours) await Deno.remove(join(out, name), { recursive: true });
  }
  await compile(root, packages, out, signal);
  const versions = await readVersions(root, packages);
  for (const { folder, config } of packages) {
    const target = join(out, folder);
    for (const name of documents) {
      await Deno.copyFile(join(sources, folder, name), join(target, name));
    }
    const imported = (await finish(target, "./")).filter(({ name }) => name !== config.name);
    const manifest = npmManifest(config, folder, acceptedVersions(imported, versions));
    await Deno.writeTextFile(join(target, "package.json"), JSON.stringify(manifest, null, 2));
  }
  await writePageModule(out);
  return await pack(packages, out, signal);
}

function readPackages(sources: string): Package[] {
  return [...Deno.readDirSync(sources)].map(({ name }) => name).sort().map((folder) => ({
    folder,
    config: JSON.parse(Deno.readTextFileSync(join(sources, folder, "deno.json"))),
  }));
}

/** Types are not checked here: `deno task ok:static` does that. */
async function compile(
  root: string,
  packages: readonly Package[],
  out: string,
  signal?: AbortSignal,
): Promise<void> {
  const sources = join(root, "packages");
  const points = packages.flatMap(({ folder, config }) =>
    Object.entries(entryPoints(config)).map(([point, source]) => ({
      specifier: config.name + point.slice(1),
      path: join(sources, folder, source),
    }))
  );
  const project = {
    compilerOptions: {
      target: "es2022",
      module: "esnext",
      moduleResolution: "bundler",
      lib: ["esnext", "dom", "dom.iterable"],
      types: [],
      strict: true,
      noCheck: true,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true,
      rootDir: sources,
      outDir: out,
      paths: Object.fromEntries(points.map(({ specifier, path }) => [specifier, [path]])),
    },
    files: points.map(({ path }) => path),
  };
  const path = join(out, "tsconfig.json");
  await Deno.writeTextFile(path, JSON.stringify(project));
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const compiler = `${imports.typescript}/tsc`;
  await runProgram(Deno.execPath(), ["run", "--allow-all", compiler, "-p", path], root, signal);
  await Deno.remove(path);
}

/** Returns the version of each package that the workspace has or imports, by name. */
async function readVersions(
  root: string,
  packages: readonly Package[],
): Promise<ReadonlyMap<string, string>> {
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const imported = Object.values<string>(imports).flatMap((specifier) => {
    const [, name, version] = /^npm:(.+)@([^@]+)$/.exec(specifier) ?? [];
    return name === undefined ? [] : [[name, version] as const];
  });
  return new Map([
    ...imported,
    ...packages.map(({ config: { name, version } }) => [name, version] as const),
  ]);
}

/** Completes the declarations in a folder of a package, and returns what its files import of packages. */
async function finish(
  folder: string,
  toRoot: string,
): Promise<ReturnType<typeof importedPackages>> {
  const imported: ReturnType<typeof importedPackages> = [];
  for (const { name, isDirectory } of [...Deno.readDirSync(folder)]) {
    const path = join(folder, name);
    if (isDirectory) imported.push(...await finish(path, `../${toRoot}`));
    if (!/\.(?:js|d\.ts)$/.test(name)) continue;
    const text = await Deno.readTextFile(path);
    imported.push(...importedPackages(text));
    if (!name.endsWith(".d.ts")) continue;
    const complete = referToGlobals(compiledImports(text), toRoot);
    await Deno.writeTextFile(path, complete.text);
    if (complete.web) await Deno.writeTextFile(join(folder, toRoot, globalsFile), globalsText);
  }
  return imported;
}

async function pack(
  packages: readonly Package[],
  out: string,
  signal?: AbortSignal,
): Promise<BuiltPackage[]> {
  const folders = packages.map(({ folder }) => `./${folder}`);
  const said = await runProgram("npm", ["pack", "--json", ...folders], out, signal);
  const packed: { name: string; filename: string }[] = Object.values(JSON.parse(said));
  return packed.map(({ name, filename }) => ({ name, tarball: join(out, filename) }));
}
