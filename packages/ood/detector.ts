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
import { type DetectorJSON, readDetector } from "./detector_json.ts";
import type { DetectorRecipe, FitContext, SourceDetectorRecipe } from "./detector_recipe.ts";
import { FittedDetector } from "./fitted_detector.ts";

/** Publication that a method comes from. */
export interface Citation {
  /** First author, or both authors if there are two. */
  readonly authors: string;
  /** Title of the paper. */
  readonly title: string;
  /** Year of publication. */
  readonly year: number;
  /** Address of the paper. */
  readonly url: string;
}

/** Options that every detector accepts. */
export interface FitOptions {
  /** Seed of the random choices in the fit, 0 by default. */
  readonly seed?: number;
  /** Cancels the fit. */
  readonly signal?: AbortSignal;
  /**
   * In-distribution rows that neither the classifier nor the detector was fitted on. Detectors use
   * them to standardise scores or to choose a size; without them, they set aside a tenth of the
   * training rows, which the classifier has seen.
   */
  readonly heldOut?: EvidenceLike;
}

/** Options of {@link Detector.score}. */
export interface ScoreOptions {
  /** Cancels the scoring. */
  readonly signal?: AbortSignal;
}

/** A fitted detector: gives high scores to in-distribution rows, and low scores to others. */
export interface Detector extends Disposable {
  /** Name of the kind of detector, as in {@link detectors}. */
  readonly name: string;
  /** The options it was fitted with, defaults included; those that followed from the data are absent. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Publication that the method comes from. */
  readonly cite: Citation;
  /**
   * Remarks of the fit, one sentence each: units dropped, sizes chosen, rules applied to small
   * layers.
   */
  readonly notes: readonly string[];
  /**
   * Names of the classes it was fitted on, in the order of the logits; absent if classes were given
   * as column numbers.
   */
  readonly classes?: readonly Label[];
  /**
   * Scores rows, high = in-distribution.
   *
   * @param evidence The parts that the kind names in `needs`, for n rows; labels are ignored.
   * Kinds that read sources ({@link DetectorKind.sources}) read one once, relative-mahalanobis
   * twice.
   * @param options `signal` cancels the scoring: at once while a source is read.
   * @returns One finite score per row, n numbers.
   * @throws {TypeError} If a part is missing or a source that the kind cannot read, or the detector
   * was disposed of.
   * @throws {RangeError} If a value is not finite or a shape differs from that of the training
   * evidence.
   * @throws The signal's reason, if it was aborted.
   */
  score(evidence: EvidenceLike, options?: ScoreOptions): Promise<Float64Array>;
  /**
   * Returns everything needed to score, for `JSON.stringify`; {@link detectorFromJSON} reads it.
   */
  toJSON(): DetectorJSON;
  /** Releases the fitted state; the detector cannot score or be written afterwards. */
  dispose(): void;
}

/**
 * A kind of detector: the function that fits one, with a description that is known before a fit, by
 * which lists and tables of kinds are made.
 */
export interface DetectorKind<Options extends object = object> {
  /**
   * Fits a detector of this kind.
   *
   * @param training In-distribution evidence with labels.
   * @param options The kind's own options, and {@link FitOptions}.
   * @throws {TypeError} If a part of the evidence is missing or a source that the kind cannot read,
   * or an option is unknown.
   * @throws {RangeError} If a value is not finite, shapes disagree, or an option is out of range.
   */
  (training: TrainingEvidenceLike, options?: Partial<Options> & FitOptions): Promise<Detector>;
  /** Short name, as in the field's tables. */
  readonly name: string;
  /** Name in words. */
  readonly title: string;
  /** Publication that the method comes from. */
  readonly cite: Citation;
  /** Parts of the evidence that it uses. */
  readonly needs: readonly EvidencePart[];
  /**
   * True if activations and inputs may be a `RowSource`: the kind is made of sums over rows, so it
   * is fitted to and scores rows that need not fit in memory. Blocks are put together so that the
   * detector and its scores are those of a matrix of the same rows, to the bit, however the source
   * is cut. Labels and scores, a number per row, are in memory.
   */
  readonly sources: boolean;
  /**
   * Its own options with their default values: undefined for those that follow from the data where
   * they are left out.
   */
  readonly defaults: Options;
  /**
   * Makes a detector of this kind from what its JSON holds; {@link detectorFromJSON} calls it.
   *
   * @param fields The JSON of a detector of this name.
   * @throws {TypeError} If a field is missing or of the wrong kind; the message names it.
   * @throws {RangeError} If a field has an invalid value; the message names it.
   * @throws {SyntaxError} If a part in a format of its own is damaged.
   */
  fromFields(fields: Readonly<Record<string, unknown>>): Detector;
}

/**
 * Makes a kind of detector from a fit, the shape of the fitted state, and a score. It adds the
 * checks of evidence, serialisation, disposal, and an error for scores that are not finite.
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
 * using detector = await firstLogit({ logits, activations: [], labels: Int32Array.of(0, 1) });
 * assert.deepEqual([...await detector.score({ logits, activations: [] })], [1, 3]);
 * ```
 *
 * @param recipe The definition of the detector.
 * @returns The kind, ready to be fitted and to be added to the registry.
 */
export function defineDetector<Options extends object, State>(
  recipe: DetectorRecipe<Options, State>,
): DetectorKind<Options> {
  // Without sources, all evidence is read into matrices.
  return kindOf({
    ...recipe,
    fit: (training, options, context) =>
      recipe.fit(training as TrainingEvidence, options, context as FitContext),
    score: (state, evidence, options) => recipe.score(state, evidence as Evidence, options),
  }, false);
}

/** Makes a kind of detector, as {@link defineDetector} does, that reads sources of rows, too. */
export function defineSourceDetector<Options extends object, State>(
  recipe: SourceDetectorRecipe<Options, State>,
): DetectorKind<Options> {
  return kindOf(recipe, true);
}

function kindOf<Options extends object, State>(
  recipe: SourceDetectorRecipe<Options, State>,
  sources: boolean,
): DetectorKind<Options> {
  const { name, title, cite, needs, defaults } = recipe;
  const fit = async (
    given: TrainingEvidenceLike,
    fitOptions?: Partial<Options> & FitOptions,
  ): Promise<Detector> => {
    const { seed = 0, signal, heldOut: aside, ...own } = optionsOf(recipe, fitOptions);
    throwIfAborted(signal);
    checkInteger(seed, "seed");
    const reading = { sources, signal };
    const [{ training, names }, heldOut] = await Promise.all([
      readTraining(given, needs, reading),
      aside === undefined
        ? undefined
        : readEvidence(aside, needs, { ...reading, given: "heldOut" }),
    ]);
    await ensureBackend();
    const options = { ...defaults, ...own };
    const notes: string[] = [];
    const context = { seed, signal, heldOut, note: (sentence: string) => notes.push(sentence) };
    throwIfAborted(signal);
    const state = checkFitted(recipe, await recipe.fit(training, options, context));
    throwIfAborted(signal);
    const all = { ...withoutUndefined(options), seed };
    return new FittedDetector(recipe, sources, { options: all, notes, state, classes: names });
  };
  // The name of a function cannot be assigned, only defined.
  Object.defineProperty(fit, "name", { value: name, enumerable: true });
  return Object.freeze(Object.assign(fit, {
    title,
    cite,
    needs,
    sources,
    defaults,
    fromFields: (fields: Readonly<Record<string, unknown>>): Detector =>
      new FittedDetector(recipe, sources, readDetector(recipe, fields)),
  }));
}

/** Returns the options with names checked and lists copied. */
function optionsOf<Options extends object, State>(
  { name, defaults }: SourceDetectorRecipe<Options, State>,
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

function withoutUndefined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Refuses a fitted state that could not be read back from JSON. */
function checkFitted<Options extends object, State>(
  { name, state }: SourceDetectorRecipe<Options, State>,
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
