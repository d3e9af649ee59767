import { distanceOf } from "./distance.ts";
import type { PlacedMutant } from "./instrument.ts";
import { runPlan, type TestCommand } from "./run_plan.ts";
import type { Line, Trial } from "./trial.ts";

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
  /** Returns true if a test file loads a source file. */
  readonly loads: (test: string, file: string) => boolean;
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

/** A test file and the mutants that its tests reach. */
interface Reach {
  readonly file: string;
  readonly tests: ReadonlyMap<
    number,
    { readonly ms: number; readonly reached: ReadonlySet<string> }
  >;
  /** Mutants reached while the file is loaded. */
  readonly loading: ReadonlySet<string>;
}

/** Returns true for tests that are tried first, by the time that they take. */
function isQuick(ms: number): boolean {
  return ms < 500;
}

/** Number of test files that are tried with a mutant that works while they are loaded, each in a process of its own. */
const maxLoads = 4;

/**
 * Tries mutants with the tests that reach them.
 *
 * Every test file is run once without mutants, to learn which tests reach which; tests that fail are
 * left out. Then one process per test file switches on, one after the other, the mutants that no
 * test has noticed so far; slow tests come last. A mutant that works only while modules are loaded is
 * left to the nearest test files, and, as one that cannot be switched, gets a process of its own.
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
  const trying = { options, verdicts, decide };
  const learned = new Map<string, Promise<Reach>>();
  const learnOnce = (test: string) => learned.getOrInsertComputed(test, () => learn(test, options));
  const loadOnly = new Set<string>();
  await inParallel(options.tests, jobs, async (test) => {
    const open = mutants.filter(({ id, file }) =>
      !verdicts.has(id) && !loadOnly.has(id) && options.loads(test, file)
    );
    if (signal?.aborted || open.length === 0) return;
    const reach = await learnOnce(test);
    await tryFile(reach, open.filter(({ isFixed }) => !isFixed), trying, isQuick);
    for (const { id, isFixed } of open) {
      if (isFixed && reachedBy(reach).has(id)) await tryAlone(id, reach, trying);
      if (!isFixed && isReachedByLoadingOnly(id, reach)) loadOnly.add(id);
    }
  });
  const switchable = mutants.filter(({ isFixed }) => !isFixed);
  const tryLoading = async ({ id, file }: PlacedMutant, tests: readonly string[]) => {
    const nearest = tests.filter((test) => options.loads(test, file))
      .toSorted((one, other) => distanceOf(one, file) - distanceOf(other, file));
    for (const test of nearest.slice(0, maxLoads)) {
      if (!verdicts.has(id) && !signal?.aborted) await tryAlone(id, await learnOnce(test), trying);
    }
  };
  const isLoadOnly = ({ id }: PlacedMutant) => loadOnly.has(id);
  await inParallel(
    switchable.filter(isLoadOnly),
    jobs,
    (mutant) => tryLoading(mutant, options.tests),
  );
  const reaches = await Promise.all(learned.values());
  await inParallel(reaches, jobs, async (reach) => {
    const open = switchable.filter(({ id }) => !verdicts.has(id));
    await tryFile(reach, open, trying, (ms) => !isQuick(ms));
  });
  // Tests may also look at what they computed while they were loaded.
  await inParallel(switchable.filter((mutant) => !isLoadOnly(mutant)), jobs, async (mutant) => {
    const loading = reaches.filter((reach) => reach.loading.has(mutant.id));
    await tryLoading(mutant, loading.map(({ file }) => file));
  });
  const reached = new Set(reaches.flatMap((reach) => [...reachedBy(reach)]));
  for (const { id } of mutants) {
    if (verdicts.has(id)) continue;
    if (signal?.aborted) decide(id, { kind: "undecided" });
    else decide(id, { kind: reached.has(id) ? "survived" : "not reached" });
  }
  return verdicts;
}

/** Runs a test file without mutants. */
async function learn(
  test: string,
  { command, signal, onTests }: TrialOptions,
): Promise<Reach> {
  const { lines } = await runPlan({ test, trials: [], whileLoading: false }, command, signal);
  const failed = lines.flatMap((line) => line.kind === "test" && line.failed ? line.name : []);
  if (!lines.some(({ kind }) => kind === "loaded")) failed.push("(cannot be loaded)");
  onTests?.(test, failed);
  return reachOf(test, lines);
}

interface Trying {
  readonly options: TrialOptions;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly decide: (id: string, verdict: Verdict) => void;
}

async function tryFile(
  reach: Reach,
  mutants: readonly PlacedMutant[],
  { options: { command, signal }, verdicts, decide }: Trying,
  isWanted: (ms: number) => boolean,
): Promise<void> {
  let trials = mutants.map(({ id }) => trialOf(id, reach, isWanted))
    .filter(({ tests }) => tests.length > 0);
  while (trials.length > 0 && !signal?.aborted) {
    const run = await runPlan({ test: reach.file, trials, whileLoading: false }, command, signal);
    const done = new Set<string>();
    for (const line of run.lines) {
      if (line.kind === "survived" || line.kind === "noticed") done.add(line.mutant);
      if (line.kind === "noticed") {
        decide(line.mutant, { kind: "noticed", by: `${reach.file}: ${line.by}` });
      }
    }
    const last = run.lines.at(-1);
    if (run.stopped === "timeout" || run.stopped === "crash") {
      // Nothing began: the file cannot be run at all.
      if (last?.kind !== "begin") return;
      done.add(last.mutant);
      decide(last.mutant, { kind: "noticed", by: `${reach.file}: ${run.stopped}` });
    }
    // The mutant that may have been blamed for another's is the first of the next process.
    trials = trials.filter(({ mutant }) => !done.has(mutant) && !verdicts.has(mutant));
  }
}

/** Tries a mutant that nothing has noticed with all tests of a file, in a process of its own. */
async function tryAlone(
  id: string,
  reach: Reach,
  { options: { command, signal }, verdicts, decide }: Trying,
): Promise<void> {
  if (verdicts.has(id) || signal?.aborted) return;
  const tests = [...reach.tests].sort(([, one], [, other]) => one.ms - other.ms);
  const ms = tests.reduce((sum, [, test]) => sum + test.ms, 0);
  const indices = tests.map(([index]) => index);
  const trials = [{ mutant: id, tests: indices, limitMs: limitOf(ms) + 20_000 }];
  const { lines, stopped } = await runPlan(
    { test: reach.file, trials, whileLoading: true },
    command,
    signal,
  );
  const noticed = lines.find((line) => line.kind === "noticed");
  if (noticed) decide(id, { kind: "noticed", by: `${reach.file}: ${noticed.by}` });
  else if (stopped === "timeout" || stopped === "crash") {
    decide(id, { kind: "noticed", by: `${reach.file}: ${stopped}` });
  }
}

function reachOf(file: string, lines: readonly Line[]): Reach {
  const tests: Reach["tests"] = new Map(
    lines.flatMap((line) =>
      line.kind === "test" && !line.failed
        ? [[line.test, { ms: line.ms, reached: new Set(line.reached) }]]
        : []
    ),
  );
  const loading = new Set(lines.flatMap((line) => line.kind === "loaded" ? line.reached : []));
  return { file, tests, loading };
}

function reachedBy({ tests, loading }: Reach): Set<string> {
  return new Set([...loading, ...[...tests.values()].flatMap(({ reached }) => [...reached])]);
}

function isReachedByLoadingOnly(id: string, { loading, tests }: Reach): boolean {
  return loading.has(id) && ![...tests.values()].some(({ reached }) => reached.has(id));
}

function trialOf(
  mutant: string,
  { tests }: Reach,
  isWanted: (ms: number) => boolean,
): Trial {
  const reaching = [...tests].filter(([, { ms, reached }]) => isWanted(ms) && reached.has(mutant))
    .sort(([, one], [, other]) => one.ms - other.ms);
  const ms = reaching.reduce((sum, [, test]) => sum + test.ms, 0);
  return { mutant, tests: reaching.map(([index]) => index), limitMs: limitOf(ms) };
}

/** Time after which tests that took `ms` count as hanging: generous, since the machine may be busy. */
function limitOf(ms: number): number {
  return 3_000 + 10 * ms;
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
