import type { HostMatrix } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import { principalBasis, products } from "./basis.ts";
import { toPanels } from "./panels.ts";
import type { Regions } from "../../memory/regions.ts";
import { type Sample, takeSample } from "./sample.ts";
import { compressRows } from "./sparse_rows.ts";
import { runJob } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Half the distance from 1 to the next float32. */
const ROUNDOFF = 2 ** -24;
/** Number of rows in a block, and in a tile of it, of the kernels that describe rows. */
const BLOCK = 512;
const TILE = 64;
/** Below this share of values that are not 0, a pass over those alone is faster. */
const SPARSE = 0.5;

/** Largest number of coordinates in the basis: more make bounds tighter but more expensive. */
const WIDEST_SKETCH = 20;
/** Number of centroids from which bounds in the basis cost more than they save on dense rows. */
const MANY = 16;
/** Largest number of residual products that is worth its memory: 512 MiB. */
const MOST_PRODUCTS = 2 ** 27;

/** Largest number of columns of rows that are scored side by side, see `kernels/lloyd/narrow.ts`. */
export const NARROW = 4;

/** No basis. */
export const noSketch: Values<typeof structures.sketch> = {
  ...{ sketchSize: 0, basis: 0, sketch: 0, residuals: 0 },
};

/** Data ready for the k-means kernels. */
export class LloydData implements Disposable {
  readonly n: number;
  readonly d: number;
  readonly regions: Regions;
  /** The structure with the addresses of the rows and of their bounds. */
  readonly rows: Values<typeof structures.data>;
  /** Bound on the relative rounding error of a product of a row and a vector. */
  readonly rounding: number;
  /** Σ w |x − origin|², in float64. */
  readonly totalSquares: number;
  /** Vector that the products subtract from centroids: approximately their mean. */
  readonly mean: Float64Array;
  /** True if working copies of the rows are centred and scaled. */
  readonly copied: boolean;
  readonly #sample: Sample;
  #sketch: Values<typeof structures.sketch> | undefined;

  constructor(runtime: SimdRuntime, regions: Regions, x: HostMatrix, weights?: Float64Array) {
    const [n, d] = x.shape;
    const { memory } = runtime;
    const sample = takeSample(x.values, n, d);
    this.n = n;
    this.d = d;
    this.regions = regions;
    this.mean = meanOf(sample);
    const length = Math.sqrt(products(this.mean, this.mean)[0]);
    const sparse = x.values instanceof Uint8Array && sample.density < SPARSE && d > NARROW &&
      d <= 65536;
    const mean = regions.place(this.mean);
    this.rows = {
      ...{ n, d, rowAddresses: 0, rowLengths: 0, dense: 0, original: 0, originalWide: 0 },
      weights: weights ? regions.place(weights) : 0,
      squares: regions.allocate(4 * n),
      radii: regions.allocate(4 * n),
      ...{ mean, scale: 1, origin: mean },
    };
    this.copied = false;
    let terms = d;
    if (sparse) {
      const rows = compressRows(runtime, regions, x.values as Uint8Array, n, d);
      const { rowAddresses, rowLengths } = rows;
      this.rows = { ...this.rows, rowAddresses, rowLengths, origin: regions.zeros(8 * d) };
      terms = rows.longest / 2;
      const squares = memory.float32(this.rows.squares, n);
      const radii = memory.float32(this.rows.radii, n);
      let total = 0;
      for (let i = 0; i < n; i++) {
        const square = rows.squares[i];
        total += weights ? weights[i] * square : square;
        squares[i] = square;
        radii[i] = (Math.sqrt(square) + length) * 1.00001;
      }
      this.totalSquares = total;
      this.#centreSquares(runtime, length ** 2);
    } else {
      const { spread } = sample;
      const plain = isPlain(x, sample, length);
      this.copied = !plain;
      this.rows = { ...this.rows, ...this.#placeDense(runtime, x, plain, spread) };
      const blocks = Math.ceil(n / BLOCK);
      const statistics = regions.allocate(8 * blocks);
      const meanLength = this.copied ? 0 : length;
      const description = { meanLength, coordinateError: 0, statistics };
      const given = [this.packed, pack(structures.description, description)] as const;
      runJob(runtime, "describeDense", given, blocks);
      const total = memory.float64(statistics, blocks).reduce((a, b) => a + b, 0);
      this.totalSquares = total / this.rows.scale ** 2;
      regions.free(statistics);
    }
    this.rounding = (terms + WIDEST_SKETCH + 16) * ROUNDOFF * 1.1;
    this.#sample = sample;
  }

  /** The rows, as kernels are given them. */
  get packed(): Packed<typeof structures.data> {
    return pack(structures.data, this.rows);
  }

  /**
   * Returns the basis that the bounds for `k` clusters use, {@linkcode noSketch} for none; computes
   * it when it is first needed.
   */
  sketchFor(runtime: SimdRuntime, k: number): Values<typeof structures.sketch> {
    const { n, d, rows } = this;
    if (k === 1 || (rows.dense && k >= MANY)) return noSketch;
    if (n < 2048 || d <= 32 || n * k > MOST_PRODUCTS) return noSketch;
    return this.#sketch ??= this.#describeInBasis(runtime, d < 128 ? 16 : WIDEST_SKETCH);
  }

  /** Places dense rows in memory; makes room for a centred and scaled copy unless they are plain. */
  #placeDense(
    { memory }: SimdRuntime,
    { values }: HostMatrix,
    plain: boolean,
    spread: number,
  ): Partial<Values<typeof structures.data>> {
    const { regions, n, d } = this;
    const originalWide = values instanceof Float64Array ? 1 : 0;
    let original = 0;
    if (values instanceof Uint8Array) {
      original = regions.allocate(4 * n * d);
      memory.float32(original, n * d).set(values);
    } else original = memory.owns(values.buffer) ? values.byteOffset : regions.place(values);
    if (plain) return { original, originalWide, dense: original };
    const usable = spread > 1e-300 && spread < 1e300;
    // A power of two, so that scaling rounds nothing.
    const scale = usable ? 2 ** -Math.round(Math.log2(spread)) : 1;
    return { original, originalWide, dense: regions.allocate(4 * n * d), scale };
  }

  #centreSquares(runtime: SimdRuntime, meanLength: number): void {
    const { regions, n, d } = this;
    const factorPanels = regions.place(toPanels(this.mean, d, 4));
    const scratchBytes = 4 * TILE * (4 + 1);
    const scratch = regions.allocate(scratchBytes * runtime.threads);
    runJob(runtime, "centreSquares", [
      this.packed,
      pack(structures.factors, { factorPanels, factorCount: 4, factorBias: 0 }),
      pack(structures.description, { meanLength, coordinateError: 0, statistics: 0 }),
      pack(structures.workspace, { scratch, scratchBytes }),
    ], Math.ceil(n / BLOCK));
    regions.free(factorPanels);
    regions.free(scratch);
  }

  #describeInBasis(runtime: SimdRuntime, size: number): Values<typeof structures.sketch> {
    const { regions, n, d, copied, mean } = this;
    const shift = copied ? new Float64Array(d) : mean;
    const basis = principalBasis(runtime, regions, this.rows, this.#sample, size, shift);
    const factorPanels = regions.place(toPanels(basis, d, size));
    const factorBias = regions.place(Float32Array.from(products(basis, shift)));
    const scratchBytes = 4 * TILE * (size + 1);
    const scratch = regions.allocate(scratchBytes * runtime.threads);
    const sketch = {
      basis: regions.place(Float32Array.from(basis)),
      sketchSize: size,
      sketch: regions.allocate(4 * n * size),
      residuals: regions.allocate(4 * n),
    };
    const coordinateError = 8 * this.rounding + 1e-6;
    runJob(runtime, "describeInBasis", [
      this.packed,
      pack(structures.sketch, sketch),
      pack(structures.factors, { factorPanels, factorCount: size, factorBias }),
      pack(structures.description, { meanLength: 0, coordinateError, statistics: 0 }),
      pack(structures.workspace, { scratch, scratchBytes }),
    ], Math.ceil(n / BLOCK));
    for (const address of [factorPanels, factorBias, scratch]) regions.free(address);
    return sketch;
  }

  [Symbol.dispose](): void {
    this.regions[Symbol.dispose]();
  }
}

/** Returns the mean of sampled rows, of numbers that float32 holds; 0 where it exceeds float32. */
export function meanOf({ mean }: Sample): Float64Array {
  const narrow = Float64Array.from(mean, Math.fround);
  return narrow.every(Number.isFinite) ? narrow : new Float64Array(mean.length);
}

/** Returns true if float32 products of the rows as given are accurate. */
export function isPlain(x: HostMatrix, { spread }: Sample, meanLength: number): boolean {
  const wide = x.values instanceof Float64Array;
  return !wide && spread > 1e-9 && spread < 1e9 && meanLength < 64 * spread;
}
