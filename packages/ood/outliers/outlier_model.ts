import type { SampleOptions } from "@mixtape/mixture";
import {
  type Abortable,
  checkInteger,
  ensureBackend,
  FittedModel,
  type Float64Matrix,
  givenOptions,
  givenSignal,
  hostMatrix,
  inPieces,
  type MatrixLike,
  pacer,
  pieceSize,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { countAtMost } from "../calibration/count_at_most.ts";
import { type ColumnScaling, logVolumeOf, PACED, scaleColumns } from "./column_scaling.ts";
import { conditionalColumns } from "./conditional_columns.ts";
import { type OutlierModelJSON, writeOutlierModel } from "./outlier_model_json.ts";
import { type FittedStack, logDensityOf } from "./stacked_mixture.ts";

/** The columns that make rows odd, each matrix of shape [n, d]. */
export interface Contributions {
  /**
   * Nats that the entry costs its row: ½·((x − expected) / deviation)², by which the log-density of
   * the row's component rises if the entry is replaced by the expected one.
   */
  readonly nats: Float64Matrix;
  /** Mean of the entry given the other columns of the row, in the units of the column. */
  readonly expected: Float64Matrix;
  /** Standard deviation of the entry given the other columns, in the units of the column. */
  readonly deviations: Float64Matrix;
}

/** Options of {@link OutlierModel.contributions}. */
export interface ContributionOptions extends Abortable {
  /** Number of a fold, from 0: the mixture that was fitted without it counts; that of all rows by default. */
  readonly withoutFold?: number;
}

/** A fitted density of ordinary rows, from `outlierDetector`; immutable. */
export class OutlierModel extends FittedModel {
  readonly #scaling: ColumnScaling;
  readonly #stack: FittedStack;
  readonly #logVolume: number;

  /**
   * Wraps the outcome of a fit. To make a model, call `outlierDetector` or `outlierModelFromJSON`.
   *
   * @param scaling Means and deviations of the columns.
   * @param stack The mixtures.
   */
  constructor(scaling: ColumnScaling, stack: FittedStack) {
    super("outlier model");
    this.#scaling = scaling;
    this.#stack = stack;
    this.#logVolume = logVolumeOf(scaling);
    Object.freeze(this);
  }

  /** Number of columns d. */
  get dimensions(): number {
    return this.#stack.all.dimensions;
  }

  /** Number of rows that p-values compare with; the smallest p-value is 1 / (rows + 1). */
  get rows(): number {
    return this.#stack.heldOut.reduce((sum, { length }) => sum + length, 0);
  }

  /**
   * Log-densities of the fitted rows, each under the mixture of the other folds, in nats, fold after
   * fold and ascending in each.
   */
  get heldOutLogDensity(): Float64Array {
    return Float64Array.from(
      this.#stack.heldOut.flatMap((densities) => [...densities]),
      (density) => density - this.#logVolume,
    );
  }

  /**
   * Returns the log-density of each row: the lower, the odder.
   *
   * @param x Rows, shape [n, d], finite.
   * @param options A signal that aborts the work.
   * @returns Finite numbers, length n, in nats, of a density in the units of the columns.
   * @throws {RangeError} If the number of columns differs, or a value is not finite.
   */
  async score(x: MatrixLike, options?: Abortable): Promise<Float64Array> {
    const signal = givenSignal(options, "score");
    const densities = await logDensityOf(this.#stack.all, await this.#scaled(x, signal), signal);
    return densities.map((density) => Math.max(density - this.#logVolume, -Number.MAX_VALUE));
  }

  /**
   * Returns the log-density of rows that were not fitted on the scale of that of the fitted rows out of fold: the mean
   * over the mixtures of the folds, which were fitted on fewer rows than the one of `score`.
   *
   * @param x Rows, shape [n, d], finite.
   * @param options A signal that aborts the work.
   * @returns Finite numbers, length n, in nats, of a density in the units of the columns.
   * @throws {RangeError} If the number of columns differs, or a value is not finite.
   */
  async heldOutScore(x: MatrixLike, options?: Abortable): Promise<Float64Array> {
    const signal = givenSignal(options, "heldOutScore");
    const scaled = await this.#scaled(x, signal);
    const { withoutFold } = this.#stack;
    const means = new Float64Array(scaled.shape[0]);
    for (const model of withoutFold) {
      const densities = await logDensityOf(model, scaled, signal);
      densities.forEach((density, row) => means[row] += density / withoutFold.length);
    }
    return means.map((mean) => Math.max(mean - this.#logVolume, -Number.MAX_VALUE));
  }

  /**
   * Draws rows from the density.
   *
   * @param n Number of rows, at least 1.
   * @param options Seed of the draws, and a signal that aborts the work.
   * @returns The rows, shape [n, d], in the units of the columns.
   * @throws {RangeError} If `n` is not a whole number from 1.
   */
  async sample(n: number, options?: SampleOptions): Promise<Float64Matrix> {
    this.checkUsable();
    const { means, deviations } = this.#scaling;
    const { x } = await this.#stack.all.sample(n, options);
    const { values, shape: [, d] } = x;
    await inPieces(n, pieceSize(d), (start, end) => {
      for (let i = start; i < end; i++) {
        for (let j = 0, at = i * d; j < d; j++, at++) {
          values[at] = means[j] + values[at] * deviations[j];
        }
      }
    }, options?.signal);
    return x;
  }

  /**
   * Returns cross-conformal p-values of rows that were not fitted: every fitted row is compared with
   * the new one under the mixture of the folds that neither belongs to. P(p ≤ α) is about α for an
   * ordinary row, whatever the density, and at most about 2α; `benjaminiHochberg` takes them.
   *
   * A file cannot be tested against itself: p-values of the fitted rows are too high to be discovered.
   *
   * @param x Rows, shape [n, d], finite.
   * @param options A signal that aborts the work.
   * @returns One p-value per row, from 1 / (rows + 1) to 1; low = odd.
   * @throws {RangeError} If the number of columns differs, or a value is not finite.
   * @see Vovk (2015), https://doi.org/10.1007/s10472-013-9368-4
   */
  async pValues(x: MatrixLike, options?: Abortable): Promise<Float64Array> {
    const signal = givenSignal(options, "pValues");
    const scaled = await this.#scaled(x, signal);
    const { withoutFold, heldOut } = this.#stack;
    const counts = new Float64Array(scaled.shape[0]).fill(1);
    for (const [f, model] of withoutFold.entries()) {
      const densities = await logDensityOf(model, scaled, signal);
      await inPieces(densities.length, pieceSize(32), (start, end) => {
        for (let row = start; row < end; row++) {
          counts[row] += countAtMost(heldOut[f], densities[row]);
        }
      }, signal);
    }
    const rows = this.rows;
    return counts.map((count) => count / (rows + 1));
  }

  /**
   * Tells for each entry how much it makes its row odd, given the other columns.
   *
   * @param x Rows, shape [n, d], finite.
   * @param options Fold without which the density counts, and a signal that aborts the work.
   * @returns Costs in nats, and what was expected instead.
   * @throws {RangeError} If the number of columns differs, a value is not finite, or there is no such fold.
   */
  async contributions(x: MatrixLike, options?: ContributionOptions): Promise<Contributions> {
    const names = { withoutFold: true, signal: true } as const;
    const { withoutFold, signal } = givenOptions(options, names, "contributions");
    throwIfAborted(signal);
    const models = this.#stack.withoutFold;
    const model = withoutFold === undefined
      ? this.#stack.all
      : models[checkInteger(withoutFold, "withoutFold", { min: 0, max: models.length - 1 })];
    const { values, shape } = await this.#scaled(x, signal);
    const { means, deviations: scales } = this.#scaling;
    const d = shape[1];
    const { expected, deviations } = await conditionalColumns(model, { values, shape }, signal);
    const nats = new Float64Array(values.length);
    const pace = pacer(signal);
    for (let at = 0; at < values.length; at++) {
      if (at % PACED === 0) await pace();
      const j = at % d;
      nats[at] = ((values[at] - expected[at]) / deviations[at]) ** 2 / 2;
      expected[at] = means[j] + expected[at] * scales[j];
      deviations[at] *= scales[j];
    }
    return {
      nats: { values: nats, shape },
      expected: { values: expected, shape },
      deviations: { values: deviations, shape },
    };
  }

  /** Returns the model as plain data, for `JSON.stringify`; {@link outlierModelFromJSON} reads it. */
  toJSON(): OutlierModelJSON {
    this.checkUsable();
    return writeOutlierModel(this.#scaling, this.#stack);
  }

  async #scaled(x: MatrixLike, signal?: AbortSignal): Promise<Float64Matrix> {
    this.checkUsable();
    const data = await hostMatrix(x, "x", { columns: this.dimensions }, signal);
    await ensureBackend();
    return await scaleColumns(data, this.#scaling, signal);
  }
}
