import {
  disposing,
  type MatrixValues,
  type MixtureCovariance,
  type MixtureFactors,
  type MixtureMoments,
  type MixtureSession,
  type MixtureStepOptions,
  openMixture,
  type RowReader,
} from "@mixtape/tensor-utils";

/**
 * Gives the responsibilities of consecutive rows, n×k. It is asked for all rows in their order,
 * from row 0 on at each pass over the data.
 */
export type ResponsibilitiesOf = (firstRow: number, rows: number) => MatrixValues;

/**
 * The passes of expectation-maximisation over rows that are read anew for each: moments are added up
 * in the order of the blocks, so that they have the same bits on any number of threads.
 */
export class BlockMixture implements MixtureSession {
  readonly #rows: RowReader;
  readonly #covariance: MixtureCovariance;
  readonly #signal?: AbortSignal;

  /**
   * @param rows The data.
   * @param covariance The shape of the covariances.
   * @param signal Ends a reading.
   */
  constructor(rows: RowReader, covariance: MixtureCovariance, signal?: AbortSignal) {
    this.#rows = rows;
    this.#covariance = covariance;
    this.#signal = signal;
  }

  async moments(all: MatrixValues, about: Float64Array): Promise<MixtureMoments> {
    const k = all.length / this.#rows.shape[0];
    return await this.momentsOf(
      (firstRow, rows) => all.subarray(firstRow * k, (firstRow + rows) * k),
      about,
    );
  }

  /** Moments under given responsibilities, of which those of a block are held at a time. */
  async momentsOf(
    responsibilities: ResponsibilitiesOf,
    about: Float64Array,
  ): Promise<MixtureMoments> {
    return await this.#total((session, firstRow, rows) =>
      session.moments(responsibilities(firstRow, rows), about)
    );
  }

  async step(factors: MixtureFactors, options?: MixtureStepOptions): Promise<MixtureMoments> {
    return await this.#total((session) => session.step(factors, options));
  }

  async logDensity(factors: MixtureFactors): Promise<Float64Array> {
    return await this.#gather(1, (session) => session.logDensity(factors));
  }

  async responsibilities(factors: MixtureFactors): Promise<Float64Array> {
    return await this.#gather(factors.k, (session) => session.responsibilities(factors));
  }

  [Symbol.dispose](): void {}

  async #total(
    pass: (session: MixtureSession, firstRow: number, rows: number) => Promise<MixtureMoments>,
  ): Promise<MixtureMoments> {
    let total: MixtureMoments | undefined;
    await this.#forEach(async (session, firstRow, rows) => {
      total = addMoments(total, await pass(session, firstRow, rows));
    });
    return total!;
  }

  async #gather(
    perRow: number,
    pass: (session: MixtureSession) => Promise<Float64Array>,
  ): Promise<Float64Array> {
    const all = new Float64Array(this.#rows.shape[0] * perRow);
    await this.#forEach(async (session, firstRow) => {
      all.set(await pass(session), firstRow * perRow);
    });
    return all;
  }

  async #forEach(
    visit: (session: MixtureSession, firstRow: number, rows: number) => Promise<void>,
  ): Promise<void> {
    for await (const { x, firstRow } of this.#rows.blocks(this.#signal)) {
      await disposing(
        openMixture(x, this.#covariance),
        (session) => visit(session, firstRow, x.shape[0]),
      );
    }
  }
}

/**
 * Adds the moments of a block to those of the blocks before it.
 *
 * @param total The sum so far, changed in place; undefined before the first block.
 * @param part The moments of the block, about the same points.
 * @returns The new sum.
 */
export function addMoments(
  total: MixtureMoments | undefined,
  { logLikelihood, counts, sums, scatter }: MixtureMoments,
): MixtureMoments {
  if (!total) {
    return {
      logLikelihood,
      counts: counts.slice(),
      sums: sums.slice(),
      scatter: scatter.slice(),
    };
  }
  addTo(total.counts, counts);
  addTo(total.sums, sums);
  addTo(total.scatter, scatter);
  return { ...total, logLikelihood: total.logLikelihood + logLikelihood };
}

function addTo(total: Float64Array, part: Float64Array): void {
  for (let i = 0; i < part.length; i++) total[i] += part[i];
}
