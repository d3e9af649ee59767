/**
 * The messages between the program and a process that runs test files: a plan, read from a file,
 * and lines of JSON, written to another.
 */

/** The work of a process, on one test file after another. */
export interface Plan {
  /** Test files. */
  readonly files: readonly FilePlan[];
  /** File that the lines are written to. */
  readonly log: string;
  /** True if the only mutant is switched on before the only test file is loaded. */
  readonly whileLoading: boolean;
}

/** The work of a process on a test file. */
export interface FilePlan {
  /** Test file, as an URL. */
  readonly test: string;
  /**
   * Mutants to try at once with the quick tests that turn out to reach them, after every test has
   * been run without a mutant.
   */
  readonly open?: readonly Open[];
  /** Mutants to try with tests that are known to reach them. */
  readonly trials?: readonly Trial[];
}

/** A mutant that no test has noticed. */
export interface Open {
  readonly mutant: string;
  /** Time within which a quick test ends, in milliseconds: quick ones are tried before the other files, the rest come last. */
  readonly quickMs: number;
}

/** A mutant and the tests that it is tried with. */
export interface Trial {
  readonly mutant: string;
  /** The tests, quickest first. */
  readonly tests: readonly TimedTest[];
}

/** A test by its place in the order in which its file declares them, and the time that it takes without a mutant. */
export interface TimedTest {
  readonly test: number;
  readonly ms: number;
}

/** A line that a process writes, with the place of the test file in the plan. */
export type Line = { readonly at: number } & Said;

/** Remark of a process on a test file. */
export type Said =
  /** Mutants reached while this file and those before it were loaded, and whether it could be. */
  | { readonly kind: "loaded"; readonly reached: readonly string[]; readonly failed: boolean }
  /** A test without a mutant. */
  | {
    readonly kind: "test";
    readonly test: number;
    readonly name: string;
    readonly ms: number;
    /** Time of the processor that it takes, which does not depend on how busy the machine is. */
    readonly workMs: number;
    readonly failed: boolean;
    readonly reached: readonly string[];
    /** Mutants that work while a module is loaded, which the test was the first to load. */
    readonly loading: readonly string[];
  }
  /** A test begins with a mutant, and must end within a time. */
  | { readonly kind: "begin"; readonly mutant: string; readonly limitMs: number }
  | { readonly kind: "noticed"; readonly mutant: string; readonly by: string }
  /** No test failed; the mutant may not have run again, if it only runs while a module is loaded by the first test that needs it. */
  | { readonly kind: "survived"; readonly mutant: string; readonly ran: boolean }
  /** A test fails without the mutant as well, after it failed with it: nothing more can be said in this process. */
  | { readonly kind: "spoiled"; readonly mutant: string; readonly by: string }
  /** All has been done with the file. */
  | { readonly kind: "end" };

/** Tests by the time that they take: those that reach a mutant are tried with it, quickest first. */
export interface Learned extends TimedTest {
  /** Time of the processor that it takes. */
  readonly workMs: number;
  readonly reached: ReadonlySet<string>;
}

/** The tests that reach a mutant, in the order in which they are tried: the quick ones, or the others. */
export function trialOf(
  { mutant, quickMs }: Open,
  tests: readonly Learned[],
  areQuick = true,
): Trial {
  // A test may also take long because it waits.
  const isQuick = ({ ms, workMs }: Learned) => workMs < quickMs && ms < 10 * quickMs;
  const reaching = tests.filter((test) => isQuick(test) === areQuick && test.reached.has(mutant))
    .toSorted((one, other) => one.workMs - other.workMs);
  return { mutant, tests: reaching.map(({ test, ms }) => ({ test, ms })) };
}

/** Time after which a test that took `ms` counts as hanging: generous, since the machine may be busy. */
export function limitOf(ms: number): number {
  return 3_000 + 10 * ms;
}

/** Time after which a test file that is loaded with a mutant counts as hanging, in milliseconds. */
export const loadingLimitMs = 23_000;
