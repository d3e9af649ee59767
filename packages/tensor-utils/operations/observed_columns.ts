import type { Observed, ObservedAttributes } from "@mixtape/operations";
import { inPieces, pieceSize } from "../abort.ts";
import { backendKernel } from "./kernel.ts";

/**
 * Marks missing entries of columns, and adds up the others in float64: the named operation `MixtapeObserved`. It runs
 * the kernel of the current backend, or plain loops.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { observedColumns, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const x = { values: Float64Array.of(1, NaN, 3, 4), shape: [2, 2] } as const;
 * const missing = Uint8Array.of(0, 0, 1, 0);
 * const { sums, gone } = await observedColumns({ x, missing });
 * assert.deepEqual([...sums, ...gone, ...missing], [1, 4, 1, 1, 0, 1, 1, 0]);
 * ```
 *
 * @param entries Checked data of finite numbers and NaN, a mask that is written to, and a signal.
 * @returns Sums of the observed entries, and numbers of the missing ones, d each.
 */
export async function observedColumns(entries: ObservedAttributes): Promise<Observed> {
  return await (backendKernel("MixtapeObserved") ?? observedReference)(entries);
}

/** Computes `MixtapeObserved` in plain loops, for any backend. */
async function observedReference({ x, missing, signal }: ObservedAttributes): Promise<Observed> {
  const { values, shape: [n, d] } = x;
  const gone = new Uint32Array(d);
  // Of observed entries, then of missing ones: a branch would often be mispredicted.
  const sums = new Float64Array(2 * d);
  await inPieces(n, pieceSize(d), (start, end) => {
    const [from, to] = [start * d, end * d];
    addObserved(values.subarray(from, to), missing.subarray(from, to), gone, sums);
  }, signal);
  return { sums: sums.slice(0, d), gone };
}

function addObserved(
  values: ArrayLike<number>,
  missing: Uint8Array,
  gone: Uint32Array,
  sums: Float64Array,
): void {
  const d = gone.length;
  const { length } = missing;
  for (let i = 0; i < length;) {
    for (let p = 0; p < d; p++, i++) {
      const value = values[i];
      const isMissing = missing[i] | Number(value !== value);
      missing[i] = isMissing;
      gone[p] += isMissing;
      sums[p + d * isMissing] += value;
    }
  }
}
