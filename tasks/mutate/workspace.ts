import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A copy of the workspace, in which files may be changed; it is removed when it is disposed of. */
export interface WorkspaceCopy extends AsyncDisposable {
  /** Path of the copy. */
  readonly root: string;
}

/** Lists the files of a workspace that git knows or would take, as paths from its root. */
export async function listFiles(root: string): Promise<string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { code, stdout, stderr } = await new Deno.Command("git", { args, cwd: root }).output();
  const decoder = new TextDecoder();
  if (code !== 0) {
    throw new RangeError(`Cannot list the files of ${root}: git says ${decoder.decode(stderr)}`);
  }
  const paths = new Set(decoder.decode(stdout).split("\0").filter((path) => path !== ""));
  return [...paths].sort();
}

/** Copies files of a workspace, as paths from its root, into a temporary folder. */
export async function copyWorkspace(
  root: string,
  files: readonly string[],
): Promise<WorkspaceCopy> {
  const target = await Deno.makeTempDir({ prefix: "mutate-" });
  for (const folder of new Set([".tmp", ...files.map((path) => dirname(path))])) {
    Deno.mkdirSync(join(target, folder), { recursive: true });
  }
  // One after the other without a turn of the event loop, which takes longer than to copy a small file.
  for (const path of files) {
    try {
      Deno.copyFileSync(join(root, path), join(target, path));
    } catch (error) {
      // Removed, but git has not been told.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return {
    root: target,
    [Symbol.asyncDispose]: () => Deno.remove(target, { recursive: true }),
  };
}

/** Modules that test files load: for every file, the paths of the test files that reach it. */
export interface TestGraph {
  /** All test files that may be run. */
  readonly tests: readonly string[];
  /** Returns the test files that load a file, each with the number of imports on the shortest way to it. */
  testsOf(file: string): ReadonlyMap<string, number>;
}

/**
 * Reads which test files load which files, directly or not, by `import` or a literal `import()`.
 *
 * @param root Path of the workspace, in which a file is written for a moment.
 * @param files Its files.
 * @returns The graph, without tests that drive a browser.
 */
export async function readTestGraph(root: string, files: readonly string[]): Promise<TestGraph> {
  const tests = files.filter((path) => /(?<!_browser)_test\.tsx?$/.test(path));
  const entry = await Deno.makeTempFile({ suffix: ".ts", dir: root });
  let text: string;
  try {
    await Deno.writeTextFile(entry, tests.map((path) => `import "./${path}";\n`).join(""));
    const args = ["info", "--json", entry];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: root }).output();
    text = new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(entry);
  }
  const { modules } = JSON.parse(text) as { modules: Module[] };
  const targets = new Map(modules.map((module) => [module.specifier, targetsOf(module)]));
  const reached = new Map<string, Map<string, number>>();
  for (const test of tests) {
    const loaded = reachable(pathToFileURL(join(root, test)).href, targets);
    for (const [name, imports] of loaded) {
      if (!name.startsWith("file:")) continue;
      const path = relative(root, fileURLToPath(name));
      reached.getOrInsertComputed(path, () => new Map()).set(test, imports);
    }
  }
  return { tests, testsOf: (file) => reached.get(file) ?? new Map() };
}

interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly { readonly code?: { readonly specifier?: string } }[];
}

function targetsOf({ dependencies = [] }: Module): string[] {
  return dependencies.flatMap(({ code }) => code?.specifier ?? []);
}

/** Modules that one loads, itself among them, each with the number of imports on the shortest way to it. */
function reachable(
  from: string,
  targets: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const found = new Map([[from, 0]]);
  for (const [name, imports] of found) {
    for (const target of targets.get(name) ?? []) {
      if (!found.has(target)) found.set(target, imports + 1);
    }
  }
  return found;
}

/** Part of the workspace that a file belongs to, such as `packages/ood` or `apps/report-site`. */
export function partOf(path: string): string {
  const [first, second] = path.split("/");
  return first === "packages" || first === "apps" || first === "experiments"
    ? second.includes(".") ? first : `${first}/${second}`
    : first;
}

/** Returns true for TypeScript of the workspace: no test, no bench, no example, no AssemblyScript, nothing generated. */
export function isSource(path: string): boolean {
  return /^(packages|apps|experiments|tasks|bench)\/.*\.tsx?$/.test(path) &&
    !/\.d\.ts$|_(test|bench)\.tsx?$|\/testing\/|\/fixtures\/|\/module\/|\/embedded\/|\/kernels\/|\/example\.ts$|\/fresh\//
      .test(path);
}
