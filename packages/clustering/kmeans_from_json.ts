import {
  checkChoice,
  checkFlag,
  checkInteger,
  checkNumber,
  fromJSONNumber,
  type Label,
  labelArray,
  labelsFromJSON,
  readModelJSON,
} from "@mixtape/tensor-utils";
import { KMeansMissingModel, type MissingMethod } from "./kmeans_missing_model.ts";
import { type KMeansFit, KMeansModel } from "./kmeans_model.ts";

/** True for the methods that fill missing entries once, with a mean that the model keeps. */
const hasPriorMean: Readonly<Record<MissingMethod, boolean>> = {
  "gaussian-prior": true,
  "mean-imputation": true,
  "complete-rows": false,
  "k-pod": false,
};

/**
 * Reads a model back from the JSON that {@link KMeansModel.toJSON} wrote.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kMeans, kMeansFromJSON } from "@mixtape/clustering";
 *
 * const x = { values: new Float32Array([0, 1, 8, 9]), shape: [4, 1] } as const;
 * using model = await kMeans(x, { clusters: 2 });
 * using again = kMeansFromJSON(JSON.parse(JSON.stringify(model)));
 * assert.deepEqual(await again.predict(x), model.labels);
 * ```
 *
 * @param json The value that `JSON.parse` returned.
 * @returns A {@link KMeansMissingModel} if the JSON is of one, otherwise a {@link KMeansModel}.
 * @throws {SyntaxError} If the JSON is of another format, or an entry is of the wrong kind, out of
 * range, or does not fit the others.
 */
export function kMeansFromJSON(json: unknown): KMeansModel {
  return readModelJSON(json, format, (entries) => {
    const fit = readFit(entries);
    return entries.format === "mixtape-kmeans" ? new KMeansModel(fit) : readMissing(entries, fit);
  });
}

const format = { named: "a k-means model", formats: ["mixtape-kmeans", "mixtape-kmeans-missing"] };

function readFit(entries: Record<string, unknown>): KMeansFit {
  const rows = list(entries.centroids, "centroids").map((row, j) =>
    numbers(row, `centroids[${j}]`)
  );
  const d = rows[0].length;
  const uneven = rows.findIndex((row) => row.length !== d);
  if (uneven !== -1) {
    throw new RangeError(
      `Cannot use centroids[${uneven}]: it has ${rows[uneven].length} numbers, ` +
        `${d} are needed, as in centroids[0]`,
    );
  }
  const labels = list(entries.labels, "labels") as number[];
  const iterations = checkInteger(entries.iterations, "iterations", { min: 1 });
  return {
    centroids: { values: joined(rows), shape: [rows.length, d] },
    labels: checkBelow(labelArray(labels, labels.length), rows.length),
    inertia: checkNumber(entries.inertia, "inertia", { min: 0 }),
    inertiaHistory: readHistory(entries.inertiaHistory, "inertiaHistory", iterations),
    iterations,
    converged: checkFlag(entries.converged, "converged"),
    classes: readClasses(entries.classes, rows.length),
  };
}

function readMissing(entries: Record<string, unknown>, fit: KMeansFit): KMeansMissingModel {
  const methods = Object.keys(hasPriorMean) as MissingMethod[];
  const method = checkChoice(entries.method, "method", methods);
  return new KMeansMissingModel({
    ...fit,
    method,
    objective: checkNumber(entries.objective, "objective", { min: 0 }),
    objectiveHistory: readHistory(entries.objectiveHistory, "objectiveHistory", fit.iterations),
    missingCount: checkInteger(entries.missingCount, "missingCount", { min: 0 }),
    fittedRows: checkInteger(entries.fittedRows, "fittedRows", { min: 1 }),
    priorMean: readPriorMean(entries.priorMean, method, fit.centroids.shape[1]),
  });
}

function readPriorMean(value: unknown, method: MissingMethod, d: number): Float64Array | undefined {
  if (!hasPriorMean[method]) {
    if (value === undefined) return undefined;
    throw new TypeError(`Cannot use priorMean: the method ${method} has none, leave it out`);
  }
  const means = numbers(value, "priorMean");
  if (means.length === d) return means;
  throw new RangeError(
    `Cannot use priorMean: it has ${means.length} numbers, ${d} are needed, one per column`,
  );
}

function readClasses(value: unknown, clusters: number): Label[] | undefined {
  if (value === undefined) return undefined;
  const classes = labelsFromJSON(value, "classes");
  if (classes.length === clusters) return classes;
  throw new RangeError(
    `Cannot use classes: there are ${classes.length}, ${clusters} are needed, one per centroid`,
  );
}

function readHistory(value: unknown, name: string, iterations: number): Float64Array {
  const history = numbers(value, name, 0);
  if (history.length === iterations) return history;
  throw new RangeError(
    `Cannot use ${name}: it has ${history.length} numbers, ${iterations} are needed, one per iteration`,
  );
}

function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new TypeError(`Cannot use ${name}: a list with at least one entry is needed`);
}

function numbers(value: unknown, name: string, min?: number): Float64Array {
  const entries = list(value, name);
  return Float64Array.from(
    entries,
    (entry, i) => checkNumber(fromJSONNumber(entry), `${name}[${i}]`, { min }),
  );
}

function joined(rows: readonly Float64Array[]): Float64Array {
  const d = rows[0].length;
  const values = new Float64Array(rows.length * d);
  rows.forEach((row, j) => values.set(row, j * d));
  return values;
}

function checkBelow(labels: Int32Array, clusters: number): Int32Array {
  const row = labels.findIndex((label) => label >= clusters);
  if (row === -1) return labels;
  throw new RangeError(
    `Cannot use labels: row ${row} has ${labels[row]}, a number from 0 to ${
      clusters - 1
    } is needed`,
  );
}
