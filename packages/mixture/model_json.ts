import { checkInteger, type MixtureCovariance } from "@mixtape/tensor-utils";
import type { EmOutcome } from "./expectation_maximization.ts";
import { factorize } from "./factors.ts";
import { checkParameters, type MixtureParameters } from "./parameters.ts";

const format = "mixtape-gaussian-mixture";

/** A Gaussian mixture model as plain data; arrays row by row. */
export interface GaussianMixtureJson {
  /** Says what this is. */
  readonly format: "mixtape-gaussian-mixture";
  /** The version of this layout. */
  readonly version: 1;
  /** d. */
  readonly dimensions: number;
  /** The shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** k. */
  readonly weights: number[];
  /** k×d. */
  readonly means: number[];
  /** As the shape has it. */
  readonly covariances: number[];
  /** Mean log-likelihood at each iteration of the fit. */
  readonly lowerBoundHistory: number[];
  /** Whether the fit met its tolerance. */
  readonly converged: boolean;
}

/** What of a model is written. */
export interface WrittenModel {
  /** d. */
  readonly dimensions: number;
  /** The shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** k. */
  readonly weights: Float64Array;
  /** k×d. */
  readonly means: Float64Array;
  /** As the shape has it. */
  readonly covariances: Float64Array;
  /** Mean log-likelihood at each iteration. */
  readonly lowerBoundHistory: readonly number[];
  /** Whether the fit met its tolerance. */
  readonly converged: boolean;
}

/**
 * Writes a model as plain data.
 *
 * @param model The model.
 * @returns Its numbers in full.
 */
export function writeModelJson(model: WrittenModel): GaussianMixtureJson {
  return {
    format,
    version: 1,
    dimensions: model.dimensions,
    covariance: model.covariance,
    weights: [...model.weights],
    means: [...model.means],
    covariances: [...model.covariances],
    lowerBoundHistory: [...model.lowerBoundHistory],
    converged: model.converged,
  };
}

/**
 * Reads and checks plain data that a model was written as.
 *
 * @param json Parsed JSON.
 * @returns What a model is made of.
 * @throws {TypeError | RangeError} If it is something else, or its numbers make no mixture.
 */
export function readModelJson(json: unknown): EmOutcome {
  const fields = (json ?? {}) as Record<string, unknown>;
  if (fields.format !== format || fields.version !== 1) {
    throw new TypeError(
      `Cannot read the model: its format is ${JSON.stringify(fields.format)}, version ` +
        `${JSON.stringify(fields.version)}, "${format}" of version 1 is needed`,
    );
  }
  const dimensions = checkInteger(fields.dimensions, "dimensions", { min: 1 });
  const parameters = checkParameters(fields as unknown as MixtureParameters, dimensions, "model");
  const { lowerBoundHistory, converged } = fields;
  if (typeof converged !== "boolean" || !isHistory(lowerBoundHistory)) {
    throw new TypeError(
      "Cannot read the model: converged must be true or false and lowerBoundHistory hold numbers",
    );
  }
  return { parameters, factors: factorize(parameters), lowerBoundHistory, converged };
}

function isHistory(values: unknown): values is number[] {
  return Array.isArray(values) && values.length > 0 && values.every(Number.isFinite);
}
