import process from "node:process";
import {
  type Learned,
  limitOf,
  loadingLimitMs,
  type Plan,
  type Said,
  type Trial,
  trialOf,
} from "./trial.ts";

type Test = Deno.TestDefinition;

interface Mutants {
  active?: string;
  /** True once the active mutant has run. */
  used?: boolean;
  reached?: Set<string>;
  /** Mutants that were reached while their own module was loaded. */
  loading?: Set<string>;
}

/** State that the tests of a process share. */
interface Sitting {
  readonly mutants: Mutants;
  readonly decided: Set<string>;
  /** Mutant that is being tried. */
  running?: string;
  /** True once tests have been run, so that what one left behind may make another fail. */
  used: boolean;
  /** True once a test fails without a mutant, too: what a mutant broke may stay broken. */
  spoiled: boolean;
}

/** The tests of a file, and where to say what becomes of them. */
interface File {
  readonly tests: readonly Test[];
  readonly sitting: Sitting;
  readonly say: (said: Said) => void;
}

/**
 * Runs test files under `deno test` as a plan says: each test by itself, to learn which mutants it
 * reaches, and once per mutant with that mutant switched on.
 *
 * @param plan The plan.
 */
export async function drive(plan: Plan): Promise<void> {
  const asker = Deno.ppid;
  const mutants: Mutants = (globalThis as unknown as { __mutants: Mutants }).__mutants = {};
  const sitting: Sitting = { mutants, decided: new Set(), used: false, spoiled: false };
  const sayOf = (at: number) => (said: Said) => {
    // Nobody listens any more.
    if (Deno.ppid !== asker) Deno.exit(1);
    Deno.writeTextFileSync(plan.log, `${JSON.stringify({ at, ...said })}\n`, { append: true });
  };
  const [first] = plan.files;
  const loadedWith = plan.whileLoading ? first.trials![0].mutant : undefined;
  if (loadedWith !== undefined) {
    sayOf(0)({ kind: "begin", mutant: loadedWith, limitMs: loadingLimitMs });
    mutants.active = loadedWith;
  }
  mutants.reached = new Set();
  mutants.loading = new Set();
  const files: File[] = [];
  for (const [at, { test }] of plan.files.entries()) {
    const [tests, say] = [[] as Test[], sayOf(at)];
    const error = await collect(test, tests);
    if (error !== undefined && loadedWith !== undefined) {
      say({ kind: "noticed", mutant: loadedWith, by: `loading: ${error}` });
    }
    say({ kind: "loaded", reached: [...mutants.reached], failed: error !== undefined });
    files.push({ tests, sitting, say });
  }
  mutants.reached = undefined;
  plan.files.forEach(({ open, trials = [] }, at) => {
    const file = files[at];
    const learned: Learned[] = [];
    if (open) learn(file, learned);
    registerTrials(file, () => open ? open.map((one) => trialOf(one, learned)) : trials);
    Deno.test({ name: "end", fn: () => end(file) });
  });
}

/** Loads a test file and returns what it throws, if it does. */
async function collect(file: string, tests: Test[]): Promise<unknown> {
  const deno = Deno as { test: typeof Deno.test };
  const register = deno.test;
  deno.test = collector(tests);
  try {
    await import(file);
  } catch (error) {
    return error ?? "nothing";
  } finally {
    deno.test = register;
  }
}

function learn({ tests, sitting, say }: File, learned: Learned[]): void {
  const { mutants } = sitting;
  tests.forEach((test, index) => {
    if (test.ignore) return;
    Deno.test({
      ...test,
      only: false,
      // A test that may do less could not say what it reached.
      permissions: "inherit",
      fn: async (context) => {
        if (sitting.spoiled) return;
        sitting.used = true;
        const reached = mutants.reached = new Set();
        const [start, worked] = [performance.now(), process.cpuUsage()];
        const failed = await fails(test, context);
        const ms = performance.now() - start;
        const { user, system } = process.cpuUsage(worked);
        const workMs = (user + system) / 1000;
        mutants.reached = undefined;
        const loading = [...mutants.loading!];
        mutants.loading!.clear();
        const { name } = test;
        say({
          kind: "test",
          test: index,
          name,
          ms,
          workMs,
          failed,
          reached: [...reached],
          loading,
        });
        if (!failed) learned.push({ test: index, ms, workMs, reached });
      },
    });
  });
}

function registerTrials(file: File, trialsOf: () => readonly Trial[]): void {
  Deno.test({
    name: "trials",
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async (context) => {
      for (const trial of trialsOf()) {
        const { spoiled, decided } = file.sitting;
        if (spoiled) return;
        if (trial.tests.length > 0 && !decided.has(trial.mutant)) {
          await tryOne(file, trial, context);
        }
      }
    },
  });
}

function end({ sitting, say }: File): void {
  const { running, spoiled } = sitting;
  if (running === undefined) return spoiled ? undefined : say({ kind: "end" });
  // Nothing is left that a test waits for: Deno ends it, and the trials with it.
  sitting.running = undefined;
  sitting.spoiled = true;
  say({ kind: "noticed", mutant: running, by: "a test that waits for ever" });
}

async function tryOne(file: File, trial: Trial, context: Deno.TestContext): Promise<void> {
  const { sitting, say } = file;
  const { mutants, used } = sitting;
  const { mutant } = trial;
  sitting.used = true;
  const whileLoading = mutants.active !== undefined;
  mutants.active = sitting.running = mutant;
  mutants.used = false;
  const by = await firstToFail(file, trial, context);
  if (!whileLoading) mutants.active = undefined;
  sitting.spoiled = !whileLoading && by !== undefined && await fails(by, context);
  sitting.running = undefined;
  if (by === undefined) return say({ kind: "survived", mutant, ran: mutants.used });
  // What is the first in its process cannot blame another.
  if (sitting.spoiled && used) return say({ kind: "spoiled", mutant, by: by.name });
  sitting.decided.add(mutant);
  say({ kind: "noticed", mutant, by: by.name });
}

async function firstToFail(
  { tests, say }: File,
  trial: Trial,
  context: Deno.TestContext,
): Promise<Test | undefined> {
  for (const { test, ms } of trial.tests) {
    say({ kind: "begin", mutant: trial.mutant, limitMs: limitOf(ms) });
    if (await fails(tests[test], context)) return tests[test];
  }
  return undefined;
}

async function fails(test: Test, context: Deno.TestContext): Promise<boolean> {
  try {
    await test.fn(context);
    return false;
  } catch {
    return true;
  }
}

/** Stands for `Deno.test` while a test file is loaded. */
function collector(tests: Test[]): typeof Deno.test {
  const collect = (...given: readonly unknown[]) => {
    const parts = given.map((one) => typeof one === "string" ? { name: one } : one);
    const functions = parts.filter((one) => typeof one === "function");
    const test: Test = Object.assign({}, ...parts.filter((one) => typeof one !== "function"));
    if (functions.length > 0) test.fn = functions[0] as Test["fn"];
    tests.push({ ...test, name: test.name || test.fn.name || "anonymous" });
  };
  return Object.assign(collect, { only: collect, ignore: () => {} }) as unknown as typeof Deno.test;
}
