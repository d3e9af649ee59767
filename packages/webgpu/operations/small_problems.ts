import type { NearestAttributes, PlusPlusAttributes } from "@mixtape/operations";

/** Milliseconds that a read of the device takes at least, as measured in Deno 2.9. */
const READ_MS = 10.35;

/**
 * Multiply-adds of float32 numbers per millisecond that `simd` does on one thread, as measured on an
 * AMD EPYC: of many centroids, and of four candidates of k-means++.
 */
const NEAREST_RATE = 5e6;
const PLUS_PLUS_RATE = 1.8e6;
const CANDIDATES = 4;

/** Problems that `simd` solves on one thread before a read of the device ends, in words, by operation. */
export const smallProblems = {
  MixtapeNearest: `rows × columns × centroids below ${Math.round(READ_MS * NEAREST_RATE)}`,
  MixtapePlusPlus: `rows × columns below ${Math.round(READ_MS * PLUS_PLUS_RATE / CANDIDATES)}`,
} as const;

/** Returns true if rows are so few that `simd` finds their nearest centroids sooner. */
export function isSmallNearest({ x: { shape: [n, d] }, k }: NearestAttributes): boolean {
  return n * d * k < READ_MS * NEAREST_RATE;
}

/** Returns true if rows are so few that `simd` measures candidates sooner. */
export function isSmallPlusPlus({ x: { shape: [n, d] } }: PlusPlusAttributes): boolean {
  return CANDIDATES * n * d < READ_MS * PLUS_PLUS_RATE;
}
