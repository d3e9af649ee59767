import {
  ensureBackend,
  FittedModel,
  givenOptions,
  type Label,
  pacer,
  releaseOpened,
  type Rows,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import type { Citation, Detector, ScoreOptions } from "./detector.ts";
import type { SourceDetectorRecipe } from "./detector_recipe.ts";
import { type DetectorJSON, type StoredDetector, writeDetector } from "./detector_json.ts";
import { type Evidence, type EvidenceLike, type EvidenceRows, readEvidence } from "./evidence.ts";
import { evidencePieces } from "./evidence_pieces.ts";

/** A detector of any kind, by the recipe of the kind and the fitted state. */
export class FittedDetector<Options extends object, State> extends FittedModel implements Detector {
  readonly options: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  readonly classes?: readonly Label[];
  readonly #recipe: SourceDetectorRecipe<Options, State>;
  readonly #sources: boolean;
  #state: State | undefined;

  constructor(
    recipe: SourceDetectorRecipe<Options, State>,
    sources: boolean,
    { options, notes, classes, state }: StoredDetector<State>,
  ) {
    super(`${recipe.name} detector`);
    this.#recipe = recipe;
    this.#sources = sources;
    this.#state = state;
    this.options = Object.freeze({ ...options });
    this.notes = Object.freeze([...notes]);
    if (classes) this.classes = Object.freeze([...classes]);
    Object.freeze(this);
  }

  get name(): string {
    return this.#recipe.name;
  }

  get cite(): Citation {
    return this.#recipe.cite;
  }

  async score(given: EvidenceLike, options?: ScoreOptions): Promise<Float64Array> {
    const state = this.#alive();
    const { signal } = givenOptions(options, { signal: true }, `${this.name}.score`);
    throwIfAborted(signal);
    const opened: Promise<Rows>[] = [];
    const reading = { sources: this.#sources, signal, opened };
    try {
      const evidence = await readEvidence(given, this.#recipe.needs, reading);
      return this.#checked(await this.#score(state, evidence, signal));
    } finally {
      await releaseOpened(opened);
    }
  }

  async #score(
    state: State,
    evidence: EvidenceRows,
    signal?: AbortSignal,
  ): Promise<Float64Array> {
    await ensureBackend();
    throwIfAborted(signal);
    // Kinds that read sources do not score by row.
    const scores = this.#recipe.byRow
      ? await this.#scoreInPieces(state, evidence as Evidence, signal)
      : await this.#recipe.score(state, evidence, { signal });
    throwIfAborted(signal);
    return scores;
  }

  async #scoreInPieces(
    state: State,
    evidence: Evidence,
    signal?: AbortSignal,
  ): Promise<Float64Array> {
    const scores = new Float64Array(evidence.logits.shape[0]);
    const pace = pacer(signal);
    let row = 0;
    for (const piece of evidencePieces(evidence)) {
      await pace();
      scores.set(await this.#recipe.score(state, piece, { signal }), row);
      row += piece.logits.shape[0];
    }
    return scores;
  }

  #checked(scores: Float64Array): Float64Array {
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

  override dispose(): void {
    super.dispose();
    this.#state = undefined;
  }

  #alive(): State {
    this.checkUsable();
    return this.#state!;
  }
}
