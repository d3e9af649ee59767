import {
  checkInteger,
  checkNumber,
  ensureBackend,
  givenOptions,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  type OptionNames,
  random,
  takeRows,
  throwIfAborted,
} from "@mixtape/tensor-utils";
import { columnScaling, logVolumeOf, scaleColumns } from "./column_scaling.ts";
import type { OutlierOptions } from "./outlier_detector.ts";
import { OutlierModel } from "./outlier_model.ts";
import { fitStack } from "./stacked_mixture.ts";

/** A fitted density, and the rows it was fitted on. */
export interface OutlierFit {
  /** The rows that were given. */
  readonly data: HostMatrix;
  /** The rows that were drawn to fit, ascending; undefined for all. */
  readonly drawn: Uint32Array | undefined;
  /** The density. */
  readonly model: OutlierModel;
  /** Log-density of each fitted row under the mixture of the other folds, in nats. */
  readonly heldOut: Float64Array;
  /** Fold of each fitted row. */
  readonly folds: Int32Array;
}

const optionNames: OptionNames<OutlierOptions> = {
  components: true,
  regularizations: true,
  folds: true,
  maxRows: true,
  seed: true,
  signal: true,
};

/**
 * Checks the options, draws rows, and fits the density of them.
 *
 * @param x Rows, shape [n, d].
 * @param options Options of the caller.
 * @param caller Name of the public function, for errors.
 */
export async function fitOutliers(
  x: MatrixLike,
  options: OutlierOptions | undefined,
  caller: string,
): Promise<OutlierFit> {
  const given = givenOptions(options, optionNames, caller);
  const { signal } = given;
  throwIfAborted(signal);
  const components = listOf(given.components ?? [1, 2, 3, 5], "components");
  components.forEach((k, i) => checkInteger(k, `components[${i}]`, { min: 1 }));
  const regularizations = listOf(
    given.regularizations ?? [0.001, 0.01, 0.03, 0.1, 0.3],
    "regularizations",
  );
  regularizations.forEach((value, i) => checkNumber(value, `regularizations[${i}]`, { above: 0 }));
  const folds = checkInteger(given.folds ?? 5, "folds", { min: 2 });
  const most = checkInteger(given.maxRows ?? 5000, "maxRows", { min: 3 });
  const seed = checkInteger(given.seed ?? 0, "seed");
  const data = await hostMatrix(x, "x", {}, signal);
  const n = data.shape[0];
  if (n < 3) {
    throw new RangeError(`Cannot fit a density of rows: x has ${n}, at least 3 are needed`);
  }
  await ensureBackend();
  const source = random(seed);
  const drawn = n <= most ? undefined : source.sample(n, most).sort();
  const rows = drawn === undefined ? data : takeRows(data, drawn);
  const scaling = await columnScaling(rows, signal);
  const count = rows.shape[0];
  const outcome = await fitStack(
    await scaleColumns(rows, scaling, signal),
    source.permutation(count),
    {
      components,
      regularizations,
      folds: Math.min(folds, count),
      seed,
      signal,
    },
  );
  const logVolume = logVolumeOf(scaling);
  return {
    data,
    drawn,
    model: new OutlierModel(scaling, outcome.stack),
    heldOut: outcome.heldOut.map((density) => Math.max(density - logVolume, -Number.MAX_VALUE)),
    folds: outcome.folds,
  };
}

function listOf(values: readonly number[], name: string): readonly number[] {
  if (Array.isArray(values) && values.length > 0) return [...values];
  throw new TypeError(`Cannot use ${name}: a list of at least one number is needed`);
}
