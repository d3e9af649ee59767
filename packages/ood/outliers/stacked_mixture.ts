import {
  ComponentCollapseError,
  gaussianMixture,
  gaussianMixtureFromJSON,
  GaussianMixtureModel,
} from "@mixtape/mixture";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";
import { stackWeights } from "./stack_weights.ts";

/** Choices and settings of a stack of mixtures. */
export interface StackSettings {
  /** Numbers of components to try. */
  readonly components: readonly number[];
  /** Numbers to try that are added to every variance of the scaled columns. */
  readonly regularizations: readonly number[];
  /** Number of folds. */
  readonly folds: number;
  /** Seed of the starts. */
  readonly seed: number;
  /** Cancels the fit. */
  readonly signal?: AbortSignal;
}

/** A stack, and the rows of which its held-out densities are. */
export interface StackOutcome {
  /** The stack. */
  readonly stack: FittedStack;
  /** Log-density of each row under the mixture of the folds that it is not in. */
  readonly heldOut: Float64Array;
  /** Fold of each row. */
  readonly folds: Int32Array;
}

/** A stack fitted on all rows, and on all but each fold. */
export interface FittedStack {
  /** The mixture of all rows. */
  readonly all: GaussianMixtureModel;
  /** For each fold, the mixture of the rows outside it. */
  readonly withoutFold: readonly GaussianMixtureModel[];
  /** For each fold, the log-densities of its rows under the mixture of the others, ascending. */
  readonly heldOut: readonly Float64Array[];
}

interface Candidate {
  readonly components: number;
  readonly regularization: number;
}

interface Trial {
  readonly candidate: Candidate;
  readonly models: readonly GaussianMixtureModel[];
  readonly logDensities: Float64Array;
}

const LEAST_WEIGHT = 0.01;
const ROWS_PER_COMPONENT = 10;

/**
 * Fits mixtures with every number of components and every regularization, and adds them up with the
 * weights under which each fold is most likely, given the other folds.
 *
 * @param x Scaled rows, shape [n, d].
 * @param order The rows in the order in which they are dealt to the folds.
 */
export async function fitStack(
  x: HostMatrix,
  order: Uint32Array,
  settings: StackSettings,
): Promise<StackOutcome> {
  const folds = dealRows(x, order, settings.folds);
  const trials = await tryCandidates(folds, settings);
  const densities = trials.map(({ logDensities }) => logDensities);
  const weights = await stackWeights(densities, settings.signal);
  const kept = trials
    .map((trial, m) => ({ ...trial, weight: weights[m] }))
    .filter(({ weight }) => weight >= LEAST_WEIGHT);
  const withoutFold = folds.map((_, f) =>
    addMixtures(kept.map(({ models, weight }) => ({ model: models[f], weight })))
  );
  const final = await Promise.all(kept.map(async ({ candidate, weight }) => {
    const model = await fitUnlessCollapsed(x, candidate, settings);
    return model instanceof GaussianMixtureModel ? [{ model, weight }] : [];
  }));
  const members = final.flat();
  // Without one row in five a mixture held, so a single component with the same regularization does too.
  const all = members.length > 0 ? addMixtures(members) : addMixtures([{
    model: await fitCandidate(x, { ...kept[0].candidate, components: 1 }, settings),
    weight: 1,
  }]);
  const perFold = await Promise.all(
    folds.map(({ inside }, f) => logDensityOf(withoutFold[f], inside, settings.signal)),
  );
  const heldOut = new Float64Array(order.length);
  const foldOf = new Int32Array(order.length);
  order.forEach((row, i) => {
    foldOf[row] = i % folds.length;
    heldOut[row] = perFold[foldOf[row]][Math.floor(i / folds.length)];
  });
  const sorted = perFold.map((densities) => densities.sort());
  return { stack: { all, withoutFold, heldOut: sorted }, heldOut, folds: foldOf };
}

/** Returns the log-density of each row, the lowest number of float64 where it is below that. */
export async function logDensityOf(
  model: GaussianMixtureModel,
  x: HostMatrix,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const densities = await model.logDensity(x, { signal });
  return densities.map((density) => Math.max(density, -Number.MAX_VALUE));
}

interface Fold {
  readonly inside: HostMatrix;
  readonly outside: HostMatrix;
}

function dealRows(x: HostMatrix, order: Uint32Array, folds: number): Fold[] {
  return Array.from({ length: folds }, (_, f) => ({
    inside: takeRows(x, order.filter((_, i) => i % folds === f)),
    outside: takeRows(x, order.filter((_, i) => i % folds !== f)),
  }));
}

async function tryCandidates(folds: readonly Fold[], settings: StackSettings): Promise<Trial[]> {
  const rows = folds[0].outside.shape[0];
  const counts = settings.components.filter((k) => k === 1 || k * ROWS_PER_COMPONENT <= rows);
  if (counts.length === 0) counts.push(1);
  const trials: Trial[] = [];
  let collapse: ComponentCollapseError | undefined;
  for (const components of counts) {
    for (const regularization of settings.regularizations) {
      const trial = await tryCandidate(folds, { components, regularization }, settings);
      if (trial instanceof ComponentCollapseError) collapse = trial;
      else trials.push(trial);
    }
  }
  if (trials.length === 0) throw collapse!;
  return trials;
}

async function tryCandidate(
  folds: readonly Fold[],
  candidate: Candidate,
  settings: StackSettings,
): Promise<Trial | ComponentCollapseError> {
  const models: GaussianMixtureModel[] = [];
  const logDensities: number[] = [];
  for (const { inside, outside } of folds) {
    const model = await fitUnlessCollapsed(outside, candidate, settings);
    if (model instanceof ComponentCollapseError) return model;
    models.push(model);
    const densities = await logDensityOf(model, inside, settings.signal);
    for (const density of densities) logDensities.push(density);
  }
  return { candidate, models, logDensities: Float64Array.from(logDensities) };
}

async function fitUnlessCollapsed(
  x: HostMatrix,
  candidate: Candidate,
  settings: StackSettings,
): Promise<GaussianMixtureModel | ComponentCollapseError> {
  try {
    return await fitCandidate(x, candidate, settings);
  } catch (error) {
    if (error instanceof ComponentCollapseError) return error;
    throw error;
  }
}

function fitCandidate(
  x: HostMatrix,
  candidate: Candidate,
  { seed, signal }: StackSettings,
): Promise<GaussianMixtureModel> {
  return gaussianMixture(x, { ...candidate, covariance: "full", seed, signal });
}

/** Returns the sum of weighted mixtures, which is a mixture of all their components. */
function addMixtures(
  members: readonly { readonly model: GaussianMixtureModel; readonly weight: number }[],
): GaussianMixtureModel {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const models = members.map(({ model }) => model);
  const written = models.map((model) => model.toJSON());
  return gaussianMixtureFromJSON({
    ...written[0],
    weights: members.flatMap(({ model, weight }) =>
      Array.from(model.weights, (share) => share * weight / total)
    ),
    means: written.flatMap(({ means }) => means),
    covariances: written.flatMap(({ covariances }) => covariances),
    lowerBound: members.reduce(
      (sum, { model, weight }) => sum + model.lowerBound * weight / total,
      0,
    ),
    lowerBoundHistory: [],
    converged: models.every(({ converged }) => converged),
    notes: [],
  });
}
