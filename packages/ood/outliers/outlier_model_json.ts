import {
  gaussianMixtureFromJSON,
  type GaussianMixtureJSON,
  type GaussianMixtureModel,
} from "@mixtape/mixture";
import {
  checkNumber,
  fromJSONNumber,
  type JSONNumber,
  jsonNumber,
  readModelJSON,
} from "@mixtape/tensor-utils";
import type { ColumnScaling } from "./column_scaling.ts";
import type { FittedStack } from "./stacked_mixture.ts";

const format = "mixtape-outliers";

/** An {@link OutlierModel} as plain data. */
export interface OutlierModelJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-outliers";
  /** Version of the format. */
  readonly version: 1;
  /** Mean of each column. */
  readonly means: JSONNumber[];
  /** Number that each column is divided by. */
  readonly deviations: JSONNumber[];
  /** Mixture of all fitted rows, in scaled columns. */
  readonly all: GaussianMixtureJSON;
  /** Mixtures of the rows outside each fold, in scaled columns. */
  readonly withoutFold: GaussianMixtureJSON[];
  /** Log-densities of the rows of each fold, ascending. */
  readonly heldOut: JSONNumber[][];
}

/** Converts a model to plain data. */
export function writeOutlierModel(
  { means, deviations }: ColumnScaling,
  { all, withoutFold, heldOut }: FittedStack,
): OutlierModelJSON {
  return {
    format,
    version: 1,
    means: Array.from(means, jsonNumber),
    deviations: Array.from(deviations, jsonNumber),
    all: all.toJSON(),
    withoutFold: withoutFold.map((model) => model.toJSON()),
    heldOut: heldOut.map((densities) => Array.from(densities, jsonNumber)),
  };
}

/** Contents of the JSON of a model, checked. */
export interface StoredOutlierModel {
  /** Means and deviations of the columns. */
  readonly scaling: ColumnScaling;
  /** The mixtures. */
  readonly stack: FittedStack;
}

/**
 * Reads and checks the plain data of a model.
 *
 * @throws {SyntaxError} If `json` is not such data.
 */
export function readOutlierModel(json: unknown): StoredOutlierModel {
  return readModelJSON(json, { named: "an outlier model", formats: [format] }, readFields);
}

function readFields(fields: Readonly<Record<string, unknown>>): StoredOutlierModel {
  const all = mixture(fields.all);
  const d = all.dimensions;
  const means = numbers(fields.means, "means");
  const deviations = numbers(fields.deviations, "deviations");
  const withoutFold = list(fields.withoutFold, "withoutFold").map(mixture);
  const heldOut = list(fields.heldOut, "heldOut").map((densities, f) =>
    numbers(densities, `heldOut[${f}]`)
  );
  deviations.forEach((value, j) => checkNumber(value, `deviations[${j}]`, { above: 0 }));
  if (means.length !== d || deviations.length !== d) refuse("means and deviations", `${d} numbers`);
  if (withoutFold.some((model) => model.dimensions !== d)) refuse("withoutFold", `${d} dimensions`);
  if (heldOut.length !== withoutFold.length) refuse("heldOut", "one list per mixture");
  for (const densities of heldOut) {
    if (densities.some((value, i) => i > 0 && value < densities[i - 1])) {
      refuse("heldOut", "ascending numbers");
    }
  }
  return { scaling: { means, deviations }, stack: { all, withoutFold, heldOut } };
}

function mixture(json: unknown): GaussianMixtureModel {
  const model = gaussianMixtureFromJSON(json);
  if (model.covariance !== "full") refuse("a mixture", "full covariances");
  return model;
}

function numbers(values: unknown, name: string): Float64Array {
  return Float64Array.from(
    list(values, name),
    (value, i) => checkNumber(fromJSONNumber(value), `${name}[${i}]`),
  );
}

function list(values: unknown, name: string): unknown[] {
  if (Array.isArray(values) && values.length > 0) return values;
  throw new TypeError(
    `Cannot use ${name}: a list is needed, not an empty one`,
  );
}

function refuse(name: string, needed: string): never {
  throw new RangeError(`Cannot use ${name}: ${needed} needed`);
}
