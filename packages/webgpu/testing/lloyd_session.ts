import type { HostMatrix, LloydSession } from "@mixtape/operations";
import { openLloyd } from "../operations/lloyd.ts";
import { startWebGpu } from "./adapter.ts";

/** Bytes, or float32 numbers, without much structure, so that Lloyd takes many steps. */
export function rows(kind: "bytes" | "floats", n: number, d: number): HostMatrix {
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const values = kind === "bytes"
    ? Uint8Array.from({ length: n * d }, () => 256 * next())
    : Float32Array.from({ length: n * d }, () => next() - 0.5);
  return { values, shape: [n, d] };
}

/** Returns the means of clusters. */
export function means(sums: Float64Array, counts: Float64Array, d: number): Float64Array {
  return sums.map((sum, at) => sum / counts[Math.floor(at / d)]);
}

/** Opens Lloyd's algorithm on a device that takes problems of any size. */
export async function open(x: HostMatrix, sampleWeight?: Float64Array): Promise<LloydSession> {
  const backend = await startWebGpu();
  return openLloyd({ inputs: {}, attrs: { x, sampleWeight }, backend });
}

/** Counts the labels of rows on which two divisions differ. */
export function unlike(a: Int32Array, b: Int32Array): number {
  return a.filter((label, row) => label !== b[row]).length;
}
