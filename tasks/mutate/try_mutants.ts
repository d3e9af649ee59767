import { distanceOf } from "./distance.ts";
import type { PlacedMutant } from "./instrument.ts";
import { type PlanRun, runPlan, type TestCommand } from "./run_plan.ts";
import { type Learned, type Line, type Open, type Trial, trialOf } from "./trial.ts";

/** The verdict on a mutant. */
export type Verdict =
  /** A test failed, or took far longer than without the mutant. */
  | { readonly kind: "noticed"; readonly by: string }
  /** No test failed of those that reach it, or none reaches it. */
  | { readonly kind: "survived" | "not reached" }
  /** The time was over, or the program interrupted. */
  | { readonly kind: "undecided" };

/** Options of {@linkcode tryMutants}. */
export interface TrialOptions {
  /** Test files, the likeliest to notice something first. */
  readonly tests: readonly string[];
  /** Returns the number of imports on the shortest way from a test file to a source file, if it loads it. */
  readonly importsTo: (test: string, file: string) => number | undefined;
  /** Returns true if the tests of two files may be run by one process. */
  readonly mayShare: (one: string, other: string) => boolean;
  /** Command that runs tests in a copy of the workspace that holds the mutants. */
  readonly command: TestCommand;
  /** Number of processes at once. */
  readonly jobs: number;
  /** Stops everything; what is known by then is returned. */
  readonly signal?: AbortSignal;
  /** Called with every verdict. */
  readonly onVerdict?: (mutant: PlacedMutant, verdict: Verdict) => void;
  /** Called for every test file that has been looked at without mutants. */
  readonly onTests?: (test: string, failed: readonly string[]) => void;
}

/** A test file, its tests and the mutants that they reach. */
interface Reach {
  readonly file: string;
  /** Tests that do not fail without a mutant. */
  readonly tests: readonly Learned[];
  /** Mutants reached while modules are loaded, by the file or by the first test that needs them. */
  readonly loading: Set<string>;
}

/** Largest number of test files that one process runs: what follows a mutant that hangs is loaded again. */
const maxShared = 8;

/** Number of test files that are tried with a mutant that works while they are loaded, each in a process of its own. */
const maxLoads = 12;

/**
 * Tries mutants with the tests that reach them.
 *
 * A process runs the tests of one file after another without mutants, to learn which tests reach which; tests that
 * fail are left out. After each file it switches on, one after the other, the mutants that no test has noticed so far;
 * slow tests come last. A mutant that works only while modules are loaded is left to the nearest test files, and gets a
 * process of its own.
 *
 * @param mutants The mutants, placed in the files of the copy.
 * @returns The verdict on each mutant, by its name.
 */
export async function tryMutants(
  mutants: readonly PlacedMutant[],
  options: TrialOptions,
): Promise<Map<string, Verdict>> {
  const { jobs, signal } = options;
  const verdicts = new Map<string, Verdict>();
  const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  const decide = (id: string, verdict: Verdict) => {
    if (verdicts.has(id)) return;
    verdicts.set(id, verdict);
    options.onVerdict?.(byId.get(id)!, verdict);
  };
  const reaches = new Map<string, Reach>();
  const trying = { options, verdicts, decide, byId, reaches };
  const openIn = (test: string) =>
    mutants.filter(({ id, file }) =>
      !verdicts.has(id) && options.importsTo(test, file) !== undefined
    );
  const rest = [...options.tests];
  await inParallel(Array.from({ length: jobs }), jobs, async () => {
    while (!signal?.aborted) {
      const batch = takeBatch(rest, openIn, options);
      if (batch.length === 0) return;
      await learnAndTry(batch, openIn, trying);
    }
  });
  const learned = [...reaches.values()];
  await inParallel(learned, jobs, async (reach) => {
    const open = mutants.filter(({ id }) => !verdicts.has(id));
    const trials = open.map((mutant) => trialOf(openFor(reach.file, mutant), reach.tests, false));
    await tryTrials(reach, trials, trying);
  });
  // Tests may also look at what they computed while they were loaded.
  await inParallel(mutants, jobs, async ({ id, file }) => {
    const distance = (test: string) =>
      distanceOf(test, file) + options.importsTo(test, file)! / 1000;
    const nearest = learned.filter(({ loading }) => loading.has(id))
      .toSorted((one, other) => distance(one.file) - distance(other.file));
    for (const reach of nearest.slice(0, maxLoads)) await tryAlone(id, reach, trying);
  });
  const reached = new Set(learned.flatMap((reach) => [...reachedBy(reach)]));
  for (const { id } of mutants) {
    if (verdicts.has(id)) continue;
    if (signal?.aborted) decide(id, { kind: "undecided" });
    else decide(id, { kind: reached.has(id) ? "survived" : "not reached" });
  }
  return verdicts;
}

/**
 * Takes from a list the next test file that loads an open mutant, and those after it that may share its process; files
 * that load none are dropped.
 */
function takeBatch(
  rest: string[],
  openIn: (test: string) => readonly PlacedMutant[],
  { mayShare }: TrialOptions,
): string[] {
  const batch: string[] = [];
  for (const test of [...rest]) {
    if (batch.length === maxShared) break;
    const open = openIn(test);
    if (open.length > 0 && batch.length > 0 && !mayShare(batch[0], test)) continue;
    rest.splice(rest.indexOf(test), 1);
    if (open.length > 0) batch.push(test);
  }
  return batch;
}

interface Trying {
  readonly options: TrialOptions;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly decide: (id: string, verdict: Verdict) => void;
  readonly byId: ReadonlyMap<string, PlacedMutant>;
  /** Test files that have been looked at without mutants. */
  readonly reaches: Map<string, Reach>;
}

/**
 * Runs test files without mutants, one after another in one process as far as that goes, and tries the open mutants
 * with their quick tests.
 */
async function learnAndTry(
  tests: readonly string[],
  openIn: (test: string) => readonly PlacedMutant[],
  trying: Trying,
): Promise<void> {
  const { options: { command, signal, importsTo, onTests }, byId, reaches } = trying;
  let rest = tests;
  while (rest.length > 0 && !signal?.aborted) {
    const files = rest.map((test) => ({
      test,
      open: openIn(test).map((mutant) => openFor(test, mutant)),
    }));
    const run = await runPlan({ files, whileLoading: false }, command, signal);
    const lines = Map.groupBy(run.lines, ({ at }) => at);
    let looked = 0;
    for (const [at, { test, open }] of files.entries()) {
      looked = at + 1;
      const said = lines.get(at) ?? [];
      const failed = failuresIn(said);
      const isWhole = said.at(-1)?.kind === "end";
      if (at > 0 && (failed.length > 0 || !said.some(isOfTrial) && !isWhole)) {
        // Those before it may be to blame.
        await learnAndTry([test], openIn, trying);
        break;
      }
      const done = decideFrom(run, said, test, trying);
      const isLoaded = (id: string) =>
        byId.has(id) && importsTo(test, byId.get(id)!.file) !== undefined;
      const loading = run.lines.flatMap((line) => line.kind === "loaded" ? line.reached : []);
      const reach = reachOf(test, said, loading.filter(isLoaded));
      reaches.set(test, reach);
      onTests?.(test, failed);
      if (isWhole) continue;
      const left = open.filter(({ mutant }) => !done.has(mutant));
      await tryTrials(reach, left.map((one) => trialOf(one, reach.tests)), trying);
      break;
    }
    rest = rest.slice(looked);
  }
}

/** Tells which tests of a file are tried at once with a mutant: the likeliest to notice it may take their time. */
function openFor(test: string, { id, file }: PlacedMutant): Open {
  return { mutant: id, quickMs: distanceOf(test, file) === 0 ? 10_000 : 500 };
}

function failuresIn(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => {
    if (line.kind === "loaded" && line.failed) return "(cannot be loaded)";
    return line.kind === "test" && line.failed ? line.name : [];
  });
}

function isOfTrial({ kind }: Line): boolean {
  return kind === "begin" || kind === "noticed" || kind === "survived" || kind === "spoiled";
}

/** Takes the verdicts from what a process said of a test file, and returns the mutants that it is done with. */
function decideFrom(
  { stopped }: PlanRun,
  lines: readonly Line[],
  file: string,
  { decide }: Trying,
): Set<string> {
  const done = new Set<string>();
  for (const line of lines) {
    if (line.kind === "survived" || line.kind === "noticed") done.add(line.mutant);
    if (line.kind === "noticed") {
      decide(line.mutant, { kind: "noticed", by: `${file}: ${line.by}` });
    }
  }
  const last = lines.at(-1);
  if (last?.kind === "begin" && (stopped === "timeout" || stopped === "crash")) {
    done.add(last.mutant);
    decide(last.mutant, { kind: "noticed", by: `${file}: ${stopped}` });
  }
  return done;
}

/** Tries mutants with tests of a file, one after another in one process as far as that goes. */
async function tryTrials(
  { file: test, loading }: Reach,
  trials: readonly Trial[],
  trying: Trying,
): Promise<void> {
  const { options: { command, signal }, verdicts } = trying;
  let rest = trials.filter(({ mutant, tests }) => tests.length > 0 && !verdicts.has(mutant));
  while (rest.length > 0 && !signal?.aborted) {
    const files = [{ test, trials: rest }];
    const run = await runPlan({ files, whileLoading: false }, command, signal);
    const done = decideFrom(run, run.lines, test, trying);
    for (const id of idleIn(run.lines)) loading.add(id);
    // The file cannot be run at all.
    if (done.size === 0 && run.lines.at(-1)?.kind !== "spoiled") return;
    // The mutant that may have been blamed for another's is the first of the next process.
    rest = rest.filter(({ mutant }) => !done.has(mutant) && !verdicts.has(mutant));
  }
}

/** Tries a mutant that nothing has noticed with all tests of a file, in a process of its own. */
async function tryAlone(
  id: string,
  { file, tests }: Reach,
  trying: Trying,
): Promise<void> {
  const { options: { command, signal }, verdicts } = trying;
  if (verdicts.has(id) || signal?.aborted) return;
  const reachFirst = (one: Learned, other: Learned) =>
    Number(other.reached.has(id)) - Number(one.reached.has(id)) || one.workMs - other.workMs;
  const trials = [{ mutant: id, tests: tests.toSorted(reachFirst) }];
  const files = [{ test: file, trials }];
  const run = await runPlan({ files, whileLoading: true }, command, signal);
  decideFrom(run, run.lines, file, trying);
}

/** Names mutants that the tests of a process reached only once, before they could be switched on. */
function idleIn(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => line.kind === "survived" && !line.ran ? line.mutant : []);
}

function reachOf(file: string, lines: readonly Line[], loading: readonly string[]): Reach {
  const tests = lines.flatMap((line) =>
    line.kind === "test" && !line.failed
      ? [{ test: line.test, ms: line.ms, workMs: line.workMs, reached: new Set(line.reached) }]
      : []
  );
  const lazily = lines.flatMap((line) => line.kind === "test" ? line.loading : []);
  return { file, tests, loading: new Set([...loading, ...lazily, ...idleIn(lines)]) };
}

function reachedBy({ tests, loading }: Reach): Set<string> {
  return new Set([...loading, ...tests.flatMap(({ reached }) => [...reached])]);
}

async function inParallel<Item>(
  items: readonly Item[],
  jobs: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(Array.from({ length: jobs }, async () => {
    for (const item of rest) await work(item);
  }));
}
