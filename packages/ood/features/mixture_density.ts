import {
  ComponentCollapseError,
  gaussianMixtureFromJSON,
  GaussianMixtureModel,
  type MixtureCovariance,
  type MixtureCriterion,
  selectMixture,
} from "@mixtape/mixture";
import {
  checkInteger,
  checkNumber,
  describeValue,
  gatherRows,
  type HostMatrix,
  inPieces,
  pieceSize,
  random,
} from "@mixtape/tensor-utils";
import type { DetectorRecipe, FitContext } from "../detector_recipe.ts";
import { penultimate } from "../evidence.ts";
import * as state from "../state/mod.ts";
import { oneGroup } from "./groups.ts";
import { groupMeans } from "./moments.ts";
import { preparedRows } from "./prepared_rows.ts";
import { FEW_UNITS, rowLimit } from "./row_limit.ts";
import {
  allUnits,
  logVolumeOf,
  selectUnits,
  type UnitSelection,
  unitSelectionState,
} from "./unit_selection.ts";

/** Options of the detectors based on a Gaussian mixture. */
export interface MixtureDensityOptions {
  /** Numbers of components to choose from; 5, 10 and 20 by default. */
  readonly components: readonly number[];
  /**
   * Covariance shapes to choose from. By default, full if at most 64 units vary; otherwise tied,
   * since a full covariance per component then has more parameters than most data can determine,
   * and takes minutes.
   */
  readonly covariances?: readonly MixtureCovariance[];
  /**
   * Largest number of training rows to fit, drawn with the seed. By default, all rows if at
   * most 64 units vary, otherwise 12,000, since the time of EM and of the k-means that starts it
   * grows with the rows.
   */
  readonly maxRows?: number;
  /**
   * Criterion to choose by, never with OOD data; `"bic"` by default, which needs no rows set aside.
   */
  readonly criterion: MixtureCriterion;
  /** Term added to every variance, relative to the mean variance of a unit; 1e-6 by default. */
  readonly regularization: number;
  /** Change of the mean log-likelihood below which EM stops, in nats; 1e-3 by default. */
  readonly tolerance: number;
  /** Largest number of iterations of EM; 100 by default. */
  readonly maxIterations: number;
}

/** Default options. */
export const mixtureDefaults: MixtureDensityOptions = {
  components: [5, 10, 20],
  covariances: undefined,
  maxRows: undefined,
  criterion: "bic",
  regularization: 1e-6,
  tolerance: 1e-3,
  maxIterations: 100,
};

/** A mixture over the units that vary. */
export interface FittedMixture {
  /** Columns of the layer that are used, and their scaling. */
  readonly units: UnitSelection;
  /** The mixture. */
  readonly model: GaussianMixtureModel;
}

/**
 * All of a detector by a Gaussian mixture but its name and its source.
 *
 * @param normalize True if this kind of detector scales rows to length 1.
 */
export function mixtureRecipe(
  normalize: boolean,
): Omit<DetectorRecipe<MixtureDensityOptions, FittedMixture>, "name" | "title" | "cite"> {
  return {
    needs: ["penultimate"],
    defaults: mixtureDefaults,
    derived: { covariances: ["tied"], maxRows: 12000 },
    state: mixtureState(normalize),
    fit: (training, options, context) =>
      fitMixtureDensity(penultimate(training), normalize, options, context),
    score: (fitted, evidence, { signal }) =>
      mixtureLogDensity(penultimate(evidence), fitted, signal),
  };
}

/** Shape of {@link FittedMixture} in JSON. */
function mixtureState(normalize: boolean): state.StateShape<FittedMixture> {
  return state.record<FittedMixture>({
    units: unitSelectionState(normalize),
    model: state.such(modelState, ({ dimensions }, sizes) => {
      const d = sizes.get("d")!;
      return dimensions === d ? undefined : `it has ${dimensions} dimensions, ${d} are needed`;
    }),
  });
}

/** A mixture, which its own package reads and checks. */
const modelState: state.StateShape<GaussianMixtureModel> = {
  check(value, path) {
    if (value instanceof GaussianMixtureModel) return value;
    try {
      return gaussianMixtureFromJSON(value);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      throw new RangeError(`Cannot use ${path}: it is no mixture (${cause.message})`, { cause });
    }
  },
};

/** Fits mixtures of every size and shape asked for and keeps the best one by the criterion. */
async function fitMixtureDensity(
  all: HostMatrix,
  normalize: boolean,
  options: MixtureDensityOptions,
  context: FitContext,
): Promise<FittedMixture> {
  const { seed, signal, note } = context;
  const { components, criterion, tolerance, maxIterations } = options;
  const relative = checkNumber(options.regularization, "regularization", { min: 0 });
  const units = await selectUnits(all, normalize, context);
  const x = await rowsToFit(all, units.kept.length, options, context);
  const covariances = covarianceShapes(options.covariances, units.kept.length, note);
  const rows = await preparedRows(x, units, signal);
  const regularization = relative * await meanVariance(rows, signal);
  const select = (counts: readonly number[]) =>
    selectMixture(rows, {
      components: counts,
      covariances,
      criterion,
      regularization,
      tolerance,
      maxIterations,
      seed,
      signal,
    });
  const { model, candidates } = await select(fewerThanRows(components, x.shape[0]))
    .catch((error) => {
      if (!(error instanceof ComponentCollapseError)) throw error;
      note("every mixture collapsed, a single component was fitted");
      return select([1]);
    });
  if (candidates.length > 1) {
    note(
      `${model.components} components with ${model.covariance} covariances chosen by ${criterion}`,
    );
  }
  if (!model.converged) {
    note(`the mixture stopped after ${model.iterations} iterations, unconverged`);
  }
  return { units, model };
}

/** Returns the numbers of components that do not exceed the number of rows. */
function fewerThanRows(components: readonly number[], rows: number): readonly number[] {
  if (!Array.isArray(components) || components.length === 0) {
    throw new TypeError(
      `Cannot use components: ${describeValue(components)} was given, ` +
        `a list of numbers of components is needed, such as [5, 10, 20]`,
    );
  }
  components.forEach((count, i) => checkInteger(count, `components[${i}]`, { min: 1 }));
  const possible = components.filter((count) => count <= rows);
  if (possible.length > 0) return possible;
  throw new RangeError(
    `Cannot choose among mixtures of ${
      components.join(", ")
    } components: there are ${rows} rows to fit, ` +
      `more rows or a number up to ${rows} among the option components are needed`,
  );
}

async function rowsToFit(
  x: HostMatrix,
  units: number,
  { maxRows }: MixtureDensityOptions,
  { seed, note, signal }: FitContext,
): Promise<HostMatrix> {
  const n = x.shape[0];
  const count = rowLimit({ rows: n, units, wanted: maxRows, option: "maxRows" });
  if (count === n) return x;
  note(`the mixture was fitted to ${count} of ${n} training rows, drawn at random`);
  return await gatherRows(x, random(seed).sample(n, count).sort(), signal);
}

function covarianceShapes(
  wanted: MixtureDensityOptions["covariances"],
  d: number,
  note: FitContext["note"],
): readonly MixtureCovariance[] {
  if (wanted !== undefined) return wanted;
  if (d <= FEW_UNITS) return ["full"];
  note(
    `the components share one covariance, there are ${d} units, more than ${FEW_UNITS}`,
  );
  return ["tied"];
}

/** Returns the log-density of each row under the mixture, in nats. */
async function mixtureLogDensity(
  x: HostMatrix,
  { units, model }: FittedMixture,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const logVolume = logVolumeOf(units);
  const densities = await model.logDensity(await preparedRows(x, units, signal), { signal });
  return logVolume === 0 ? densities : densities.map((density) => density + logVolume);
}

/** Returns the mean over columns of their variances. */
async function meanVariance(rows: HostMatrix, signal?: AbortSignal): Promise<number> {
  const { values, shape: [n, d] } = rows;
  const means = await groupMeans(rows, allUnits(d), oneGroup(n), signal);
  let sum = 0;
  await inPieces(values.length, pieceSize(2), (start, end) => {
    for (let at = start; at < end; at++) sum += (values[at] - means[at % d]) ** 2;
  }, signal);
  return sum / values.length;
}
