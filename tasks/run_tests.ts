/**
 * `deno task test`: runs the tests that need no browser; those that run whole programs are `deno task test:programs`.
 *
 * Deno gives each module of tests a program of its own, which takes longer to start than most of them to run. Without
 * paths, tests of a folder that share a backend are therefore loaded by one module, which is made for the run.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Tests that have to do with the only engine, backend or workers of their program. */
const alone =
  /^packages\/simd\/|^ +.*\b(?:useBackend|setBackend|registerSimdBackend)\(|\b(?:conform|conformThreads|declaredBy)\(|\/backends\.ts"/m;

/** Folders of the top's configuration that nothing runs in, such as the Fresh server, whose imports are of JSR. */
const excluded: readonly string[] =
  JSON.parse(await Deno.readTextFile(join(root, "deno.json"))).exclude;

/** Tests of other tasks: `deno task test:programs` and `deno task test:browser`. */
const ofOthers = /_(?:program|browser)_test\.tsx?$/;

/**
 * Lists the modules of a folder whose names are wanted, by their paths from the top.
 *
 * @param folder The folder, from the top; `""` for the top itself.
 * @param isWanted Tells by its name whether a module is.
 */
export async function* modulesIn(
  folder: string,
  isWanted: (name: string) => boolean,
): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(join(root, folder)));
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (isDirectory) {
      if (!/^(\.git|node_modules)$/.test(name) && !excluded.includes(`${path}/`)) {
        yield* modulesIn(path, isWanted);
      }
    } else if (isWanted(name)) yield path;
  }
}

/** A module of tests. */
export interface TestModule {
  /** Its path, from the top. */
  readonly path: string;
  /** Its source. */
  readonly text: string;
}

/** Name of the program that a test may share with others of its folder and backend, if there is one. */
export function programOf({ path, text }: TestModule): string | undefined {
  if (alone.test(`${path}\n${text}`)) return undefined;
  const [folder] = /^(?:packages|apps)\/[^/]+|^[^/]+/.exec(path)!;
  return /^await useBackend\("cpu"\)/m.test(text) ? `${folder} on cpu` : folder;
}

/**
 * Divides tests into programs.
 *
 * @param tests The tests.
 * @returns The paths of the tests that share a program, by its name, and those of tests that are by themselves.
 */
export function divide(
  tests: readonly TestModule[],
): { readonly groups: ReadonlyMap<string, readonly string[]>; readonly single: readonly string[] } {
  const groups = new Map<string, string[]>();
  const single: string[] = [];
  for (const test of tests) {
    const name = programOf(test);
    if (name === undefined) single.push(test.path);
    else groups.set(name, [...groups.get(name) ?? [], test.path]);
  }
  return { groups, single };
}

/** Parts of the name of tests that take longest, from the longest. */
const longest = ["/axe_", "/pages_", "/try_it_", "/charts_", "/print_", "/losses_"];

/**
 * Puts tests in the order in which they are started: what takes long comes first, lest it be alone at the end.
 *
 * @param paths The paths of the tests.
 */
export function inOrder(paths: readonly string[]): string[] {
  const rank = (path: string) => {
    const at = longest.findIndex((part) => path.includes(part));
    return at === -1 ? longest.length : at;
  };
  return paths.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Runs a task of the workspace to its end.
 *
 * @param task Its name.
 * @param args Its arguments.
 * @param env Variables that it sees besides those of this program.
 * @returns Its exit status.
 */
export async function runTask(
  task: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", task, ...args],
    cwd: root,
    env,
  }).spawn().status;
  return code;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => !arg.startsWith("-"))) return await runTask("test:modules", args);
  const isOwn = (name: string) => /_test\.tsx?$/.test(name) && !ofOthers.test(name);
  const tests = await Array.fromAsync(modulesIn("", isOwn), async (path) => ({
    path,
    text: await Deno.readTextFile(join(root, path)),
  }));
  const { groups, single } = divide(tests);
  const folder = await Deno.makeTempDir();
  try {
    const modules = await Promise.all([...groups].map(async ([name, paths]) => {
      const module = join(folder, `${name.replaceAll(/\W/g, "-")}.ts`);
      const imports = paths.map((path) => `import "${pathToFileURL(join(root, path))}";\n`);
      await Deno.writeTextFile(module, imports.join(""));
      return module;
    }));
    return await runTask("test:modules", [...args, ...modules, ...single]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  // Ctrl-C reaches the tests as well, which end first.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.exit(await main(Deno.args));
}
