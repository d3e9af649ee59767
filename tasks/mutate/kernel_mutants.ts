import { join } from "node:path";
import { compileKernel } from "../../packages/simd/build/compile_kernel.ts";
import { inspectModule } from "../../packages/simd/build/inspect_module.ts";
import type { PlacedMutant } from "./instrument.ts";
import { kernelsOf, modulePath, simdFolder } from "./kernel_sources.ts";
import { applyMutant, type Mutant } from "./mutant.ts";

/** A build of a kernel as its generated TypeScript holds it. */
interface Build {
  readonly memoryFlagAt: number;
  readonly base64: string;
}

/** Builds that a mutant changes, by the names of kernels. */
export type Builds = ReadonlyMap<string, Build>;

/** Options of {@linkcode buildMutants}. */
export interface BuildOptions {
  /** Path of the workspace. */
  readonly root: string;
  /** Number of mutants after which no more are built. */
  readonly size: number;
  /** Stops the work; what is built by then is returned. */
  readonly signal?: AbortSignal;
  /** Called with a line about what has been done. */
  readonly onProgress?: (line: string) => void;
}

/**
 * Compiles kernels with each of some mutants, with relaxed SIMD, in memory.
 *
 * @param mutants Mutants of AssemblyScript.
 * @param options The workspace, and how many are wanted.
 * @returns For each mutant the kernels that it changes; those that do not compile or change no byte are left out.
 */
export async function buildMutants(
  mutants: readonly Mutant[],
  { root, size, signal, onProgress }: BuildOptions,
): Promise<Map<Mutant, Builds>> {
  const originals = new Map<string, Promise<Build>>();
  const kernels = new Map<string, string[]>();
  const built = new Map<Mutant, Builds>();
  let looked = 0;
  for (const mutant of mutants) {
    if (built.size === size || signal?.aborted) break;
    looked++;
    const builds = new Map<string, Build>();
    for (
      const kernel of kernels.getOrInsertComputed(mutant.file, (file) => kernelsOf(root, file))
    ) {
      const original = await originals.getOrInsertComputed(kernel, () => build(root, kernel));
      const changed = await build(root, kernel, mutant).catch(rejected);
      if (changed && changed.base64 !== original.base64) builds.set(kernel, changed);
    }
    if (builds.size > 0) built.set(mutant, builds);
  }
  if (looked > 0) {
    onProgress?.(
      `${
        looked - built.size
      } of ${looked} changes of kernels do not compile or leave every byte as it is`,
    );
  }
  return built;
}

async function build(root: string, kernel: string, mutant?: Mutant): Promise<Build> {
  const read = (path: string) => {
    const file = `${simdFolder}/${path}`;
    const text = readIfThere(join(root, file));
    return text !== null && mutant?.file === file ? applyMutant(text, mutant) : text;
  };
  const bytes = await compileKernel(`kernels/${kernel}.ts`, true, read);
  const { memoryFlagAt } = inspectModule(kernel, bytes);
  return { memoryFlagAt, base64: bytes.toBase64() };
}

function readIfThere(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function rejected(error: unknown): undefined {
  if (!(error instanceof SyntaxError) && !(error instanceof WebAssembly.CompileError)) throw error;
}

/**
 * Adds builds to the generated TypeScript of their kernels, each to be run instead of the original
 * while its mutant is switched on.
 *
 * @param built The builds of each mutant.
 * @param root Path of a copy of the workspace.
 * @returns The mutants with their names.
 */
export async function placeInModules(
  built: ReadonlyMap<Mutant, Builds>,
  root: string,
): Promise<PlacedMutant[]> {
  const placed = [...built.keys()].map((mutant, at) => ({ ...mutant, id: `k${at}` }));
  const changed = new Map<string, Record<string, PlacedBuild>>();
  [...built.values()].forEach((builds, at) => {
    for (const [kernel, build] of builds) {
      const placedBuild = { ...build, kernels: builds.size };
      changed.getOrInsertComputed(kernel, () => ({}))[placed[at].id] = placedBuild;
    }
  });
  for (const [kernel, builds] of changed) {
    const path = join(root, modulePath(kernel));
    await Deno.writeTextFile(path, withBuilds(await Deno.readTextFile(path), builds));
  }
  return placed;
}

/** A build that stands for the original while a mutant is switched on. */
interface PlacedBuild extends Build {
  /** Number of kernels that the mutant changes. */
  readonly kernels: number;
}

/**
 * Number of changed builds that a process runs: a runtime has 64 places for builds, and keeps each that it has run. A
 * mutant beyond them does not run, and is tried again in a process of its own.
 */
const room = 48;

function withBuilds(text: string, builds: Readonly<Record<string, PlacedBuild>>): string {
  const [, name] = /^export const (\w+)/m.exec(text)!;
  return `${text.replace(/^export const \w+/m, "const unchanged")}
const builds = ${JSON.stringify(builds)};
const running = globalThis.__builds ??= { ids: new Set(), room: ${room} };
function switched(build) {
  const mutants = globalThis.__mutants ?? {};
  for (const id of Object.keys(builds)) mutants.reached?.add(id);
  const changed = builds[mutants.active];
  if (!changed) return build;
  if (!running.ids.has(mutants.active)) {
    if (running.room < changed.kernels) return build;
    running.room -= changed.kernels;
    running.ids.add(mutants.active);
  }
  mutants.used = true;
  return changed;
}
export const ${name} = {
  ...unchanged,
  get plain() { return switched(unchanged.plain); },
  get relaxed() { return switched(unchanged.relaxed); },
};
`;
}
