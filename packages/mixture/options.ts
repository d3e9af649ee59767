import {
  checkChoice,
  checkInteger,
  checkNumber,
  type HostMatrix,
  hostMatrix,
  inPieces,
  type MatrixLike,
  type MatrixValues,
  type MixtureCovariance,
  type OptionNames,
  pieceSize,
  placedMatrix,
  unchanging,
} from "@mixtape/tensor-utils";
import { covarianceNames } from "./covariances/shapes.ts";
import {
  type CheckedParameters,
  checkParameters,
  copyParameters,
  type FlatParameters,
  type MixtureParameters,
} from "./parameters.ts";

/** A start given by the probability of each component for each row. */
export interface MixtureResponsibilities {
  /** Probabilities, shape [n, k], not negative, each row with sum 1. */
  readonly responsibilities: MatrixLike;
}

/**
 * The start of a fit: the clusters of k-means, random responsibilities, parameters (for example another
 * model), or given responsibilities.
 */
export type MixtureInit = "k-means" | "random" | MixtureParameters | MixtureResponsibilities;

/** The report of an iteration to {@link GaussianMixtureOptions.onIteration}. */
export interface MixtureIteration {
  /** Index of the start, from 0. */
  readonly restart: number;
  /** Index of the iteration within the run, from 0, as in `lowerBoundHistory`. */
  readonly iteration: number;
  /** Mean log-likelihood of the rows under the parameters that the iteration began with, in nats per row. */
  readonly lowerBound: number;
  /** Change of `lowerBound` since the iteration before; infinite in the first iteration. */
  readonly change: number;
}

/** Options of `gaussianMixture`. */
export interface GaussianMixtureOptions {
  /** Number of components, 1 ≤ components ≤ n. */
  readonly components: number;
  /** Shape of the covariances; `"full"` by default, which assumes the least. */
  readonly covariance?: MixtureCovariance;
  /** Start of the fit; `"k-means"` by default, which needs the fewest iterations. */
  readonly init?: MixtureInit;
  /**
   * Number added to every variance to keep it above 0, in units of the data squared; 1e-6 by default. It is
   * absolute: if the standard deviation of a column is below about 0.01, scale the column up or lower this number,
   * or it will widen the variances noticeably. The model's `notes` say where it does.
   */
  readonly regularization?: number;
  /** Largest change of the mean log-likelihood, in nats per row, that counts as converged; 1e-3 by default. */
  readonly tolerance?: number;
  /** Largest number of iterations; 100 by default. With 0 the model is the start itself. */
  readonly maxIterations?: number;
  /** Number of starts, of which the fit with the highest lower bound is kept; 1 by default. */
  readonly restarts?: number;
  /** Seed of everything random; 0 by default. */
  readonly seed?: number;
  /** Called after every iteration. */
  readonly onIteration?: (iteration: MixtureIteration) => void;
  /** Signal that aborts the fit. */
  readonly signal?: AbortSignal;
}

/** Checked options, with the start on the host. */
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

/** A checked start. */
export type CheckedInit =
  | { readonly kind: "k-means" | "random" }
  | { readonly kind: "parameters"; readonly parameters: CheckedParameters }
  | { readonly kind: "responsibilities"; readonly responsibilities: HostMatrix };

/** Names of the options of `gaussianMixture`. */
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

/** A start whose arrays were copied. */
export type CopiedInit = "k-means" | "random" | FlatParameters | MixtureResponsibilities;

/** Options of a fit whose arrays were copied, not yet checked against the data. */
export interface CopiedOptions extends Omit<GaussianMixtureOptions, "init"> {
  readonly init?: CopiedInit;
}

/** A copy of a start. */
export interface InitCopy {
  /** The start, if one was given. */
  readonly init?: CopiedInit;
  /** Holder of memory of the backend that the copy lies in, if it does. */
  readonly placement?: Disposable;
}

/**
 * Copies the arrays of a start, before the first `await`; to be used within `releasing`.
 *
 * @param init The start that the caller gave.
 * @param signal Ends the check of the copy.
 * @returns A copy that later changes by the caller do not affect.
 */
export async function copyInit(
  init: MixtureInit | undefined,
  signal?: AbortSignal,
): Promise<InitCopy> {
  if (init === null || typeof init !== "object") return { init };
  // A model is a start too: it has weights, and a method named responsibilities.
  if ("weights" in init) return { init: await copyParameters(init, "init") };
  const name = "init.responsibilities";
  const { placement, ...copy } = await placedMatrix(init.responsibilities, name, {}, signal);
  return { init: { responsibilities: unchanging(copy) }, placement };
}

/**
 * Checks the options of a fit and fills in defaults.
 *
 * @param options The options that the caller gave, their arrays copied.
 * @param x The data.
 * @returns The checked options.
 * @throws {TypeError | RangeError} If an option is of the wrong kind or out of its range.
 */
export async function checkOptions(
  options: CopiedOptions,
  x: Pick<HostMatrix, "shape">,
): Promise<CheckedOptions> {
  const n = x.shape[0];
  const components = checkInteger(options?.components, "components", { min: 1 });
  if (components > n) {
    throw new RangeError(
      `Cannot fit ${components} components: x has ${
        n === 1 ? "1 row" : `${n} rows`
      }, components must be between 1 and ${n}`,
    );
  }
  const covariance = checkChoice(options.covariance ?? "full", "covariance", covarianceNames);
  const restarts = checkInteger(options.restarts ?? 1, "restarts", { min: 1 });
  const init = await checkInit(
    options.init ?? "k-means",
    components,
    covariance,
    x,
    options.signal,
  );
  if (restarts > 1 && (init.kind === "parameters" || init.kind === "responsibilities")) {
    throw new RangeError(
      `Cannot restart ${restarts} times from a start that is not random: all would give ` +
        `the same result, leave restarts out`,
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
  init: CopiedInit,
  components: number,
  covariance: MixtureCovariance,
  x: Pick<HostMatrix, "shape">,
  signal?: AbortSignal,
): Promise<CheckedInit> {
  if (typeof init === "string") {
    return { kind: checkChoice(init, "init", ["k-means", "random"] as const) };
  }
  // A model is a start too: it has weights, and a method named responsibilities.
  if (typeof init === "object" && !("weights" in init)) {
    return await checkResponsibilities(init, components, x.shape[0], signal);
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
  signal?: AbortSignal,
): Promise<CheckedInit> {
  const name = "init.responsibilities";
  const responsibilities = await hostMatrix(init.responsibilities, name);
  const { values, shape } = responsibilities;
  if (shape[0] !== rows || shape[1] !== components) {
    throw new RangeError(
      `Cannot use ${name}: its shape is [${shape}], [${rows}, ${components}] is needed`,
    );
  }
  await inPieces(rows, pieceSize(components), (first, end) => {
    const wrong = firstWrongRow(values, components, first, end);
    if (wrong === undefined) return;
    throw new RangeError(
      `Cannot use ${name}: row ${wrong.row} has sum ${wrong.sum}, numbers from 0 with sum 1 are needed`,
    );
  }, signal);
  return { kind: "responsibilities", responsibilities };
}

/** Finds the first row with a negative number or another sum than 1. */
function firstWrongRow(
  values: MatrixValues,
  k: number,
  first: number,
  end: number,
): { row: number; sum: number } | undefined {
  for (let row = first; row < end; row++) {
    let sum = 0;
    let least = 0;
    for (let at = row * k; at < (row + 1) * k; at++) {
      sum += values[at];
      if (values[at] < least) least = values[at];
    }
    if (least < 0 || !(Math.abs(sum - 1) < 1e-4)) return { row, sum };
  }
}
