import {
  checkChoice,
  checkInteger,
  checkNumber,
  type HostMatrix,
  hostMatrix,
  type MatrixLike,
  type MixtureCovariance,
  type OptionNames,
} from "@mixtape/tensor-utils";
import { covarianceNames } from "./covariances/shapes.ts";
import {
  type CheckedParameters,
  checkParameters,
  copyParameters,
  type MixtureParameters,
} from "./parameters.ts";

/** Where a fit starts from, when it is given by the probability of each component for each row. */
export interface MixtureResponsibilities {
  /** n×k, not negative, each row with sum 1. */
  readonly responsibilities: MatrixLike;
}

/**
 * Where a fit starts: from the clusters of k-means, from random responsibilities, from parameters (of
 * another model, for example), or from given responsibilities.
 */
export type MixtureInit = "k-means" | "random" | MixtureParameters | MixtureResponsibilities;

/** What {@link GaussianMixtureOptions.onIteration} is told. */
export interface MixtureIteration {
  /** Which restart, from 0. */
  readonly restart: number;
  /** Which iteration of it, from 1. */
  readonly iteration: number;
  /** Mean log-likelihood of the rows under the parameters that the iteration began with. */
  readonly lowerBound: number;
  /** By how much that rose; infinite in the first iteration. */
  readonly change: number;
}

/** Options of `gaussianMixture`. */
export interface GaussianMixtureOptions {
  /** How many components, 1 ≤ components ≤ n. */
  components: number;
  /** The shape of the covariances, `"full"` unless given: it assumes the least. */
  covariance?: MixtureCovariance;
  /** Where to start, `"k-means"` unless given: it is the start that needs the fewest iterations. */
  init?: MixtureInit;
  /**
   * Added to every variance so that it stays above 0, in units of the data squared; 1e-6 unless given. It is not
   * relative: where columns vary by less than about 0.01, scale them up or lower it, else it shows in the
   * variances. The model has a note where it does.
   */
  regularization?: number;
  /** Stop when the mean log-likelihood changes by no more than this; 1e-3 unless given. */
  tolerance?: number;
  /** Stop after so many iterations, converged or not; 100 unless given. With 0 the model is the start itself. */
  maxIterations?: number;
  /** How many starts to try, keeping the best; 1 unless given. */
  restarts?: number;
  /** Decides everything random; 0 unless given. */
  seed?: number;
  /** Called after every iteration. */
  onIteration?: (iteration: MixtureIteration) => void;
  /** Aborts the fit. */
  signal?: AbortSignal;
}

/** Options that were checked, with the start brought to the host. */
export interface CheckedOptions {
  readonly components: number;
  readonly covariance: MixtureCovariance;
  readonly init: CheckedInit;
  readonly regularization: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly restarts: number;
  readonly seed: number;
  readonly onIteration: (iteration: MixtureIteration) => void;
  readonly signal?: AbortSignal;
}

/** A start that was checked. */
export type CheckedInit =
  | { readonly kind: "k-means" | "random" }
  | { readonly kind: "parameters"; readonly parameters: CheckedParameters }
  | { readonly kind: "responsibilities"; readonly responsibilities: HostMatrix };

/** The options of `gaussianMixture`. */
export const mixtureOptionNames: OptionNames<GaussianMixtureOptions> = {
  components: true,
  covariance: true,
  init: true,
  regularization: true,
  tolerance: true,
  maxIterations: true,
  restarts: true,
  seed: true,
  onIteration: true,
  signal: true,
};

/**
 * Copies the arrays of a start before it returns its promise.
 *
 * @param init What was given.
 * @returns A start that is not the caller's any more.
 */
export async function copyInit(init: MixtureInit | undefined): Promise<MixtureInit | undefined> {
  if (init === null || typeof init !== "object") return init;
  // A model is a start too: it has weights, and a method named responsibilities.
  if ("weights" in init) return copyParameters(init, "init");
  return { responsibilities: await hostMatrix(init.responsibilities, "init.responsibilities") };
}

/**
 * Checks the options of a fit at the door.
 *
 * @param options What was given.
 * @param x The data.
 * @returns The options with their defaults.
 * @throws {TypeError | RangeError} If an option is of the wrong kind or out of its range.
 */
export async function checkOptions(
  options: GaussianMixtureOptions,
  x: HostMatrix,
): Promise<CheckedOptions> {
  const n = x.shape[0];
  const components = checkInteger(options?.components, "components", { min: 1 });
  if (components > n) {
    throw new RangeError(
      `Cannot fit ${components} components: x has ${n} rows, components must be between 1 and ${n}`,
    );
  }
  const covariance = checkChoice(options.covariance ?? "full", "covariance", covarianceNames);
  const restarts = checkInteger(options.restarts ?? 1, "restarts", { min: 1 });
  const init = await checkInit(options.init ?? "k-means", components, covariance, x);
  if (restarts > 1 && (init.kind === "parameters" || init.kind === "responsibilities")) {
    throw new RangeError(
      `Cannot restart ${restarts} times from a given start: each would end the same, leave out restarts`,
    );
  }
  return {
    components,
    covariance,
    init,
    restarts,
    regularization: checkNumber(options.regularization ?? 1e-6, "regularization", { min: 0 }),
    tolerance: checkNumber(options.tolerance ?? 1e-3, "tolerance", { min: 0 }),
    maxIterations: checkInteger(options.maxIterations ?? 100, "maxIterations", { min: 0 }),
    seed: checkInteger(options.seed ?? 0, "seed"),
    onIteration: options.onIteration ?? (() => {}),
    signal: options.signal,
  };
}

async function checkInit(
  init: MixtureInit,
  components: number,
  covariance: MixtureCovariance,
  x: HostMatrix,
): Promise<CheckedInit> {
  if (typeof init === "string") {
    return { kind: checkChoice(init, "init", ["k-means", "random"] as const) };
  }
  // A model is a start too: it has weights, and a method named responsibilities.
  if (init !== null && typeof init === "object" && !("weights" in init)) {
    return await checkResponsibilities(init, components, x.shape[0]);
  }
  const parameters = checkParameters(init, x.shape[1], "init");
  if (parameters.components !== components || parameters.covariance !== covariance) {
    throw new RangeError(
      `Cannot start from init: it has ${parameters.components} components with ` +
        `${parameters.covariance} covariances, ${components} with ${covariance} are to be fitted`,
    );
  }
  return { kind: "parameters", parameters };
}

async function checkResponsibilities(
  init: MixtureResponsibilities,
  components: number,
  rows: number,
): Promise<CheckedInit> {
  const name = "init.responsibilities";
  const responsibilities = await hostMatrix(init.responsibilities, name);
  const { values, shape } = responsibilities;
  if (shape[0] !== rows || shape[1] !== components) {
    throw new RangeError(
      `Cannot use ${name}: its shape is [${shape}], [${rows}, ${components}] is needed`,
    );
  }
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * components, (i + 1) * components);
    let sum = 0;
    for (const value of row) sum += value;
    if (row.every((value) => value >= 0) && Math.abs(sum - 1) < 1e-4) continue;
    throw new RangeError(
      `Cannot use ${name}: row ${i} has sum ${sum}, numbers from 0 with sum 1 are needed`,
    );
  }
  return { kind: "responsibilities", responsibilities };
}
