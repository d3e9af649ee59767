import type { Float64Matrix, HostMatrix } from "@mixtape/operations";
import { inPieces, pieceSize } from "../abort.ts";
import { ensureBackend } from "../backend.ts";
import { distance } from "../distances.ts";
import { checkValues, hostMatrix, viewMatrix } from "../host_matrix.ts";
import type { MatrixLike } from "../matrix.ts";
import { backendKernel } from "./kernel.ts";
import { referenceDistances } from "./point_distances_reference.ts";

/**
 * Measures the Euclidean distance of each row to each point: the named operation
 * `MixtapeDistances`. It runs the kernel of the current backend, or plain loops.
 *
 * Distances are those of float64, off by at most 10 (d + 8) units in the last place, and exactly 0
 * for a row that equals a point, even if squares overflow or vanish. Those of float32 data are then
 * rounded to float32, off by at most one unit in its last place.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pointDistances, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const points = { values: Float64Array.of(0, 0, 3, 4), shape: [2, 2] } as const;
 * const { values, shape } = await pointDistances([[0, 0], [6, 8]], points);
 * assert.deepEqual([...values], [0, 5, 10, 5]);
 * assert.deepEqual(shape, [2, 2]);
 * ```
 *
 * @param x Data, shape [n, d], finite; read before the function returns its promise, unless it is a
 * tensor.
 * @param points Points, shape [k, d].
 * @param signal Ends the work if it takes long; the promise is then rejected with its reason.
 * @returns Distances, shape [n, k], float32 if `x` is, else float64.
 * @throws {TypeError} If `x` is not a matrix.
 * @throws {RangeError} If `x` has other columns than the points, a value is not finite, or a distance
 * exceeds its type.
 */
export async function pointDistances(
  x: MatrixLike,
  points: Float64Matrix,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const [k, columns] = points.shape;
  const rules = { columns };
  let rows = backendKernel("MixtapeDistances") && viewMatrix(x, "x", rules);
  if (!rows) {
    rows = await hostMatrix(x, "x", rules, signal);
    await ensureBackend();
  }
  const compute = backendKernel("MixtapeDistances") ?? referenceDistances;
  const computed = compute({ x: rows, points: points.values, k, signal });
  const { values, undecided, asRead } = computed instanceof Promise ? await computed : computed;
  if (undecided > 0) {
    // What the caller makes of its array from now on is not seen.
    const read = { ...rows, values: asRead ?? rows.values.slice() };
    checkValues(read, "x", false);
    await inPieces(values.length, pieceSize(), (start, end) => {
      for (let at = start; at < end; at++) {
        if (Number.isNaN(values[at])) {
          values[at] = distance(read, Math.floor(at / k), points, at % k);
        }
        if (Number.isFinite(values[at])) continue;
        const most = values.BYTES_PER_ELEMENT === 4
          ? "3.4e38, the largest float32"
          : "1.8e308, the largest float64";
        throw new RangeError(
          `Cannot compute distances: it exceeds ${most}, divide x and the centroids by their ` +
            `largest absolute value`,
        );
      }
    }, signal);
  }
  return { values, shape: [values.length / k, k] };
}
