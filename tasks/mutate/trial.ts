/**
 * The messages between the program and the process that runs a test file: a plan, read from a file,
 * and lines of JSON, written to another.
 */

/** The work of a process on a test file. */
export interface Plan {
  /** Test file, as an URL. */
  readonly test: string;
  /** File that the lines are written to. */
  readonly log: string;
  /** Mutants to try, one after the other; none to learn which tests reach which mutants. */
  readonly trials: readonly Trial[];
  /** True if the first mutant is switched on before the test file is loaded. */
  readonly whileLoading: boolean;
}

/** A mutant and the tests that it is tried with. */
export interface Trial {
  readonly mutant: string;
  /** Indices of tests in the order in which the file declares them, quickest first. */
  readonly tests: readonly number[];
  /** Time after which the mutant counts as noticed, in milliseconds. */
  readonly limitMs: number;
}

/** A line that a process writes. */
export type Line =
  /** Mutants reached before the first test. */
  | { readonly kind: "loaded"; readonly reached: readonly string[]; readonly tests: number }
  /** A test without a mutant. */
  | {
    readonly kind: "test";
    readonly test: number;
    readonly name: string;
    readonly ms: number;
    readonly failed: boolean;
    readonly reached: readonly string[];
  }
  | { readonly kind: "begin"; readonly mutant: string; readonly limitMs: number }
  | { readonly kind: "noticed"; readonly mutant: string; readonly by: string }
  | { readonly kind: "survived"; readonly mutant: string }
  /** A test fails without the mutant as well, after it failed with it: nothing more can be said in this process. */
  | { readonly kind: "spoiled"; readonly mutant: string; readonly by: string }
  | { readonly kind: "end" };
