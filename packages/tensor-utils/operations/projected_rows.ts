import type { ProjectionAttributes } from "@mixtape/operations";
import { pacer } from "../abort.ts";
import { centredRows } from "../centred_rows.ts";
import { rowRange } from "../matrix.ts";
import { referenceProduct } from "./float64_product_reference.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Measures the coordinates of rows along directions, (x − means) directionsᵀ, in float64: the named operation
 * `MixtapeProjection`. It runs the kernel of the current backend, or plain loops. Those of a row depend on that row
 * alone, to the last bit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { projectedRows, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: Float64Array.of(1, 2, 4, 6), shape: [2, 2] } as const;
 * const directions = Float64Array.of(0.6, 0.8);
 * assert.deepEqual([...await projectedRows({ x, means: Float64Array.of(1, 2), directions })], [0, 5]);
 * ```
 *
 * @param projection Checked rows, which must not be written to until the promise is settled, means and directions.
 * @returns n × k numbers, row by row.
 */
export async function projectedRows(projection: ProjectionAttributes): Promise<Float64Array> {
  return await (backendKernel("MixtapeProjection") ?? referenceProjection)(projection);
}

/** Multiply-adds between two looks at the clock. */
const MULTIPLY_ADDS = 2 ** 22;

/** Computes `MixtapeProjection` in plain loops, for any backend. */
async function referenceProjection(
  { x, means, directions, signal }: ProjectionAttributes,
): Promise<Float64Array> {
  const [n, d] = x.shape;
  const k = directions.length / d;
  const pace = pacer(signal);
  const result = new Float64Array(n * k);
  const step = Math.ceil(MULTIPLY_ADDS / (d * Math.max(1, k)));
  for (let start = 0; start < n; start += step) {
    await pace();
    const rows = rowRange(x, start, Math.min(n, start + step));
    referenceProduct({
      ...{ a: centredRows(rows, means), b: directions, transposeB: true },
      ...{ m: rows.shape[0], n: k, k: d, addTo: result.subarray(start * k) },
    });
  }
  return result;
}
