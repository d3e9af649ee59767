import type { MixtureMoments, MixtureShape } from "@mixtape/operations";
import type { MixtureSizes } from "./layout.ts";

/** Returns moments of no rows. */
export function noMoments({ k, d, shape: { block, shared } }: MixtureSizes): MixtureMoments {
  const length = { matrix: d * d, diagonal: d, scalar: 1 }[block];
  const scatter = new Float64Array(shared ? length : k * length);
  return { logLikelihood: 0, counts: new Float64Array(k), sums: new Float64Array(k * d), scatter };
}

/** Adds moments to others, in place; returns the sum. */
export function plus(total: MixtureMoments, more: MixtureMoments): MixtureMoments {
  for (const name of ["counts", "sums", "scatter"] as const) {
    more[name].forEach((value, at) => total[name][at] += value);
  }
  return { ...total, logLikelihood: total.logLikelihood + more.logLikelihood };
}

/** Reads the moments that kernels added up, see `kernels/mixture/moments.ts`. */
export function readMoments(found: Float64Array, sizes: MixtureSizes): MixtureMoments {
  const moments = noMoments(sizes);
  const read = sizes.factors === "matrix" ? readProducts : readSquares;
  read(found, sizes, moments);
  return { ...moments, logLikelihood: found[4 * (sizes.vectors - 1)] };
}

/** Tiles of Σ r (u, 1)(u, 1)ᵀ: the row of the 1 has the sums and the count. */
function readProducts(
  found: Float64Array,
  { k, d, quads, shape }: MixtureSizes,
  { counts, sums, scatter }: MixtureMoments,
): void {
  let at = 0;
  for (let c = 0; c < k; c++) {
    const first = blockAt(shape, c, d * d);
    for (let i = 0; i < quads; i++) {
      // Groups come in pairs; one beyond the diagonal has only columns that are not taken.
      for (let j = 0; j <= (i | 1); j++) {
        for (let p = 0; p < 16; p++, at++) {
          const row = 4 * i + (p >> 2);
          const column = 4 * j + p % 4;
          if (row < d) {
            if (column <= row) scatter[first + row * d + column] += found[at];
          } else if (row === d) {
            if (column < d) sums[c * d + column] = found[at];
            else if (column === d) counts[c] = found[at];
          }
        }
      }
    }
  }
}

/** Σ r u² and Σ r (u, 1) of four columns after the other. */
function readSquares(
  found: Float64Array,
  { k, d, quads, shape }: MixtureSizes,
  { counts, sums, scatter }: MixtureMoments,
): void {
  const length = shape.block === "scalar" ? 1 : d;
  for (let c = 0; c < k; c++) {
    const first = blockAt(shape, c, length);
    for (let p = 0; p <= d; p++) {
      const at = 8 * (c * quads + (p >> 2)) + p % 4;
      if (p === d) counts[c] = found[at + 4];
      else {
        scatter[first + p % length] += found[at];
        sums[c * d + p] = found[at + 4];
      }
    }
  }
}

function blockAt({ shared }: MixtureShape, c: number, length: number): number {
  return shared ? 0 : c * length;
}
