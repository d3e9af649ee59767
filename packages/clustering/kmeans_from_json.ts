import { checkInteger, checkNumber, labelArray } from "@mixtape/tensor-utils";
import { KMeansModel } from "./kmeans_model.ts";

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
 * @param json What `JSON.parse` returned.
 * @returns The model.
 * @throws {TypeError} If it is not of the format, or an entry is of the wrong kind.
 * @throws {RangeError} If an entry is out of range or does not fit the others.
 */
export function kMeansFromJSON(json: unknown): KMeansModel {
  const entries = (json ?? {}) as Record<string, unknown>;
  if (entries.format !== "mixtape-kmeans" || entries.version !== 1) {
    throw new TypeError(
      `Cannot read a k-means model: format ${entries.format}, version ${entries.version} was given, ` +
        `format mixtape-kmeans, version 1 is needed`,
    );
  }
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
  return new KMeansModel({
    centroids: { values: Float64Array.from(rows.flat()), shape: [rows.length, d] },
    labels: checkBelow(labelArray(labels, labels.length), rows.length),
    inertia: checkNumber(entries.inertia, "inertia", { min: 0 }),
    inertiaHistory: Float64Array.from(numbers(entries.inertiaHistory, "inertiaHistory")),
    iterations: checkInteger(entries.iterations, "iterations", { min: 1 }),
    converged: checkFlag(entries.converged, "converged"),
  });
}

function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new TypeError(`Cannot use ${name}: a list with at least one entry is needed`);
}

function numbers(value: unknown, name: string): number[] {
  return list(value, name).map((entry, i) => checkNumber(entry, `${name}[${i}]`));
}

function checkFlag(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`Cannot use ${name}: ${value} was given, true or false is needed`);
}

function checkBelow(labels: Int32Array, clusters: number): Int32Array {
  const row = labels.findIndex((label) => label >= clusters);
  if (row === -1) return labels;
  throw new RangeError(
    `Cannot use labels: row ${row} has ${labels[row]}, there are ${clusters} centroids`,
  );
}
