import type {
  MatrixValues,
  MixtureAttributes,
  MixtureMoments,
  MixturePasses,
  MixtureStepOptions,
  MixtureTerms,
} from "@mixtape/operations";
import { Gpu } from "../gpu.ts";
import type { NamedCall } from "../kernel.ts";
import type { Score } from "../kernels/mixture/scores.ts";
import { columnsOf, type MixtureColumns, type MixtureSizes, sizesOf } from "./mixture/layout.ts";
import { MixtureRows } from "./mixture/mixture_rows.ts";
import { scoreRows } from "./mixture/score_rows.ts";
import { StepBuffers } from "./mixture/step_buffers.ts";
import { plus } from "./mixture/sums.ts";
import { isNear, isWithin } from "./mixture/terms.ts";
import { onProcessor } from "./processor.ts";
import { isSmallMixtureStep } from "./small_problems.ts";

/** Densities of at most e to this of a row's largest count as 0 in a step, as in `simd`. */
const LEAST_EXPONENT = -28;
/** The same for a step in which a component rests on little. */
const CAREFUL_EXPONENT = -120;

/**
 * Passes of expectation-maximisation in float64 on rows that stay on the device. What kernels cannot
 * take goes to the processor: rows and mixtures that overflow squares, and more columns and
 * components than a thread has turns for. Either depends on the row and the mixture alone, so that
 * a row gets the same bits in any company; whether a step is small, which depends on the number of
 * rows, moves no scores.
 */
class WebGpuMixture implements MixturePasses {
  readonly #gpu: Gpu;
  readonly #attrs: MixtureAttributes;
  readonly #columns: MixtureColumns;
  readonly #leavesSmall: boolean;
  #uploaded: MixtureRows | undefined;
  #steps: StepBuffers | undefined;
  #all: MixturePasses | undefined;
  #distant: MixturePasses | undefined;
  #isOpen = true;
  /** Ends when the call before does: passes share buffers. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(gpu: Gpu, attrs: MixtureAttributes, leavesSmall: boolean) {
    this.#gpu = gpu;
    this.#attrs = attrs;
    this.#leavesSmall = leavesSmall;
    this.#columns = columnsOf(attrs.columns, attrs.shape);
  }

  moments(given: MatrixValues, about: Float64Array): Promise<MixtureMoments> {
    return this.#inTurn(() => this.#moments(given, about));
  }

  step(terms: MixtureTerms, options: Required<MixtureStepOptions>): Promise<MixtureMoments> {
    return this.#inTurn(() => this.#step(terms, options));
  }

  logDensity(terms: MixtureTerms): Promise<Float64Array> {
    return this.#inTurn(() => {
      return this.#score("densities", terms, 1, (passes) => passes.logDensity(terms));
    });
  }

  responsibilities(terms: MixtureTerms): Promise<Float64Array> {
    return this.#inTurn(() => {
      const { k } = terms;
      return this.#score("responsibilities", terms, k, (passes) => passes.responsibilities(terms));
    });
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const parts = [this.#uploaded, this.#steps, this.#all, this.#distant];
    parts.forEach((part) => part?.[Symbol.dispose]());
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#turn;
    const own = before.then(() => {
      this.#check();
      return work();
    });
    this.#turn = own.catch(() => {});
    return await own;
  }

  async #moments(given: MatrixValues, about: Float64Array): Promise<MixtureMoments> {
    const sizes = this.#sizes(about.length / this.#attrs.columns);
    if (!this.#takes(sizes) || !about.every(isNear)) {
      return await this.#onProcessor().moments(given, about);
    }
    const check = () => this.#check();
    const found = await this.#stepsOf(sizes).run({ given, about, least: 0 }, check);
    const { distant } = this.#rows;
    if (distant.length === 0) return found;
    const { k } = sizes;
    const their = new Float64Array(distant.length * k);
    distant.forEach((row, at) => their.set(given.subarray(row * k, row * k + k), at * k));
    return plus(found, await this.#distantRows().moments(their, about));
  }

  async #step(
    terms: MixtureTerms,
    options: Required<MixtureStepOptions>,
  ): Promise<MixtureMoments> {
    const { about, careful } = options;
    const sizes = this.#sizes(terms.k);
    if (!this.#takes(sizes) || !isWithin(terms) || !about.every(isNear)) {
      return await this.#onProcessor().step(terms, options);
    }
    const least = careful ? CAREFUL_EXPONENT : LEAST_EXPONENT;
    const found = await this.#stepsOf(sizes).run({ terms, about, least }, () => this.#check());
    if (this.#rows.distant.length === 0) return found;
    return plus(found, await this.#distantRows().step(terms, options));
  }

  async #score(
    score: Score,
    terms: MixtureTerms,
    width: number,
    onProcessor: (passes: MixturePasses) => Promise<Float64Array> | Float64Array,
  ): Promise<Float64Array> {
    const sizes = this.#sizes(terms.k);
    if (!sizes.isScored || !isWithin(terms)) return await onProcessor(this.#onProcessor());
    const all = new Float64Array(this.#attrs.rows * width);
    await scoreRows(this.#gpu, this.#rows, sizes, terms, score, all, () => this.#check());
    const { distant } = this.#rows;
    if (distant.length === 0) return all;
    const their = await onProcessor(this.#distantRows());
    distant.forEach((row, at) => {
      all.set(their.subarray(at * width, at * width + width), row * width);
    });
    return all;
  }

  /** The rows on the device, from the first pass on that needs them. */
  get #rows(): MixtureRows {
    return this.#uploaded ??= new MixtureRows(this.#gpu, this.#attrs, this.#columns);
  }

  /** Returns true if kernels take steps of a size. */
  #takes({ k, mostBlocks, mostWorkers }: MixtureSizes): boolean {
    if (this.#leavesSmall && isSmallMixtureStep(this.#attrs, k)) return false;
    return mostBlocks * mostWorkers > 0;
  }

  #sizes(k: number): MixtureSizes {
    return sizesOf(this.#columns, k, this.#gpu.mostBytes);
  }

  #stepsOf(sizes: MixtureSizes): StepBuffers {
    if (this.#steps?.sizes.k !== sizes.k) {
      this.#steps?.[Symbol.dispose]();
      this.#steps = undefined;
    }
    return this.#steps ??= new StepBuffers(this.#gpu, this.#rows, sizes);
  }

  /** All rows on the processor. */
  #onProcessor(): MixturePasses {
    const reason = "a mixture of such columns and components, or with such numbers, is beyond it";
    return this.#all ??= onProcessor("MixtapeMixture", this.#attrs, reason);
  }

  /** The rows that kernels skip, on the processor. */
  #distantRows(): MixturePasses {
    const { values, columns } = this.#attrs;
    const { distant } = this.#rows;
    const their = new Float64Array(distant.length * columns);
    distant.forEach((row, at) => {
      their.set(values.subarray(row * columns, (row + 1) * columns), at * columns);
    });
    const attrs = { ...this.#attrs, values: their, rows: distant.length };
    const reason = "squares of some rows could overflow";
    return this.#distant ??= onProcessor("MixtapeMixture", attrs, reason);
  }

  #check(): void {
    this.#attrs.signal?.throwIfAborted();
    if (this.#isOpen) return;
    throw new TypeError("Cannot use a session: it was disposed of, open another one");
  }
}

/** Opens the passes of expectation-maximisation on data. */
export function openMixture({ attrs, backend }: NamedCall<"MixtapeMixture">): MixturePasses {
  return new WebGpuMixture(new Gpu(backend), attrs, backend.leavesSmall);
}
