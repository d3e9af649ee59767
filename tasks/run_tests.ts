/**
 * `deno task test`: runs the tests that need no browser; those that run whole programs are `deno task test:programs`.
 *
 * Deno gives each module of tests a program of its own, which takes longer to start than most of them to run. Without
 * paths, those of a folder in {@linkcode together} are therefore loaded by one module, which is made for the run.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Folders whose tests leave nothing behind that others would notice, such as the backend of TensorFlow.js. */
const together = [
  "apps/report-site",
  "bench",
  "experiments",
  "packages/audit",
  "packages/classifier",
  "packages/datasets",
  "packages/ood",
  "packages/results",
];

/** Files that a folder's others do not share a program with: what computes chooses a backend. */
const alone = /\/run\/|\/run_test\.ts$/;

/** Tests of other tasks: `deno task test:programs` and `deno task test:browser`. */
const ofOthers = /_(?:program|browser)_test\.tsx?$/;

/** Lists the tests of a folder that `deno task test` runs, by their paths from the top. */
async function* testsIn(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(join(root, folder)));
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (isDirectory && !/^(\.git|node_modules|report|artefacts|cache)$/.test(name)) {
      yield* testsIn(path);
    } else if (/_test\.tsx?$/.test(name) && !ofOthers.test(name)) yield path;
  }
}

/** Folder whose tests a test may share a program with, if there is one. */
export function folderOf(test: string): string | undefined {
  return alone.test(test) ? undefined : together.find((folder) => test.startsWith(`${folder}/`));
}

/**
 * Divides tests into modules to run.
 *
 * @param tests Paths of the tests, from the top.
 * @returns The tests that are loaded together, by the name of their folder, and those that are by themselves.
 */
export function divide(
  tests: readonly string[],
): { readonly groups: ReadonlyMap<string, readonly string[]>; readonly single: readonly string[] } {
  const groups = Map.groupBy(tests.filter(folderOf), (path) => folderOf(path)!);
  return { groups, single: tests.filter((path) => folderOf(path) === undefined) };
}

async function run(args: readonly string[]): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "test:modules", ...args],
    cwd: root,
  }).spawn().status;
  return code;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => !arg.startsWith("-"))) return await run(args);
  const { groups, single } = divide(await Array.fromAsync(testsIn("")));
  const folder = await Deno.makeTempDir();
  try {
    const modules = await Promise.all([...groups].map(async ([name, paths]) => {
      const module = join(folder, `${name.replaceAll("/", "-")}.ts`);
      const imports = paths.map((path) => `import "${pathToFileURL(join(root, path))}";\n`);
      await Deno.writeTextFile(module, imports.join(""));
      return module;
    }));
    return await run([...args, ...modules, ...single]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  // Ctrl-C reaches the tests as well, which end first.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.exit(await main(Deno.args));
}
