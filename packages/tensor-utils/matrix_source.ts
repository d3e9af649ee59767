import { type HostMatrix, rowRange } from "./matrix.ts";
import type { RowSource } from "./row_source.ts";

/**
 * Returns a matrix as a source, cut into blocks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { matrixSource } from "@mixtape/tensor-utils";
 *
 * const source = matrixSource({ values: Float64Array.of(1, 2, 3), shape: [3, 1] }, 2);
 * const sizes: number[] = [];
 * for await (const { shape: [rows] } of source.blocks()) sizes.push(rows);
 * assert.deepEqual(sizes, [2, 1]);
 * ```
 *
 * @param x The matrix; its blocks are views of it.
 * @param blockRows Number of rows per block, at least 1; the last one may have fewer.
 * @returns The source.
 */
export function matrixSource(x: HostMatrix, blockRows: number): RowSource {
  const [n] = x.shape;
  return {
    shape: x.shape,
    async *blocks(signal) {
      for (let row = 0; row < n; row += blockRows) {
        signal?.throwIfAborted();
        yield await Promise.resolve(rowRange(x, row, Math.min(n, row + blockRows)));
      }
    },
  };
}
