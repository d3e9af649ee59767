import {
  disposing,
  ensureBackend,
  givenOptions,
  isReader,
  type MixtureSession,
  openMixture,
  openPlacedRows,
  pacer,
  releasing,
  type Rows,
  type RowsLike,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { BlockMixture } from "./block_mixture.ts";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import { type EmOutcome, expectationMaximization, lastChange } from "./expectation_maximization.ts";
import type { FittedMixture } from "./fitted_mixture.ts";
import { GaussianMixtureModel } from "./gaussian_mixture_model.ts";
import {
  type CheckedOptions,
  checkOptions,
  copyInit,
  type GaussianMixtureOptions,
  mixtureOptionNames,
} from "./options.ts";
import { regularizationNote } from "./regularization_note.ts";
import { startingMixture } from "./start.ts";

/**
 * Fits a mixture of Gaussians to the rows of `x` by expectation-maximisation.
 *
 * Each iteration computes the responsibilities γ of the components for the rows in the log domain, then
 * N = Σγ, π = N/n, μ = Σγx/N and Σ = Σγ(x−μ)(x−μ)ᵀ/N + regularization·I. The fit ends when the mean
 * log-likelihood changes by no more than `tolerance`, as scikit-learn's `GaussianMixture` does; from the
 * same start the two agree. A fit that does not converge is returned with `converged` false, not thrown.
 *
 * @example Two groups on a line
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussianMixture } from "@mixtape/mixture";
 * import { useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: new Float64Array([-1.1, -1, -0.9, 0.9, 1, 1.1]), shape: [6, 1] } as const;
 * using model = await gaussianMixture(x, { components: 2 });
 * const means = [...model.means.values].sort((a, b) => a - b).map((mean) => mean.toFixed(2));
 * assert.deepEqual(means, ["-1.00", "1.00"]);
 * ```
 *
 * Data that do not fit in memory come as a `RowSource`, which is read once per iteration, for the
 * start as `kMeans` reads it and once or twice more; besides a few blocks of 2²¹ numbers, 4 bytes
 * per row are held, 8 more during the start. Neither the cuts of the source nor the number of threads
 * changes a bit; one of up to 2²¹ numbers gives the bits that the same matrix gives, and beyond, sums
 * are added up block by block, so that the last digits differ from those in memory.
 *
 * @param x Data, shape [n, d], finite, or a source of blocks of them.
 * @param options `components` is required, 1 ≤ components ≤ n.
 * @returns The fitted model; of several restarts, the one with the highest lower bound.
 * @throws {ComponentCollapseError} If a component loses its points or its spread in every restart.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown or of the wrong kind.
 * @throws {RangeError} If an option is out of its range.
 * @see Dempster, Laird & Rubin (1977), https://doi.org/10.1111/j.2517-6161.1977.tb01600.x
 */
export async function gaussianMixture(
  x: RowsLike,
  options: GaussianMixtureOptions,
): Promise<GaussianMixtureModel> {
  const given = givenOptions(options, mixtureOptionNames, "gaussianMixture");
  throwIfAborted(given.signal);
  const { init, signal } = given;
  return await releasing(openPlacedRows(x, "x", {}, signal), async (opening) => {
    return await releasing(copyInit(init, signal), async (copying) => {
      const [data, { init }] = await Promise.all([opening, copying]);
      return await fitRows(data, await checkOptions({ ...given, init }, data));
    });
  });
}

async function fitRows(data: Rows, checked: CheckedOptions): Promise<GaussianMixtureModel> {
  await ensureBackend();
  const { covariance, signal } = checked;
  const session = isReader(data)
    ? data.passes?.openMixture(data, covariance, signal) ??
      new BlockMixture(data, covariance, signal)
    : openMixture(data, covariance, signal);
  const fit = await disposing(session, () => fitMixture(data, session, checked));
  return new GaussianMixtureModel(fit);
}

/**
 * Fits a mixture to data with an open session, so that several fits can share it.
 *
 * @param x The data.
 * @param session A session on the same data, opened for the shape of covariances to fit.
 * @param options Checked options.
 * @returns The best outcome of the restarts.
 * @throws {ComponentCollapseError} If every restart collapsed; the error of the first.
 */
export async function fitMixture(
  x: Rows,
  session: MixtureSession,
  options: CheckedOptions,
): Promise<FittedMixture> {
  let best: EmOutcome | undefined;
  let collapse: ComponentCollapseError | undefined;
  for (let restart = 0; restart < options.restarts; restart++) {
    try {
      const outcome = await fitOnce(x, session, options, restart);
      if (!best || outcome.lowerBound > best.lowerBound) best = outcome;
    } catch (error) {
      if (!(error instanceof ComponentCollapseError)) throw error;
      collapse ??= error;
    }
  }
  if (!best) throw collapse;
  const note = regularizationNote(best.parameters, options.regularization);
  return { ...best, notes: note ? [note] : [] };
}

async function fitOnce(
  x: Rows,
  session: MixtureSession,
  options: CheckedOptions,
  restart: number,
): Promise<EmOutcome> {
  const pace = pacer(options.signal);
  await pace();
  const start = await startingMixture(x, session, options, restart);
  return await expectationMaximization(session, x.shape[0], start, options, async (history) => {
    options.onIteration({
      restart,
      iteration: history.length - 1,
      lowerBound: history[history.length - 1],
      change: lastChange(history),
    });
    await pace();
  });
}
