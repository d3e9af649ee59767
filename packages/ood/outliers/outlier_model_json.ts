import { type GaussianMixtureJson, GaussianMixtureModel } from "@mixtape/mixture";
import { checkNumber, fromJsonNumber, type JsonNumber, jsonNumber } from "@mixtape/tensor-utils";
import type { ColumnScaling } from "./column_scaling.ts";
import type { FittedStack } from "./stacked_mixture.ts";

const format = "mixtape-outliers";

/** An {@link OutlierModel} as plain data. */
export interface OutlierModelJson {
  /** Identifier of the format. */
  readonly format: "mixtape-outliers";
  /** Version of the format. */
  readonly version: 1;
  /** Mean of each column. */
  readonly means: JsonNumber[];
  /** Number that each column is divided by. */
  readonly deviations: JsonNumber[];
  /** Mixture of all fitted rows, in scaled columns. */
  readonly all: GaussianMixtureJson;
  /** Mixtures of the rows outside each fold, in scaled columns. */
  readonly withoutFold: GaussianMixtureJson[];
  /** Log-densities of the rows of each fold, ascending. */
  readonly heldOut: JsonNumber[][];
}

/** Converts a model to plain data. */
export function writeOutlierModel(
  { means, deviations }: ColumnScaling,
  { all, withoutFold, heldOut }: FittedStack,
): OutlierModelJson {
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

/**
 * Reads and checks the plain data of a model.
 *
 * @throws {TypeError | RangeError} If `json` is not such data.
 */
export function readOutlierModel(
  json: unknown,
): { readonly scaling: ColumnScaling; readonly stack: FittedStack } {
  const fields = (json ?? {}) as Record<string, unknown>;
  if (fields.format !== format || fields.version !== 1) {
    throw new TypeError(
      `Cannot read the outlier model: its format is ${JSON.stringify(fields.format)}, version ` +
        `${JSON.stringify(fields.version)}, "${format}" of version 1 is needed`,
    );
  }
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
  const model = GaussianMixtureModel.fromJSON(json);
  if (model.covariance !== "full") refuse("a mixture", "full covariances");
  return model;
}

function numbers(values: unknown, name: string): Float64Array {
  return Float64Array.from(
    list(values, name),
    (value, i) => checkNumber(fromJsonNumber(value), `${name}[${i}]`),
  );
}

function list(values: unknown, name: string): unknown[] {
  if (Array.isArray(values) && values.length > 0) return values;
  throw new TypeError(
    `Cannot use ${name} of the outlier model: a list is needed, not an empty one`,
  );
}

function refuse(name: string, needed: string): never {
  throw new RangeError(`Cannot use ${name} of the outlier model: ${needed} needed`);
}
