/** The shapes of covariances, as tensor-utils has them. */
export type Covariance = "full" | "tied" | "diagonal" | "spherical";

/** Moments as tensor-utils takes them. */
export interface PlainMoments {
  readonly logLikelihood: number;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly scatter: Float64Array;
}

/** How the kernel of mixtures wants its data, for one shape of problem. */
export interface MixtureLayout {
  readonly rows: number;
  /** Chunks that the rows fill. */
  readonly chunks: number;
  readonly columns: number;
  readonly covariance: Covariance;
  /** Numbers from row to row: the columns and a 1, up to a multiple of 4. */
  readonly stride: number;
  /** Whether precision factors are triangles. */
  readonly triangles: boolean;
  /** Float64 numbers of a slot for k components: their sums, and the log-likelihood at the end. */
  readonly slotLength: (k: number) => number;
  /** Bytes of scratch that a thread needs for k components. */
  readonly scratchBytes: (k: number) => number;
  /** Reads the sums of all slots. */
  readonly unpackMoments: (total: Float64Array, k: number) => PlainMoments;
}

/** Rows of a chunk, as in kernels/mixture/problem.ts; likewise below. */
export const CHUNK = 512;
const CHUNK_BYTES = 2048;
const BLOCK_BYTES = 512;
const TILE_BYTES = 32;
const GATHERED = 256;

/** The layout for data of this size. */
export function mixtureLayout(
  rows: number,
  columns: number,
  covariance: Covariance,
): MixtureLayout {
  const stride = Math.ceil((columns + 1) / 4) * 4;
  const triangles = covariance === "full" || covariance === "tied";
  const work = Math.max((BLOCK_BYTES + TILE_BYTES) * columns, GATHERED * stride * 4);
  return {
    rows,
    chunks: Math.ceil(rows / CHUNK),
    columns,
    covariance,
    stride,
    triangles,
    slotLength: (k) => k * stride * (triangles ? stride : 2) + 8,
    scratchBytes: (k) => Math.ceil(((2 + k) * CHUNK_BYTES + work) / 64) * 64,
    unpackMoments: triangles
      ? (total, k) => unpackProducts(total, k, columns, stride, covariance === "tied")
      : (total, k) => unpackSquares(total, k, columns, stride, covariance === "spherical"),
  };
}

/** Rows at a wider stride, each followed by `mark` and then by zeros. */
export function spreadColumns(
  values: Float32Array,
  columns: number,
  stride: number,
  mark: number,
): Float32Array {
  const spread = new Float32Array(values.length / columns * stride);
  for (let from = 0, at = 0; from < values.length; from += columns, at += stride) {
    for (let j = 0; j < columns; j++) spread[at + j] = values[from + j];
    spread[at + columns] = mark;
  }
  return spread;
}

/** Precision factors as the kernel reads them, see kernels/mixture/whiten.ts. */
export function packFactors(
  factors: Float32Array,
  { columns: d, covariance }: MixtureLayout,
  k: number,
): { values: Float32Array; bytesPerComponent: number } {
  if (covariance === "diagonal") return { values: factors, bytesPerComponent: 4 * d };
  if (covariance === "spherical") {
    const values = Float32Array.from({ length: k * d }, (_, i) => factors[Math.floor(i / d)]);
    return { values, bytesPerComponent: 4 * d };
  }
  const count = covariance === "full" ? k : 1;
  const panelled = packTriangle(factors.subarray(0, d * d), d);
  const values = new Float32Array(count * panelled.length);
  for (let c = 0; c < count; c++) {
    values.set(packTriangle(factors.subarray(c * d * d, (c + 1) * d * d), d), c * panelled.length);
  }
  return { values, bytesPerComponent: covariance === "full" ? 4 * panelled.length : 0 };
}

/** Four rows at a time, column by column up to their diagonal; the rows left over one by one. */
function packTriangle(w: Float32Array, d: number): Float32Array {
  const packed: number[] = [];
  const panels = d - d % 4;
  for (let row = 0; row < panels; row += 4) {
    for (let column = 0; column < row + 4; column++) {
      for (let i = row; i < row + 4; i++) packed.push(column <= i ? w[i * d + column] : 0);
    }
  }
  for (let row = panels; row < d; row++) packed.push(...w.subarray(row * d, row * d + row + 1));
  return Float32Array.from(packed);
}

/** Lower triangles of Σ r (u, 1)(u, 1)ᵀ: the row of the 1 holds sums and count. */
function unpackProducts(
  total: Float64Array,
  k: number,
  d: number,
  stride: number,
  tied: boolean,
): PlainMoments {
  const counts = new Float64Array(k);
  const sums = new Float64Array(k * d);
  const scatter = new Float64Array(tied ? d * d : k * d * d);
  for (let c = 0; c < k; c++) {
    const first = c * stride * stride;
    const target = tied ? 0 : c * d * d;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) scatter[target + i * d + j] += total[first + i * stride + j];
    }
    sums.set(total.subarray(first + d * stride, first + d * stride + d), c * d);
    counts[c] = total[first + d * stride + d];
  }
  return { logLikelihood: total[total.length - 1], counts, sums, scatter };
}

/** Σ r u² and Σ r (u, 1). */
function unpackSquares(
  total: Float64Array,
  k: number,
  d: number,
  stride: number,
  spherical: boolean,
): PlainMoments {
  const counts = new Float64Array(k);
  const sums = new Float64Array(k * d);
  const scatter = new Float64Array(spherical ? k : k * d);
  for (let c = 0; c < k; c++) {
    const first = c * 2 * stride;
    for (let j = 0; j < d; j++) scatter[spherical ? c : c * d + j] += total[first + j];
    sums.set(total.subarray(first + stride, first + stride + d), c * d);
    counts[c] = total[first + stride + d];
  }
  return { logLikelihood: total[total.length - 1], counts, sums, scatter };
}
