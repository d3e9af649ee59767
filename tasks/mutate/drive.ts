import type { Line, Plan, Trial } from "./trial.ts";

type Test = Deno.TestDefinition;

interface Mutants {
  active?: string;
  reached?: Set<string>;
}

/**
 * Runs the tests of a file under `deno test` as a plan says: each by itself, to learn which mutants
 * it reaches, or once per mutant with that mutant switched on.
 *
 * @param plan The plan.
 */
export async function drive(plan: Plan): Promise<void> {
  const asker = Deno.ppid;
  const mutants: Mutants = (globalThis as unknown as { __mutants: Mutants }).__mutants = {};
  const say = (line: Line) => {
    // Nobody listens any more.
    if (Deno.ppid !== asker) Deno.exit(1);
    Deno.writeTextFileSync(plan.log, `${JSON.stringify(line)}\n`, { append: true });
  };
  const { whileLoading, trials } = plan;
  if (whileLoading) {
    const [{ mutant, limitMs }] = trials;
    say({ kind: "begin", mutant, limitMs });
    mutants.active = mutant;
  }
  mutants.reached = new Set();
  const deno = Deno as { test: typeof Deno.test };
  const register = deno.test;
  const tests: Test[] = [];
  deno.test = collector(tests);
  try {
    await import(plan.test);
  } catch (error) {
    if (!whileLoading) throw error;
    say({ kind: "noticed", mutant: trials[0].mutant, by: `loading: ${error}` });
  }
  deno.test = register;
  say({ kind: "loaded", reached: [...mutants.reached], tests: tests.length });
  if (trials.length === 0) learn(tests, mutants, say);
  else {
    mutants.reached = undefined;
    tryAll(tests, { plan, mutants, say });
  }
  Deno.test({ name: "end", fn: () => say({ kind: "end" }) });
}

function learn(tests: readonly Test[], mutants: Mutants, say: (line: Line) => void): void {
  tests.forEach((test, index) => {
    if (test.ignore) return;
    Deno.test({
      ...test,
      only: false,
      fn: async (context) => {
        const reached = mutants.reached = new Set();
        const start = performance.now();
        const failed = await fails(test, context);
        const ms = performance.now() - start;
        say({ kind: "test", test: index, name: test.name, ms, failed, reached: [...reached] });
      },
    });
  });
}

interface Trying {
  readonly plan: Plan;
  readonly mutants: Mutants;
  readonly say: (line: Line) => void;
}

function tryAll(tests: readonly Test[], { plan, mutants, say }: Trying): void {
  let spoiled = false;
  plan.trials.forEach((trial, index) => {
    Deno.test({
      name: trial.mutant,
      sanitizeOps: false,
      sanitizeResources: false,
      fn: async (context) => {
        if (spoiled) return;
        const { mutant, limitMs } = trial;
        say({ kind: "begin", mutant, limitMs });
        mutants.active = mutant;
        const by = await firstToFail(tests, trial, context);
        if (!plan.whileLoading) mutants.active = undefined;
        if (by === undefined) return say({ kind: "survived", mutant });
        // What a mutant broke may stay broken; the first trial of a process cannot blame another.
        spoiled = !plan.whileLoading && await fails(by, context);
        say({ kind: spoiled && index > 0 ? "spoiled" : "noticed", mutant, by: by.name });
      },
    });
  });
}

async function firstToFail(
  tests: readonly Test[],
  trial: Trial,
  context: Deno.TestContext,
): Promise<Test | undefined> {
  for (const index of trial.tests) {
    if (await fails(tests[index], context)) return tests[index];
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
