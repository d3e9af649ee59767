import type { MixtureMoments, MixtureShape } from "@mixtape/operations";
import type { Turns, Work } from "../turns.ts";

/** The sizes that the kernel of mixtures works with, for one shape of problem. */
export interface MixtureLayout {
  readonly rows: number;
  /** Chunks that the rows fill. */
  readonly chunks: number;
  readonly columns: number;
  readonly shape: MixtureShape;
  /** True if precision factors are triangles. */
  readonly triangles: boolean;
  /** Float64 numbers of a slot for k components: their sums, and the log-likelihood at the end. */
  readonly slotLength: (k: number) => number;
  /** Bytes of scratch that a thread needs for k components. */
  readonly scratchBytes: (k: number) => number;
  /** Reads the sums of all slots, a view that is asked for again after the event loop has turned. */
  readonly unpackMoments: (
    total: () => Float64Array,
    k: number,
    turns: Pick<Turns, "offer">,
  ) => Work<MixtureMoments>;
}

/** Rows of a chunk, as in kernels/mixture/problem.ts; likewise below. */
export const CHUNK = 512;
const CHUNK_BYTES = 4160;
const BOUNDS_BYTES = 2048;
const TILE_BYTES = 64;
const GATHERED = 128;
/** Beyond so many columns, the moments of a component may take a millisecond to read. */
const MANY = 256;
/** So many columns are whitened without tiles and bounds, as in kernels/mixture/few_columns.ts. */
export const FEW = 3;

/**
 * The layout for data of this size.
 *
 * @param rows n.
 * @param columns d.
 * @param shape The shape of the covariances.
 * @returns Sizes, and how moments are read.
 */
export function mixtureLayout(
  rows: number,
  columns: number,
  shape: MixtureShape,
): MixtureLayout {
  const stride = Math.ceil((columns + 1) / 4) * 4;
  const triangles = shape.block === "matrix";
  const work = (k: number) =>
    triangles
      ? Math.max(
        TILE_BYTES * (columns + 1),
        8 * GATHERED * stride,
        Math.min(columns, FEW) * CHUNK_BYTES,
      )
      : TILE_BYTES + k * BOUNDS_BYTES;
  return {
    rows,
    chunks: Math.ceil(rows / CHUNK),
    columns,
    shape,
    triangles,
    slotLength: (k) => k * stride * (triangles ? stride : 2) + 8,
    scratchBytes: (k) => Math.ceil(((3 + k) * CHUNK_BYTES + work(k)) / 64) * 64,
    unpackMoments: triangles
      ? (total, k, turns) => unpackProducts(total, k, columns, stride, shape, turns)
      // deno-lint-ignore require-yield
      : function* (total, k) {
        return unpackSquares(total(), k, columns, stride, shape);
      },
  };
}

/**
 * Precision factors as the kernel reads them, see kernels/mixture/whiten.ts.
 *
 * @param factors Precision factors as tensor-utils has them.
 * @param layout The layout of the data.
 * @param k Number of components.
 * @returns The same numbers, packed.
 */
export function packFactors(
  factors: Float64Array,
  { columns: d, shape }: MixtureLayout,
  k: number,
): { values: Float64Array; bytesPerComponent: number } {
  const count = shape.shared ? 1 : k;
  const length = shape.block === "matrix" ? packedLength(d) : d;
  const bytesPerComponent = shape.shared ? 0 : 8 * length;
  if (shape.block === "diagonal") return { values: factors, bytesPerComponent };
  if (shape.block === "scalar") {
    const values = Float64Array.from({ length: count * d }, (_, i) => factors[Math.floor(i / d)]);
    return { values, bytesPerComponent };
  }
  const values = new Float64Array(count * length);
  for (let c = 0; c < count; c++) {
    packTriangle(factors.subarray(c * d * d, (c + 1) * d * d), d, values, c * length);
  }
  return { values, bytesPerComponent };
}

/** Distances between the numbers of the factors of components, and of columns, where those are not triangles. */
export function factorStrides(
  { block, shared }: MixtureShape,
  d: number,
): { readonly column: number; readonly component: number } {
  const column = block === "scalar" ? 0 : 1;
  return { column, component: shared ? 0 : column ? d : 1 };
}

function packedLength(d: number): number {
  const even = d - d % 2;
  return even * (even + 2) / 2 + (d % 2) * d;
}

/** Two rows at a time, column by column up to their diagonal; a row left over by itself. */
function packTriangle(w: Float64Array, d: number, target: Float64Array, first: number): void {
  let at = first;
  const even = d - d % 2;
  for (let row = 0; row < even; row += 2) {
    for (let column = 0; column < row + 2; column++) {
      target[at++] = column <= row ? w[row * d + column] : 0;
      target[at++] = w[(row + 1) * d + column];
    }
  }
  for (let column = 0; column < d && even < d; column++) target[at++] = w[even * d + column];
}

/** Lower triangles of Σ r (u, 1)(u, 1)ᵀ: the row of the 1 holds sums and count. */
function* unpackProducts(
  total: () => Float64Array,
  k: number,
  d: number,
  stride: number,
  { shared }: MixtureShape,
  turns: Pick<Turns, "offer">,
): Work<MixtureMoments> {
  const counts = new Float64Array(k);
  const sums = new Float64Array(k * d);
  const scatter = new Float64Array(shared ? d * d : k * d * d);
  let logLikelihood = 0;
  for (let c = 0; c < k; c++) {
    const sumsOfAll = total();
    logLikelihood = sumsOfAll[sumsOfAll.length - 1];
    const first = c * stride * stride;
    const target = shared ? 0 : c * d * d;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) scatter[target + i * d + j] += sumsOfAll[first + i * stride + j];
    }
    sums.set(sumsOfAll.subarray(first + d * stride, first + d * stride + d), c * d);
    counts[c] = sumsOfAll[first + d * stride + d];
    if (d > MANY) yield* turns.offer();
  }
  return { logLikelihood, counts, sums, scatter };
}

/** Σ r u² and Σ r (u, 1). */
function unpackSquares(
  total: Float64Array,
  k: number,
  d: number,
  stride: number,
  { block, shared }: MixtureShape,
): MixtureMoments {
  const counts = new Float64Array(k);
  const sums = new Float64Array(k * d);
  const length = block === "scalar" ? 1 : d;
  const scatter = new Float64Array(shared ? length : k * length);
  for (let c = 0; c < k; c++) {
    const first = c * 2 * stride;
    const target = shared ? 0 : c * length;
    for (let j = 0; j < d; j++) scatter[target + j % length] += total[first + j];
    sums.set(total.subarray(first + stride, first + stride + d), c * d);
    counts[c] = total[first + stride + d];
  }
  return { logLikelihood: total[total.length - 1], counts, sums, scatter };
}
