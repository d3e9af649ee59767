import {
  checkChoice,
  checkInteger,
  checkNumber,
  fromJSONNumber,
  type JSONNumber,
  jsonNumber,
  type MixtureCovariance,
  type MixtureFactors,
  readModelJSON,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import { covarianceNames } from "./covariances/shapes.ts";
import { factorize } from "./factors.ts";
import type { FittedMixture } from "./fitted_mixture.ts";
import { type CheckedParameters, checkParameters } from "./parameters.ts";

const format = "mixtape-gaussian-mixture";

/** A Gaussian mixture model as plain data, its arrays in row-major order. */
export interface GaussianMixtureJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-gaussian-mixture";
  /** Version of the format. */
  readonly version: 1;
  /** Number of dimensions d. */
  readonly dimensions: number;
  /** Shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Weights of the components, length k. */
  readonly weights: JSONNumber[];
  /** Means of the components, k×d. */
  readonly means: JSONNumber[];
  /** Covariances, laid out as {@link MixtureParameters} says. */
  readonly covariances: JSONNumber[];
  /** Mean log-likelihood at the last E-step of the fit, in nats per row. */
  readonly lowerBound: JSONNumber;
  /** Mean log-likelihood at each iteration of the fit. */
  readonly lowerBoundHistory: JSONNumber[];
  /** True if the fit met its tolerance. */
  readonly converged: boolean;
  /** Remarks on the fit. */
  readonly notes: string[];
}

/** The fields of a model that its JSON holds. */
export interface WrittenModel {
  /** Number of dimensions d. */
  readonly dimensions: number;
  /** Shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Weights of the components, length k. */
  readonly weights: Float64Array;
  /** Means of the components, k×d. */
  readonly means: Float64Array;
  /** Covariances, laid out as {@link MixtureParameters} says. */
  readonly covariances: Float64Array;
  /** Mean log-likelihood at the last E-step. */
  readonly lowerBound: number;
  /** Mean log-likelihood at each iteration. */
  readonly lowerBoundHistory: Float64Array;
  /** True if the fit met its tolerance. */
  readonly converged: boolean;
  /** Remarks on the fit. */
  readonly notes: readonly string[];
}

/**
 * Converts a model to plain data.
 *
 * @param model The model.
 * @returns The model, every number to full precision.
 */
export function writeModelJSON(model: WrittenModel): GaussianMixtureJSON {
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
 * Reads and checks the plain data of a model.
 *
 * @param json Parsed JSON.
 * @returns The contents of the model.
 * @throws {SyntaxError} If `json` is not the data of a model, or its numbers are no valid mixture.
 */
export function readMixtureJSON(json: unknown): FittedMixture {
  return readModelJSON(json, { named: "a Gaussian mixture", formats: [format] }, readFields);
}

function readFields(fields: Readonly<Record<string, unknown>>): FittedMixture {
  const { lowerBound, lowerBoundHistory, converged, notes } = fields;
  if (typeof converged !== "boolean") {
    throw new TypeError("Cannot use model.converged: true or false is needed");
  }
  if (!Array.isArray(notes) || !notes.every((note) => typeof note === "string")) {
    throw new TypeError("Cannot use model.notes: a list of sentences is needed");
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
    lowerBound: checkNumber(fromJSONNumber(lowerBound), "model.lowerBound"),
    lowerBoundHistory: numbers(lowerBoundHistory, "model.lowerBoundHistory", 0),
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

/** Reads a list of numbers; rejects values that only convert to one, as null would be read as 0. */
function numbers(values: unknown, name: string, least = 1): Float64Array {
  if (!Array.isArray(values) || values.length < least) {
    throw new TypeError(`Cannot use ${name}: a list of numbers is needed, at least ${least}`);
  }
  return Float64Array.from(
    values,
    (value, i) => checkNumber(fromJSONNumber(value), `${name}[${i}]`),
  );
}
