import {
  type Abortable,
  checkFlag,
  describeValue,
  type Float64Matrix,
  givenSignal,
  type HostMatrix,
  type MatrixLike,
  pacer,
  readModelJSON,
  rowRange,
} from "@mixtape/tensor-utils/host";
import { readNumbers } from "./json.ts";
import { type Operations, withMatrix } from "./with_matrix.ts";

/** The way into directions in which data vary most, and back. */
export interface Projection {
  /** Unit directions, one per row, shape [k, d]; the largest entry of each is positive. */
  readonly components: Float64Matrix;
  /** Mean of each column, d numbers. */
  readonly means: Float64Array;
  /** Variance along each direction, divided by n − 1, descending, k numbers. */
  readonly variances: Float64Array;
  /** Share of the whole variance along each direction, k numbers; 0 for data without variance. */
  readonly shares: Float64Array;
  /**
   * Brings other rows into these directions.
   *
   * @param rows Data, shape [m, d].
   * @param options A signal that aborts the work.
   * @returns The coordinates, shape [m, k].
   * @throws {RangeError} If the number of columns is another one.
   */
  apply(rows: MatrixLike, options?: Abortable): Promise<HostMatrix>;
  /**
   * Brings coordinates back into the units of the data; with fewer components than columns, what
   * lies outside of these directions is lost.
   *
   * @param rows Coordinates, shape [m, k].
   * @param options A signal that aborts the work.
   * @returns Data, shape [m, d].
   * @throws {RangeError} If the number of columns is another one.
   */
  restore(rows: MatrixLike, options?: Abortable): Promise<HostMatrix>;
  /** Returns the directions as plain data, for {@linkcode projectionFromJSON}. */
  toJSON(): ProjectionJSON;
}

/** A {@link Projection} as plain data. */
export interface ProjectionJSON {
  /** Identifier of the format. */
  readonly format: "mixtape-projection";
  /** Version of the format. */
  readonly version: 1;
  /** Mean of each column. */
  readonly means: readonly number[];
  /** Unit directions, one array of d numbers each. */
  readonly components: readonly (readonly number[])[];
  /** Variance along each direction. */
  readonly variances: readonly number[];
  /** Share of the whole variance along each direction. */
  readonly shares: readonly number[];
  /** True if coordinates have the variance 1. */
  readonly whiten: boolean;
}

/** Directions, what was learned of them, and the scale of their coordinates. */
export interface Directions extends Pick<Projection, "means" | "variances" | "shares"> {
  /** As in {@link Projection}. */
  readonly components: Float64Matrix;
  /** True to give coordinates the variance 1. */
  readonly whiten: boolean;
}

/**
 * Reads back the JSON of a {@link Projection}; rows are brought into the same directions bit for bit.
 *
 * @param json The value that `JSON.parse` returned.
 * @returns The projection, without the data that it was fitted to.
 * @throws {SyntaxError} If the JSON is of another format, or an entry is of the wrong kind, out of
 * range, or does not fit the others.
 */
export function projectionFromJSON(json: unknown): Projection {
  return readModelJSON(
    json,
    { named: "a projection", formats: ["mixtape-projection"] },
    readEntries,
  );
}

function readEntries(entries: Readonly<Record<string, unknown>>): Projection {
  const means = readNumbers(entries.means, "means");
  const variances = readNumbers(entries.variances, "variances", { min: 0 });
  const [k, d] = [variances.length, means.length];
  const shares = readNumbers(entries.shares, "shares", { min: 0, length: k, per: "variance" });
  const { components, whiten } = entries;
  if (!Array.isArray(components) || components.length !== k) {
    throw new RangeError(
      `Cannot use components: ${describeValue(components)} was given, ` +
        `a list of ${k} directions is needed, one per variance`,
    );
  }
  const values = new Float64Array(k * d);
  for (const [c, direction] of components.entries()) {
    values.set(readNumbers(direction, `components[${c}]`, { length: d }), c * d);
  }
  return projectionOf({
    components: { values, shape: [k, d] },
    means,
    variances,
    shares,
    whiten: checkFlag(whiten, "whiten"),
  });
}

/**
 * Makes the functions of a projection.
 *
 * @param directions Directions, and the scale of their coordinates.
 * @returns The projection.
 */
export function projectionOf(directions: Directions): Projection {
  const { components, means, variances, shares, whiten } = directions;
  const { values, shape: [k, d] } = components;
  return {
    components,
    means,
    variances,
    shares,
    apply: async (rows, options) => {
      const signal = givenSignal(options, "apply");
      return await withMatrix(
        rows,
        { name: "rows", columns: d, signal },
        (x, operations) => coordinatesOf(operations, x, directions, signal),
      );
    },
    restore: async (rows, options) => {
      const signal = givenSignal(options, "restore");
      return await withMatrix(
        rows,
        { name: "rows", columns: k, signal },
        (x, operations) => restored(operations, x, directions, signal),
      );
    },
    toJSON: () => ({
      format: "mixtape-projection",
      version: 1,
      means: [...means],
      components: Array.from({ length: k }, (_, c) => [...values.subarray(c * d, (c + 1) * d)]),
      variances: [...variances],
      shares: [...shares],
      whiten,
    }),
  };
}

/** Returns the divisor of each coordinate; Infinity for a direction without variance, if whitened. */
function scalesOf({ variances, means, whiten }: Directions): Float64Array {
  if (!whiten) return new Float64Array(variances.length).fill(1);
  const floor = means.length * Number.EPSILON * variances[0];
  return variances.map((variance) => variance > floor ? Math.sqrt(variance) : Infinity);
}

/**
 * Brings rows into directions.
 *
 * @param operations Named operations.
 * @param x Checked rows.
 * @param directions The directions, and the scale of their coordinates.
 * @param signal Ends the work.
 */
export async function coordinatesOf(
  operations: Operations,
  x: HostMatrix,
  directions: Directions,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const { components: { values, shape: [k] }, means, whiten } = directions;
  const result = await operations.projectedRows({ x, means, directions: values, signal });
  if (whiten) {
    const scales = scalesOf(directions);
    for (let at = 0; at < result.length; at++) result[at] /= scales[at % k];
  }
  return { values: result, shape: [x.shape[0], k] };
}

/** Multiply-adds between two looks at the clock. */
const PACED = 2 ** 26;

async function restored(
  { float64Product }: Operations,
  x: HostMatrix,
  directions: Directions,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const { components: { values: b, shape: [k, d] }, means } = directions;
  const scales = scalesOf(directions);
  const [m] = x.shape;
  const pace = pacer(signal);
  const result = new Float64Array(m * d);
  const step = Math.ceil(PACED / (k * d));
  for (let start = 0; start < m; start += step) {
    await pace();
    const { values, shape: [rows] } = rowRange(x, start, Math.min(m, start + step));
    const a = new Float64Array(rows * k);
    for (let at = 0; at < a.length; at++) {
      const scale = scales[at % k];
      if (scale !== Infinity) a[at] = values[at] * scale;
    }
    const addTo = result.subarray(start * d, (start + rows) * d);
    for (let at = 0; at < addTo.length; at += d) addTo.set(means, at);
    float64Product({ a, b, m: rows, n: d, k, addTo });
  }
  return { values: result, shape: [m, d] };
}
