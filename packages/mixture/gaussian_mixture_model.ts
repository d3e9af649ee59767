import {
  type Abortable,
  counted,
  disposing,
  ensureBackend,
  FittedModel,
  type Float64Matrix,
  givenOptions,
  givenSignal,
  type HostMatrix,
  hostMatrix,
  inPieces,
  isReader,
  type JupyterBundle,
  jupyterCentres,
  jupyterDisplay,
  type MatrixLike,
  type MixtureCovariance,
  type MixtureFactors,
  type MixtureSession,
  openMixture,
  openPlacedRows,
  pieceSize,
  releasing,
  type RowsLike,
} from "@mixtape/tensor-utils";
import { covarianceAxes, type Covariances } from "./covariance_array.ts";
import { factorizeInTurns } from "./factors.ts";
import type { MixtureContents } from "./fitted_mixture.ts";
import { type GaussianMixtureJSON, writeModelJSON } from "./model_json.ts";
import { type CheckedParameters, freeParameters, type MixtureParameters } from "./parameters.ts";
import { type MixtureSample, sampleMixture, type SampleOptions } from "./sampling.ts";

/** A fitted Gaussian mixture with k components in d dimensions; immutable, its numbers in float64. */
export class GaussianMixtureModel extends FittedModel implements MixtureParameters {
  /** Number of components k. */
  readonly components: number;
  /** Number of dimensions d. */
  readonly dimensions: number;
  /** Shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Weights of the components, length k, with sum 1. */
  readonly weights: Float64Array;
  /** Means of the components, shape [k, d]. */
  readonly means: Float64Matrix;
  /**
   * Covariances, in units of the data squared: of shape [k, d, d] for full, [d, d] for tied, [k, d] for diagonal,
   * [d] for tied-diagonal, [k] for spherical.
   */
  readonly covariances: Covariances;
  /**
   * Mean log-likelihood of the training rows at the last E-step, one M-step before the final parameters, in nats
   * per row; that of the start if `maxIterations` was 0.
   */
  readonly lowerBound: number;
  /** Mean log-likelihood at the E-step of each iteration. */
  readonly lowerBoundHistory: Float64Array;
  /** Number of iterations of the fit. */
  readonly iterations: number;
  /** True if the fit met its tolerance. */
  readonly converged: boolean;
  /** Remarks on the fit, such as that regularization makes up much of a variance; often none. */
  readonly notes: readonly string[];

  readonly #parameters: CheckedParameters;
  #factors: MixtureFactors | undefined;

  /**
   * Wraps the outcome of a fit. To make a model, call `gaussianMixture` or `gaussianMixtureFromJSON`.
   *
   * @param outcome The outcome of the fit.
   */
  constructor(
    { parameters, factors, lowerBound, lowerBoundHistory, converged, notes }: MixtureContents,
  ) {
    super("Gaussian mixture");
    const { components: k, dimensions: d, covariance, weights, means, covariances } = parameters;
    this.components = k;
    this.dimensions = d;
    this.covariance = covariance;
    this.weights = weights;
    this.means = { values: means, shape: [k, d] };
    this.covariances = { values: covariances, shape: covarianceAxes(covariance, k, d) };
    this.lowerBoundHistory = lowerBoundHistory;
    this.lowerBound = lowerBound;
    this.iterations = lowerBoundHistory.length;
    this.converged = converged;
    this.notes = Object.freeze([...notes]);
    this.#parameters = parameters;
    this.#factors = factors;
    Object.freeze(this);
  }

  /** Returns weights and means as a table for a notebook: of many means, those that differ most between components. */
  [jupyterDisplay](): JupyterBundle {
    const { components, covariance, weights, means, iterations } = this;
    return jupyterCentres({
      caption:
        `Gaussian mixture: ${counted(components, "component")}, ${covariance} covariances, ` +
        `mean log-likelihood ${this.lowerBound.toPrecision(6)}, ` +
        `${counted(iterations, "iteration")}${this.converged ? "" : ", not converged"}`,
      part: "component",
      size: "weight",
      sizes: weights,
      coordinate: "mean",
      centres: means,
    });
  }

  /**
   * Returns the log-density of each row, higher where the model expects data.
   *
   * @param x Data, shape [n, d], finite, or a source of blocks of them, of which one is in memory.
   * @param options A signal that aborts the work.
   * @returns log p(x) of each row, length n, in nats; bit for bit the same whichever rows are scored with it.
   * −Infinity where it is out of the range of float64, some 1e154 standard deviations away.
   */
  async logDensity(x: RowsLike, options?: Abortable): Promise<Float64Array> {
    const signal = givenSignal(options, "logDensity");
    return await this.#perRow(
      x,
      signal,
      (rows) => new Float64Array(rows),
      async (session) => await session.logDensity(await this.#factorized(signal)),
    );
  }

  /**
   * Returns the probability of each component, given the row.
   *
   * @param x Data, shape [n, d], finite; of a source, a block at a time.
   * @param options A signal that aborts the work.
   * @returns Responsibilities, shape [n, k], each row with sum 1.
   */
  async responsibilities(x: MatrixLike, options?: Abortable): Promise<Float64Matrix> {
    const signal = givenSignal(options, "responsibilities");
    const values = await disposing(
      await this.#open(x, signal),
      async (session) => await session.responsibilities(await this.#factorized(signal)),
    );
    return { values, shape: [values.length / this.components, this.components] };
  }

  /**
   * Returns the most probable component of each row, the first if several tie.
   *
   * @param x Data, shape [n, d], finite, or a source of blocks of them.
   * @param options A signal that aborts the work.
   * @returns Components counted from 0, length n.
   */
  async predict(x: RowsLike, options?: Abortable): Promise<Int32Array> {
    const signal = givenSignal(options, "predict");
    return await this.#perRow(x, signal, (rows) => new Int32Array(rows), async (session) => {
      const factors = await this.#factorized(signal);
      const found = await session.mostProbable?.(factors);
      if (found) return found;
      const responsibilities = await session.responsibilities(factors);
      return await mostProbable(responsibilities, this.components, signal);
    });
  }

  /**
   * Draws rows from the mixture.
   *
   * @param n Number of rows, at least 1.
   * @param options Seed of the draws, and a signal that aborts the work.
   * @returns The rows, and the component that each was drawn from.
   * @throws {RangeError} If `n` is not a whole number from 1.
   */
  async sample(n: number, options?: SampleOptions): Promise<MixtureSample> {
    this.checkUsable();
    const { seed = 0, signal } = givenOptions(options, { seed: true, signal: true }, "sample");
    return await sampleMixture(this.#parameters, n, seed, signal);
  }

  /**
   * Returns the Bayesian information criterion, −2·log-likelihood + parameters·log n: the lower, the better.
   *
   * @param x Data, shape [n, d], or a source of blocks, usually that of the fit.
   * @param options A signal that aborts the work.
   * @returns The criterion.
   * @see Schwarz (1978), https://doi.org/10.1214/aos/1176344136
   */
  async bic(x: RowsLike, options?: Abortable): Promise<number> {
    const density = await this.logDensity(x, options);
    return this.#parameterCount() * Math.log(density.length) - 2 * sum(density);
  }

  /**
   * Returns Akaike's information criterion, −2·log-likelihood + 2·parameters: the lower, the better.
   *
   * @param x Data, shape [n, d], or a source of blocks, usually that of the fit.
   * @param options A signal that aborts the work.
   * @returns The criterion.
   * @see Akaike (1974), https://doi.org/10.1109/TAC.1974.1100705
   */
  async aic(x: RowsLike, options?: Abortable): Promise<number> {
    return 2 * this.#parameterCount() - 2 * sum(await this.logDensity(x, options));
  }

  /**
   * Returns the model as plain data, for `JSON.stringify`; {@link gaussianMixtureFromJSON} reads it.
   *
   * @returns The model, every number to full precision.
   */
  toJSON(): GaussianMixtureJSON {
    this.checkUsable();
    const { lowerBound, lowerBoundHistory, converged, notes } = this;
    const parameters = this.#parameters;
    return writeModelJSON({ parameters, lowerBound, lowerBoundHistory, converged, notes });
  }

  /** Returns what densities are computed from; of a model that was read from a file, computes it once. */
  async #factorized(signal?: AbortSignal): Promise<MixtureFactors> {
    return this.#factors ??= await factorizeInTurns(this.#parameters, signal);
  }

  async #open(x: MatrixLike, signal?: AbortSignal): Promise<MixtureSession> {
    this.checkUsable();
    const data = await hostMatrix(x, "x", { columns: this.dimensions }, signal);
    await ensureBackend();
    return openMixture(data, this.covariance, signal);
  }

  /** Computes something for each row of a matrix or of a source, a block at a time. */
  async #perRow<Values extends Float64Array | Int32Array>(
    x: RowsLike,
    signal: AbortSignal | undefined,
    empty: (rows: number) => Values,
    compute: (session: MixtureSession) => Promise<Values>,
  ): Promise<Values> {
    this.checkUsable();
    const opening = openPlacedRows(x, "x", { columns: this.dimensions }, signal);
    return await releasing(opening, async () => {
      const rows = await opening;
      await ensureBackend();
      const computeIn = (x: HostMatrix) =>
        disposing(openMixture(x, this.covariance, signal), compute);
      if (!isReader(rows)) return await computeIn(rows);
      const all = empty(rows.shape[0]);
      for await (const { x, firstRow } of rows.blocks(signal)) {
        all.set(await computeIn(x), firstRow);
      }
      return all;
    });
  }

  #parameterCount(): number {
    return freeParameters(this.components, this.dimensions, this.covariance);
  }
}

/** Returns the first of the most probable components of each row. */
async function mostProbable(
  responsibilities: Float64Array,
  k: number,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const labels = new Int32Array(responsibilities.length / k);
  await inPieces(labels.length, pieceSize(k), (start, end) => {
    for (let i = start; i < end; i++) {
      let [most, label] = [responsibilities[i * k], 0];
      for (let c = 1; c < k; c++) {
        const value = responsibilities[i * k + c];
        if (value > most) [most, label] = [value, c];
      }
      labels[i] = label;
    }
  }, signal);
  return labels;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
