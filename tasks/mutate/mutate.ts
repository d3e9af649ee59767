import { join, relative, resolve } from "node:path";
import { programOf } from "../run_tests.ts";
import { distanceOf } from "./distance.ts";
import { findEquivalent } from "./find_equivalent.ts";
import { instrument, type SourceFile } from "./instrument.ts";
import { buildMutants, placeInModules } from "./kernel_mutants.ts";
import { isKernel, modulesOf, namesKernels } from "./kernel_sources.ts";
import { type Mutant, mutantKey } from "./mutant.ts";
import { readTestCommand } from "./run_plan.ts";
import { sampleEvenly } from "./sample.ts";
import { keepTyped } from "./type_check.ts";
import { tryMutants, type Verdict } from "./try_mutants.ts";
import {
  copyWorkspace,
  isSource,
  listFiles,
  partOf,
  readTestGraph,
  type TestGraph,
} from "./workspace.ts";

/** Options of {@linkcode mutate}. */
export interface MutateOptions {
  /** Files or folders, from the root of the workspace. */
  readonly paths: readonly string[];
  /** Number of mutants to draw; all unless given. */
  readonly sample?: number;
  /** Seed of the draw. */
  readonly seed: number;
  /** Kinds of change; all unless given. */
  readonly operators?: readonly string[];
  /** True to try the tests of other parts of the workspace as well. */
  readonly wide?: boolean;
  /** Number of processes at once. */
  readonly jobs: number;
  /** Stops everything; what is known by then is returned. */
  readonly signal?: AbortSignal;
  /** Called with a line about what has been done. */
  readonly onProgress?: (line: string) => void;
}

/** A mutant and its verdict. */
export interface Tried {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
}

/**
 * Makes mutants of code and tries which of them the tests notice.
 *
 * @param root Path of the workspace; it is not changed.
 * @param options The files to change, and the tests to try.
 * @returns The mutants in the order of the files.
 * @throws {RangeError} If a path holds no code.
 */
export async function mutate(
  root: string,
  { paths, sample, seed, operators, wide = false, jobs, signal, onProgress }: MutateOptions,
): Promise<Tried[]> {
  const files = await listFiles(root);
  const sources = await readSources(root, files, paths);
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const found = (await instrument(sources)).mutants.filter((mutant) =>
    (operators?.includes(mutant.operator) ?? true) &&
    !findEquivalent(mutant, texts.get(mutant.file)!)
  );
  const lists = [...Map.groupBy(found, ({ file }) => file).values()];
  await using copy = await copyWorkspace(root, files);
  const graph = await readTestGraph(copy.root, files);
  const size = sample ?? found.length;
  // About a third does not type-check.
  const drawn = sampleEvenly(lists, Math.ceil(size * 1.6), seed);
  const [inKernels, others] = [true, false].map((inKernel) =>
    drawn.filter(({ file }) => isKernel(file) === inKernel)
  );
  const typed = await keepTyped(others, texts, copy.root, signal);
  const built = await buildMutants(inKernels, { root, size, signal, onProgress });
  const kept = new Set<Mutant>([...typed, ...built.keys()]);
  const chosen = drawn.filter((mutant) => kept.has(mutant)).slice(0, size);
  onProgress?.(
    `${chosen.length} of ${found.length} changes in ${sources.length} files; ${
      others.length - typed.length
    } of ${others.length} looked at do not type-check`,
  );
  const mutated = new Set(chosen.map(({ file }) => file));
  const placed = await instrument(
    sources.filter(({ path }) => mutated.has(path) && !isKernel(path)),
    chosen.filter(({ file }) => !isKernel(file)),
  );
  for (const { path, text } of placed.files) await Deno.writeTextFile(join(copy.root, path), text);
  const builds = new Map(
    chosen.flatMap((mutant) => built.has(mutant) ? [[mutant, built.get(mutant)!] as const] : []),
  );
  const mutants = [...placed.mutants, ...await placeInModules(builds, copy.root)];
  const loaded = new Map(
    [...mutated].map((file) => [file, isKernel(file) ? modulesOf(root, file) : [file]]),
  );
  let noticed = 0;
  const verdicts = await tryMutants(mutants, {
    tests: likeliestFirst(graph, [...mutated]).filter((test) =>
      wide || [...mutated].some((file) => isNear(test, file))
    ),
    mayShare: (one, other) => {
      const [program, second] = [one, other].map((path) =>
        programOf({ path, text: Deno.readTextFileSync(join(root, path)) })
      );
      return program !== undefined && program === second;
    },
    importsTo: (test, file) => {
      const ways = loaded.get(file)!.flatMap((path) => graph.testsOf(path).get(test) ?? []);
      return ways.length === 0 ? undefined : Math.min(...ways);
    },
    command: { ...await readTestCommand(root), root: copy.root },
    jobs,
    signal,
    onTests: (test, failed) => {
      const but = failed.length === 0 ? "" : `, without what fails unchanged: ${failed.join(", ")}`;
      onProgress?.(`${noticed} of ${mutants.length} noticed before ${test}${but}`);
    },
    onVerdict: (_, { kind }) => {
      if (kind === "noticed") noticed++;
    },
  });
  return mutants.map((mutant) => ({ mutant, verdict: verdicts.get(mutant.id)! }))
    .sort((one, other) => compare(one.mutant, other.mutant));
}

async function readSources(
  root: string,
  files: readonly string[],
  paths: readonly string[],
): Promise<SourceFile[]> {
  const asked = paths.map((path) => relative(root, resolve(root, path)));
  const chosen = new Set<string>();
  for (const path of asked) {
    const inside = files.filter((file) =>
      path === "" || file === path || file.startsWith(`${path}/`)
    ).filter((file) => isSource(file) || (isKernel(file) && namesKernels(path)));
    if (inside.length === 0) {
      throw new RangeError(
        `Cannot change ${
          path || "."
        }: it holds no code of this workspace, name a TypeScript file or a folder of packages, experiments, apps, tasks or bench`,
      );
    }
    for (const file of inside) chosen.add(file);
  }
  return await Promise.all(
    [...chosen].map(async (path) => ({ path, text: await Deno.readTextFile(join(root, path)) })),
  );
}

/** Test files that take long: on every backend, or with programs of their own. */
const slow = /_(conformance|program)_test\.tsx?$/;

/**
 * Test files in the order in which they are likely to notice changes of some files soon: those that are the nearest to
 * most of them first, but slow ones last, unless kernels are changed, which hardly others notice.
 */
function likeliestFirst({ tests, testsOf }: TestGraph, mutated: readonly string[]): string[] {
  const isNearestTo = new Map(tests.map((test) => [test, 0]));
  for (const file of mutated) {
    const loading = [...testsOf(file)].map(([test, imports]) => ({
      test,
      distance: distanceOf(test, file) + imports / 1000,
    }));
    const least = Math.min(...loading.map(({ distance }) => distance));
    for (const { test, distance } of loading) {
      if (distance === least) isNearestTo.set(test, isNearestTo.get(test)! + 1);
    }
  }
  const isLate = (test: string) => slow.test(test) && !mutated.some(isKernel);
  const distance = (test: string) => Math.min(...mutated.map((file) => distanceOf(test, file)));
  const distances = new Map(tests.map((test) => [test, distance(test)]));
  return tests.toSorted((one, other) =>
    Number(isLate(one)) - Number(isLate(other)) ||
    isNearestTo.get(other)! - isNearestTo.get(one)! || distances.get(one)! - distances.get(other)!
  );
}

/** Returns true if a test is expected to notice changes of a file: in the same package or experiment, or the site. */
function isNear(test: string, file: string): boolean {
  const [mine, its] = [neighborhoodOf(test), neighborhoodOf(file)];
  // The operations that the backend runs faster are held to their references beside those.
  return mine === its || (its === "packages/simd" && mine === "packages/tensor-utils");
}

function neighborhoodOf(path: string): string {
  return path.startsWith("packages/") ? partOf(path) : path.split("/")[0];
}

function compare(one: Mutant, other: Mutant): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.start - other.start || (mutantKey(one) < mutantKey(other) ? -1 : 1);
}
