import {
  checkChoice,
  checkInteger,
  checkNumber,
  fromJsonNumber,
  type JsonNumber,
  jsonNumber,
  type MixtureCovariance,
  type MixtureFactors,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import { covarianceNames } from "./covariances/shapes.ts";
import { factorize } from "./factors.ts";
import type { FittedMixture } from "./fitted_mixture.ts";
import { type CheckedParameters, checkParameters } from "./parameters.ts";

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
  readonly weights: JsonNumber[];
  /** k×d. */
  readonly means: JsonNumber[];
  /** As the shape has it. */
  readonly covariances: JsonNumber[];
  /** Mean log-likelihood at the last E-step of the fit. */
  readonly lowerBound: JsonNumber;
  /** Mean log-likelihood at each iteration of the fit. */
  readonly lowerBoundHistory: JsonNumber[];
  /** Whether the fit met its tolerance. */
  readonly converged: boolean;
  /** Remarks on the fit. */
  readonly notes: string[];
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
  /** Mean log-likelihood at the last E-step. */
  readonly lowerBound: number;
  /** Mean log-likelihood at each iteration. */
  readonly lowerBoundHistory: readonly number[];
  /** Whether the fit met its tolerance. */
  readonly converged: boolean;
  /** Remarks on the fit. */
  readonly notes: readonly string[];
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
    weights: Array.from(model.weights, jsonNumber),
    means: Array.from(model.means, jsonNumber),
    covariances: Array.from(model.covariances, jsonNumber),
    lowerBound: jsonNumber(model.lowerBound),
    lowerBoundHistory: Array.from(model.lowerBoundHistory, jsonNumber),
    converged: model.converged,
    notes: [...model.notes],
  };
}

/**
 * Reads and checks plain data that a model was written as.
 *
 * @param json Parsed JSON.
 * @returns What a model is made of.
 * @throws {TypeError | RangeError} If it is something else, or its numbers make no mixture.
 */
export function readModelJson(json: unknown): FittedMixture {
  const fields = (json ?? {}) as Record<string, unknown>;
  if (fields.format !== format || fields.version !== 1) {
    throw new TypeError(
      `Cannot read the model: its format is ${JSON.stringify(fields.format)}, version ` +
        `${JSON.stringify(fields.version)}, "${format}" of version 1 is needed`,
    );
  }
  const { lowerBound, lowerBoundHistory, converged, notes } = fields;
  if (typeof converged !== "boolean") {
    throw new TypeError("Cannot read the model: converged must be true or false");
  }
  if (!Array.isArray(notes) || !notes.every((note) => typeof note === "string")) {
    throw new TypeError("Cannot read the model: notes must be a list of texts");
  }
  const dimensions = checkInteger(fields.dimensions, "model.dimensions", { min: 1 });
  const parameters = checkParameters(
    {
      covariance: checkChoice(fields.covariance, "model.covariance", covarianceNames),
      weights: numbers(fields.weights, "model.weights"),
      means: numbers(fields.means, "model.means"),
      covariances: numbers(fields.covariances, "model.covariances"),
    },
    dimensions,
    "model",
  );
  return {
    parameters,
    factors: factorsOf(parameters),
    lowerBound: checkNumber(fromJsonNumber(lowerBound), "model.lowerBound"),
    lowerBoundHistory: [...numbers(lowerBoundHistory, "model.lowerBoundHistory", 0)],
    converged,
    notes,
  };
}

function factorsOf(parameters: CheckedParameters): MixtureFactors {
  try {
    return factorize(parameters);
  } catch (error) {
    if (!(error instanceof ComponentCollapseError)) throw error;
    throw new RangeError(
      `Cannot use model.covariances: that of component ${error.component} is not positive definite`,
      { cause: error },
    );
  }
}

/** Numbers and nothing that only converts to one: null would be read as 0. */
function numbers(values: unknown, name: string, least = 1): Float64Array {
  if (!Array.isArray(values) || values.length < least) {
    throw new TypeError(`Cannot use ${name}: a list of numbers is needed, at least ${least}`);
  }
  return Float64Array.from(
    values,
    (value, i) => checkNumber(fromJsonNumber(value), `${name}[${i}]`),
  );
}
