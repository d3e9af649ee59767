import type { MixtureTerms } from "@mixtape/operations";
import type { MixtureSizes } from "./layout.ts";

/** Numbers beyond this would overflow float64 in squares of whitened rows. */
const FARTHEST = 2 ** 250;
const STEEPEST = 2 ** 200;

/** True for a number of the data, of a mean or of a point that kernels can take. */
export function isNear(value: number): boolean {
  return value <= FARTHEST && value >= -FARTHEST;
}

/** Returns true if kernels can take a mixture. */
export function isWithin({ means, precisionFactors, constants }: MixtureTerms): boolean {
  return means.every(isNear) && constants.every(Number.isFinite) &&
    precisionFactors.every((w) => w <= STEEPEST && w >= -STEEPEST);
}

/** A mixture as kernels read it, see `mixtureFrame`. */
export interface PackedTerms {
  /** The numbers. */
  readonly values: Float64Array;
  /** Vector where the factors begin. */
  readonly factorsAt: number;
  /** Vectors from the factors of a component to those of the next. */
  readonly stride: number;
}

/**
 * Lays out a mixture for kernels.
 *
 * @param sizes Sizes of the mixture.
 * @param about Points that moments are taken about, k × d.
 * @param terms The mixture; undefined if shares are given.
 */
export function packTerms(
  { k, d, quads, inner, factors, shape }: MixtureSizes,
  about: Float64Array,
  terms?: MixtureTerms,
): PackedTerms {
  const record = 1 + 2 * quads;
  const length = factors === "matrix" ? 2 * inner * (inner + 1) : inner;
  const blocks = shape.shared ? 1 : k;
  const factorsAt = k * record;
  const values = new Float64Array(4 * (factorsAt + blocks * length));
  for (let c = 0; c < k; c++) {
    const at = 4 * c * record;
    values.set(about.subarray(c * d, c * d + d), at + 4 * (1 + quads));
    if (!terms) continue;
    values[at] = terms.constants[c];
    values.set(terms.means.subarray(c * d, c * d + d), at + 4);
  }
  for (let b = 0; terms && b < blocks; b++) {
    const to = values.subarray(4 * (factorsAt + b * length), 4 * (factorsAt + (b + 1) * length));
    const w = terms.precisionFactors;
    if (shape.block === "scalar") to.fill(w[b], 0, d);
    else if (shape.block === "diagonal") to.set(w.subarray(b * d, b * d + d));
    else packTriangle(w.subarray(b * d * d, (b + 1) * d * d), d, inner, to);
  }
  return { values, factorsAt, stride: shape.shared ? 0 : length };
}

/** Writes the tiles of four rows and four columns of a lower triangle, column by column. */
function packTriangle(w: Float64Array, d: number, inner: number, to: Float64Array): void {
  let at = 0;
  for (let i = 0; i < inner; i++) {
    for (let column = 0; column < 4 * (i + 1); column++) {
      for (let row = 4 * i; row < 4 * (i + 1); row++, at++) {
        if (row < d && column <= row) to[at] = w[row * d + column];
      }
    }
  }
}
