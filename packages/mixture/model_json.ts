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

/** A Gaussian mixture model as plain data, its arrays in row-major order. */
export interface GaussianMixtureJson {
  /** Identifier of the format. */
  readonly format: "mixtape-gaussian-mixture";
  /** Version of the format. */
  readonly version: 1;
  /** Number of dimensions d. */
  readonly dimensions: number;
  /** Shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Weights of the components, length k. */
  readonly weights: JsonNumber[];
  /** Means of the components, k×d. */
  readonly means: JsonNumber[];
  /** Covariances, laid out as {@link MixtureParameters} says. */
  readonly covariances: JsonNumber[];
  /** Mean log-likelihood at the last E-step of the fit, in nats per row. */
  readonly lowerBound: JsonNumber;
  /** Mean log-likelihood at each iteration of the fit. */
  readonly lowerBoundHistory: JsonNumber[];
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
  readonly lowerBoundHistory: readonly number[];
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
 * Reads and checks the plain data of a model.
 *
 * @param json Parsed JSON.
 * @returns The contents of the model.
 * @throws {TypeError | RangeError} If `json` is not the data of a model, or its numbers are no valid mixture.
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
    throw new TypeError("Cannot read the model: notes must be an array of strings");
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

/** Reads a list of numbers; rejects values that only convert to one, as null would be read as 0. */
function numbers(values: unknown, name: string, least = 1): Float64Array {
  if (!Array.isArray(values) || values.length < least) {
    throw new TypeError(`Cannot use ${name}: a list of numbers is needed, at least ${least}`);
  }
  return Float64Array.from(
    values,
    (value, i) => checkNumber(fromJsonNumber(value), `${name}[${i}]`),
  );
}
