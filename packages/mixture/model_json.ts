import {
  checkChoice,
  checkFlag,
  checkInteger,
  checkNumber,
  fromJSONNumber,
  type JSONNumber,
  jsonNumber,
  type MixtureCovariance,
  readModelJSON,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import { covarianceAxes } from "./covariance_array.ts";
import { covarianceNames } from "./covariances/shapes.ts";
import { checkFactors } from "./factors.ts";
import type { MixtureContents } from "./fitted_mixture.ts";
import { nest, type NestedJSON, unnest } from "./nested_json.ts";
import { type CheckedParameters, checkParameters } from "./parameters.ts";

const format = "mixtape-gaussian-mixture";

/** A Gaussian mixture model as plain data, its matrices as lists of rows. */
export interface GaussianMixtureJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-gaussian-mixture";
  /** Version of the format. */
  readonly version: 2;
  /** Number of dimensions d. */
  readonly dimensions: number;
  /** Shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Weights of the components, length k. */
  readonly weights: JSONNumber[];
  /** Means of the components, k lists of d numbers. */
  readonly means: NestedJSON;
  /** Covariances, as lists of lists: one level for each axis that {@link MixtureParameters} says they have. */
  readonly covariances: NestedJSON;
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
  /** Its parameters, with their sizes. */
  readonly parameters: CheckedParameters;
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
  const { components: k, dimensions, covariance, weights, means, covariances } = model.parameters;
  return {
    format,
    version: 2,
    dimensions,
    covariance,
    weights: Array.from(weights, jsonNumber),
    means: nest(means, [k, dimensions]),
    covariances: nest(covariances, covarianceAxes(covariance, k, dimensions)),
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
export function readMixtureJSON(json: unknown): MixtureContents {
  const known = { named: "a Gaussian mixture", formats: [format], version: 2 };
  return readModelJSON(json, known, readFields);
}

function readFields(fields: Readonly<Record<string, unknown>>): MixtureContents {
  const { lowerBound, lowerBoundHistory, converged, notes } = fields;
  if (!Array.isArray(notes) || !notes.every((note) => typeof note === "string")) {
    throw new TypeError("Cannot use model.notes: a list of sentences is needed");
  }
  const dimensions = checkInteger(fields.dimensions, "model.dimensions", { min: 1 });
  const covariance = checkChoice(fields.covariance, "model.covariance", covarianceNames);
  const weights = numbers(fields.weights, "model.weights");
  const k = weights.length;
  const axes = covarianceAxes(covariance, k, dimensions);
  const means = unnest(fields.means, [k, dimensions], "model.means");
  const covariances = unnest(fields.covariances, axes, "model.covariances");
  const parameters = checkParameters(
    { covariance, weights, means, covariances },
    dimensions,
    "model",
  );
  checkDefinite(parameters);
  return {
    parameters,
    lowerBound: checkNumber(fromJSONNumber(lowerBound), "model.lowerBound"),
    lowerBoundHistory: numbers(lowerBoundHistory, "model.lowerBoundHistory", 0),
    converged: checkFlag(converged, "model.converged"),
    notes,
  };
}

function checkDefinite(parameters: CheckedParameters): void {
  try {
    checkFactors(parameters);
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
