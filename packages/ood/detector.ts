import {
  checkInteger,
  ensureBackend,
  givenOptions,
  type Label,
  type OptionNames,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import {
  type Evidence,
  type EvidenceLike,
  type EvidencePart,
  readEvidence,
  readTraining,
  type TrainingEvidence,
  type TrainingEvidenceLike,
} from "./evidence.ts";
import {
  type DetectorJSON,
  readDetector,
  type StoredDetector,
  writeDetector,
} from "./detector_json.ts";
import type { StateShape } from "./state/mod.ts";

/** Where a method comes from. */
export interface Citation {
  /** First author, or both of two. */
  readonly authors: string;
  /** Title of the paper. */
  readonly title: string;
  /** Year of publication. */
  readonly year: number;
  /** Where to read it. */
  readonly url: string;
}

/** Options that every detector takes. */
export interface FitOptions {
  /** Seed of whatever is random in the fit, 0 unless given. */
  readonly seed?: number;
  /** Cancels the fit. */
  readonly signal?: AbortSignal;
  /**
   * In-distribution rows that neither the classifier nor the detector was fitted on. Detectors that standardise scores
   * or choose a size use them; without them they put aside a tenth of the training rows, which the classifier has seen.
   */
  readonly heldOut?: EvidenceLike;
}

/** A fitted detector: tells in-distribution rows (high scores) from others (low scores). */
export interface Detector {
  /** Name of the kind of detector, as in the registry. */
  readonly name: string;
  /** The options it was fitted with, defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Where the method comes from. */
  readonly cite: Citation;
  /** What the fit had to report: units dropped, sizes chosen, rules applied to small layers. One sentence each. */
  readonly notes: readonly string[];
  /** The labels of the classes it was fitted on, in the order of the logits, where they are not their numbers. */
  readonly classes?: readonly Label[];
  /**
   * Scores rows, high = in-distribution.
   *
   * @param evidence The parts named by the kind's `needs`, for n rows; labels are never looked at.
   * @returns n finite numbers.
   * @throws {TypeError} If a part is missing, or the detector was disposed of.
   * @throws {RangeError} If a value is not finite or a shape differs from the one fitted on.
   */
  score(evidence: EvidenceLike): Promise<Float64Array>;
  /** Everything needed to score, for `JSON.stringify`; {@link detectorFromJSON} reads it back. */
  toJSON(): DetectorJSON;
  /** Lets go of what was fitted; the detector cannot score afterwards. */
  [Symbol.dispose](): void;
}

/** A kind of detector: what can be said about it before it is fitted, and how to fit it. */
export interface DetectorKind<Options extends object = object> {
  /** Short name, as in the field's tables. */
  readonly name: string;
  /** Name in words. */
  readonly title: string;
  /** Where the method comes from. */
  readonly cite: Citation;
  /** The parts of the evidence it looks at. */
  readonly needs: readonly EvidencePart[];
  /** Its own options, with the values they have unless given. */
  readonly defaults: Options;
  /**
   * Fits a detector.
   *
   * @param training In-distribution evidence with labels.
   * @param options The kind's own options, and {@link FitOptions}.
   * @throws {TypeError} If a part of the evidence is missing, or an option is unknown.
   * @throws {RangeError} If a value is not finite, shapes disagree, or an option is out of its range.
   */
  fit(training: TrainingEvidenceLike, options?: Partial<Options> & FitOptions): Promise<Detector>;
  /**
   * Rebuilds a detector of this kind from its JSON.
   *
   * @throws {SyntaxError} If it is no detector of this kind, or damaged.
   * @throws {TypeError} If a field is missing or of the wrong kind; the message names it.
   * @throws {RangeError} If a field holds what it cannot; the message names it.
   */
  restore(json: DetectorJSON): Detector;
}

/** What a fit is given beside the evidence and the kind's own options. */
export interface FitContext {
  /** Seed of whatever is random. */
  readonly seed: number;
  /** Cancels the fit. */
  readonly signal?: AbortSignal;
  /** In-distribution rows put aside by the caller, checked. */
  readonly heldOut?: Evidence;
  /** Reports one sentence, kept in {@link Detector.notes}. */
  note(sentence: string): void;
}

/** What the author of a detector writes, see {@link defineDetector}. */
export interface DetectorRecipe<Options extends object, State> {
  /** Short name, as in the field's tables. */
  readonly name: string;
  /** Name in words. */
  readonly title: string;
  /** Where the method comes from. */
  readonly cite: Citation;
  /** The parts of the evidence it looks at. */
  readonly needs: readonly EvidencePart[];
  /** Its own options, with the values they have unless given. */
  readonly defaults: Options;
  /** What `fit` returns, field by field: plain data (numbers, typed arrays, lists and objects of them); JSON that differs is refused. */
  readonly state: StateShape<State>;
  /** Fits on checked evidence; returns what `state` describes. */
  fit(training: TrainingEvidence, options: Options, context: FitContext): State | Promise<State>;
  /** Scores checked evidence, high = in-distribution. */
  score(state: State, evidence: Evidence): Float64Array | Promise<Float64Array>;
}

/**
 * Makes a kind of detector from how it fits, what that gives, and how it scores. Checking evidence, serialising, disposing and refusing
 * scores that are not finite come with it.
 *
 * @example The distance to the mean of the logits
 * ```ts
 * import { defineDetector, state } from "@mixtape/ood";
 * import assert from "node:assert/strict";
 *
 * const firstLogit = defineDetector({
 *   name: "first-logit",
 *   title: "First logit",
 *   cite: { authors: "Nobody", title: "An example", year: 2026, url: "https://example.org" },
 *   needs: ["logits"],
 *   defaults: { sign: 1 },
 *   state: state.record({ sign: state.number() }),
 *   fit: (_training, { sign }) => ({ sign }),
 *   score: ({ sign }, { logits: { values, shape: [n, classes] } }) =>
 *     Float64Array.from({ length: n }, (_, i) => sign * values[i * classes]),
 * });
 * const logits = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] as const };
 * using detector = await firstLogit.fit({ logits, activations: [], labels: Int32Array.of(0, 1) });
 * assert.deepEqual([...await detector.score({ logits, activations: [] })], [1, 3]);
 * ```
 *
 * @param recipe How the detector fits and scores, and what it holds.
 * @returns The kind, ready to be fitted and to be added to the registry.
 */
export function defineDetector<Options extends object, State>(
  recipe: DetectorRecipe<Options, State>,
): DetectorKind<Options> {
  const { name, title, cite, needs, defaults } = recipe;
  return {
    name,
    title,
    cite,
    needs,
    defaults,
    async fit(given, fitOptions): Promise<Detector> {
      const { seed = 0, signal, heldOut: aside, ...own } = optionsOf(recipe, fitOptions);
      throwIfAborted(signal);
      checkInteger(seed, "seed");
      const [{ training, names }, heldOut] = await Promise.all([
        readTraining(given, needs),
        aside && readEvidence(aside, needs),
      ]);
      await ensureBackend();
      const options = { ...defaults, ...own };
      const notes: string[] = [];
      const context = { seed, signal, heldOut, note: (sentence: string) => notes.push(sentence) };
      const state = checkFitted(recipe, await recipe.fit(training, options, context));
      const all = { ...options, seed };
      return new FittedDetector(recipe, { options: all, notes, state, classes: names });
    },
    restore(json): Detector {
      return new FittedDetector(recipe, readDetector(recipe, json));
    },
  };
}

/** Options that were checked by name, with lists copied. */
function optionsOf<Options extends object, State>(
  { name, defaults }: DetectorRecipe<Options, State>,
  options: Partial<Options> & FitOptions | undefined,
): Partial<Options> & FitOptions {
  const names = { ...defaults, seed: true, signal: true, heldOut: true } as object;
  const given = givenOptions(options, names as OptionNames<Partial<Options> & FitOptions>, name);
  const copied = Object.entries(given).map(([option, value]) => [
    option,
    Array.isArray(value) ? [...value] : value,
  ]);
  return Object.fromEntries(copied);
}

/** What could not be read back from JSON is not handed out. */
function checkFitted<Options extends object, State>(
  { name, state }: DetectorRecipe<Options, State>,
  fitted: State,
): State {
  try {
    return state.check(fitted, "state", new Map());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = `its values leave what float64 can hold (${error.message})`;
    throw new RangeError(`Cannot fit ${name}: ${problem}, smaller activations are needed`, {
      cause: error,
    });
  }
}

class FittedDetector<Options extends object, State> implements Detector {
  readonly options: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  readonly classes?: readonly Label[];
  readonly #recipe: DetectorRecipe<Options, State>;
  #state: State | undefined;

  constructor(
    recipe: DetectorRecipe<Options, State>,
    { options, notes, classes, state }: StoredDetector<State>,
  ) {
    this.#recipe = recipe;
    this.#state = state;
    this.options = { ...options };
    this.notes = [...notes];
    if (classes) this.classes = Object.freeze([...classes]);
  }

  get name(): string {
    return this.#recipe.name;
  }

  get cite(): Citation {
    return this.#recipe.cite;
  }

  async score(given: EvidenceLike): Promise<Float64Array> {
    const state = this.#alive();
    const evidence = await readEvidence(given, this.#recipe.needs);
    await ensureBackend();
    const scores = await this.#recipe.score(state, evidence);
    const bad = scores.findIndex((score) => !Number.isFinite(score));
    if (bad === -1) return scores;
    throw new RangeError(
      `Cannot score row ${bad} by ${this.name}: the score is ${
        scores[bad]
      }, its activations are too large for float64`,
    );
  }

  toJSON(): DetectorJSON {
    const { options, notes, classes } = this;
    return writeDetector(this.name, { options, notes, classes, state: this.#alive() });
  }

  [Symbol.dispose](): void {
    this.#state = undefined;
  }

  #alive(): State {
    if (this.#state !== undefined) return this.#state;
    throw new TypeError(`Cannot use the ${this.name} detector: it was disposed of`);
  }
}
