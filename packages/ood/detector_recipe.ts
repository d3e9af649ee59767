import type { Citation, ScoreOptions } from "./detector.ts";
import type {
  Evidence,
  EvidencePart,
  EvidenceRows,
  TrainingEvidence,
  TrainingRows,
} from "./evidence.ts";
import type { StateShape } from "./state/mod.ts";

/** Inputs of a fit besides the evidence and the kind's own options. */
export interface FitContext<Rows = Evidence> {
  /** Seed of the random choices. */
  readonly seed: number;
  /** Cancels the fit. */
  readonly signal?: AbortSignal;
  /** In-distribution rows set aside by the caller, checked. */
  readonly heldOut?: Rows;
  /** Adds one sentence to {@link Detector.notes}. */
  note(sentence: string): void;
}

/**
 * Definition of a kind of detector, as its author writes it for {@link defineDetector}. `Rows` and `Training` are the
 * types of the evidence that it scores and is fitted on.
 */
export interface DetectorRecipe<
  Options extends object,
  State,
  Rows = Evidence,
  Training = TrainingEvidence,
> {
  /** Short name, as in the field's tables. */
  readonly name: string;
  /** Name in words. */
  readonly title: string;
  /** Publication that the method comes from. */
  readonly cite: Citation;
  /** Parts of the evidence that it uses. */
  readonly needs: readonly EvidencePart[];
  /**
   * Its own options with their default values: undefined for those that follow from the data.
   */
  readonly defaults: Options;
  /**
   * For each default that is undefined, a value as an example: those that JSON holds must be of its
   * kind.
   */
  readonly derived?: Partial<Options>;
  /**
   * Shape of the result of `fit`, field by field: plain data (numbers, typed arrays, lists and
   * objects of them), and models that have `toJSON`. Results and JSON of any other shape are refused.
   */
  readonly state: StateShape<State>;
  /** Fits on checked evidence; returns the fitted state, which `state` describes. */
  fit(training: Training, options: Options, context: FitContext<Rows>): State | Promise<State>;
  /**
   * True if `score` computes each row by itself, without kernels: of many rows it is then given some
   * at a time, and the event loop turns between; false by default.
   */
  readonly byRow?: boolean;
  /** Scores checked evidence, high = in-distribution; should heed the signal where it takes long. */
  score(
    state: State,
    evidence: Rows,
    options: ScoreOptions,
  ): Float64Array | Promise<Float64Array>;
}

/** Definition of a kind of detector that reads rows block by block where they are a source, and checks them then. */
export type SourceDetectorRecipe<Options extends object, State> = DetectorRecipe<
  Options,
  State,
  EvidenceRows,
  TrainingRows
>;
