import type { HostMatrix } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import { lengthOf, principalBasis, products } from "./basis.ts";
import { toPanels } from "./panels.ts";
import { placeInPieces, placeValues } from "../../memory/place_values.ts";
import type { Regions } from "../../memory/regions.ts";
import { type Reach, reachOf } from "./reach.ts";
import { RowGuesses } from "./row_guesses.ts";
import { isPlain, meanOf, type Sample, scaleOf, takeSample } from "./sample.ts";
import { compressRows } from "./sparse_rows.ts";
import { inStages } from "../in_stages.ts";
import { runJob, runJobInPieces } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Half the distance from 1 to the next float32. */
const ROUNDOFF = 2 ** -24;
/** Number of rows in a block, and in a tile of it, of the kernels that describe rows. */
const BLOCK = 512;
const TILE = 64;
/** Number of bytes of dense rows that are described at a time: they should still be in the cache. */
const STAGE = 8 << 20;
/** Most blocks at a time, so that many short rows take some milliseconds as well. */
const MOST_BLOCKS = 256;
/** Below this share of values that are not 0, a pass over those alone is faster. */
const SPARSE = 0.5;
/** The same of float32, which need no conversion if they are dense, from so many columns on. */
const SPARSE_SINGLE = 0.35;
const WIDE = 64;

/** Largest number of coordinates in the basis: more make bounds tighter but more expensive. */
const WIDEST_SKETCH = 20;
/** Number of centroids from which bounds in the basis cost more than they save on dense rows. */
const MANY = 16;
/** Number of centroids from which bounds of groups save more than those in the basis. */
export const GROUPED = 256;
/** Number of terms of a product up to which it costs no more than bounds in the basis. */
const FEWEST = 32;
/** Largest number of residual products that is worth its memory: 512 MiB. */
const MOST_PRODUCTS = 2 ** 27;

/** Largest number of columns of rows that are scored side by side, see `kernels/lloyd/narrow.ts`. */
export const NARROW = 4;

/** True if the products of float32 rows take less time without their zeros. */
export function areSparseSingles(density: number, columns: number): boolean {
  return density < SPARSE_SINGLE && columns >= WIDE;
}

/** No basis. */
export const noSketch: Values<typeof structures.sketch> = {
  ...{ sketchSize: 0, basis: 0, sketch: 0, residuals: 0 },
};

/** Options of {@linkcode LloydData.prepare}. */
export interface DataOptions {
  /** Weight of each row, not negative; all 1 by default. */
  readonly weights?: Float64Array;
  /** True if there will be one assignment of the rows: they are described only where that needs it. */
  readonly once?: boolean;
}

/** Data ready for the k-means kernels. */
export class LloydData implements Disposable {
  readonly n: number;
  readonly d: number;
  readonly regions: Regions;
  /** Vector that the products subtract from centroids: approximately their mean. */
  readonly mean: Float64Array;
  /** Clusters that batches have found rows in. */
  readonly guesses: RowGuesses;
  readonly #sample: Sample;
  readonly #weights: Float64Array | undefined;
  #rows: Values<typeof structures.data>;
  #rounding = 0;
  #totalSquares = 0;
  #mostSquares = 0;
  #reach: Reach | undefined;
  #copied = false;
  #sketch: Values<typeof structures.sketch> | undefined;

  private constructor(
    regions: Regions,
    x: HostMatrix,
    { weights, once = false }: DataOptions,
  ) {
    const [n, d] = x.shape;
    this.n = n;
    this.d = d;
    this.regions = regions;
    this.guesses = new RowGuesses(regions, n);
    this.#weights = weights;
    this.#sample = takeSample(x.values, n, d);
    this.mean = meanOf(this.#sample);
    const mean = regions.place(this.mean);
    const isPlain = this.#isPlain(x);
    // Scores of few columns come with the square of each row.
    const described = d <= NARROW ? !isPlain : !once || this.#isSparse(x) || !isPlain;
    this.#rows = {
      ...{ n, d, rowAddresses: 0, rowLengths: 0, valueShift: 0 },
      ...{ dense: 0, original: 0, originalWide: 0 },
      weights: weights ? regions.place(weights) : 0,
      squares: described ? regions.allocate(4 * n) : 0,
      radii: described ? regions.allocate(4 * n) : 0,
      meanNorm: lengthOf(this.mean),
      ...{ mean, scale: 1, origin: mean },
    };
  }

  /** Places and describes data. */
  static *prepare(
    runtime: SimdRuntime,
    regions: Regions,
    x: HostMatrix,
    options: DataOptions = {},
  ): Work<LloydData> {
    const data = new LloydData(regions, x, options);
    const { values, shape } = x;
    const terms = !(values instanceof Float64Array) && data.#isSparse(x)
      ? yield* data.#placeSparse(runtime, { values, shape })
      : yield* data.#placeDense(runtime, x);
    data.#rounding = (terms + WIDEST_SKETCH + 16) * ROUNDOFF * 1.1;
    return data;
  }

  /** The structure with the addresses of the rows and of their bounds. */
  get rows(): Values<typeof structures.data> {
    return this.#rows;
  }

  /** Bound on the relative rounding error of a product of a row and a vector. */
  get rounding(): number {
    return this.#rounding;
  }

  /** Σ w |x − origin|², in float64. */
  get totalSquares(): number {
    return this.#totalSquares;
  }

  /** Bounds of the rows, once they are described. */
  get reach(): Reach {
    return this.#reach ??= reachOf(this.#mostSquares, this.#rows.meanNorm, this.#weights);
  }

  /** True if working copies of the rows are centred and scaled. */
  get copied(): boolean {
    return this.#copied;
  }

  /** The rows, as kernels are given them. */
  get packed(): Packed<typeof structures.data> {
    return pack(structures.data, this.rows);
  }

  /**
   * Returns the basis that the bounds for `k` clusters use, {@linkcode noSketch} for none; computes
   * it when it is first needed.
   */
  *sketchFor(runtime: SimdRuntime, k: number): Work<Values<typeof structures.sketch>> {
    const { n, d, rows } = this;
    if (k === 1 || k >= (rows.dense ? MANY : GROUPED)) return noSketch;
    const terms = rows.dense ? d : this.#sample.density * d;
    if (n < 2048 || terms <= FEWEST || n * k > MOST_PRODUCTS) return noSketch;
    return this.#sketch ??= yield* this.#describeInBasis(runtime, d < 128 ? 16 : WIDEST_SKETCH);
  }

  /** True if the products of rows take less time without their zeros. */
  #isSparse(x: HostMatrix): boolean {
    const { d } = this;
    const { density } = this.#sample;
    if (d > 65536) return false;
    if (x.values instanceof Uint8Array) return density < SPARSE && d > NARROW;
    return areSparseSingles(density, d) && this.#isPlain(x);
  }

  #isPlain(x: HostMatrix): boolean {
    return isPlain(x, this.#sample, lengthOf(this.mean));
  }

  /** Compresses and describes rows; returns half the number of entries of the longest. */
  *#placeSparse(
    runtime: SimdRuntime,
    x: HostMatrix & { readonly values: Uint8Array | Float32Array },
  ): Work<number> {
    const { regions, mean } = this;
    const centre = { mean, meanNorm: this.#rows.meanNorm };
    const rows = yield* compressRows(runtime, regions, x, centre, this.#rows);
    const { rowAddresses, rowLengths, valueShift } = rows;
    const origin = regions.zeros(8 * this.d);
    this.#rows = { ...this.#rows, rowAddresses, rowLengths, valueShift, origin };
    const weights = this.#weights;
    let [total, most] = [0, 0];
    for (let i = 0; i < rows.squares.length; i++) {
      const weighted = weights ? weights[i] * rows.squares[i] : rows.squares[i];
      total += weighted;
      most = Math.max(most, weighted);
    }
    this.#totalSquares = total;
    this.#mostSquares = most;
    return rows.longest / 2;
  }

  /** Places and describes dense rows; returns their number of columns. */
  *#placeDense(runtime: SimdRuntime, x: HostMatrix): Work<number> {
    const { regions, n, d } = this;
    const plain = this.#isPlain(x);
    this.#copied = !plain;
    const { values } = x;
    const originalWide = values instanceof Float64Array ? 1 : 0;
    const isPlaced = !(values instanceof Uint8Array) && runtime.memory.owns(values.buffer);
    const original = isPlaced ? values.byteOffset : regions.allocate(n * d * (4 << originalWide));
    const dense = plain ? original : regions.allocate(4 * n * d);
    const scale = plain ? 1 : scaleOf(this.#sample);
    this.#rows = { ...this.#rows, original, originalWide, dense, scale };
    if (!this.#rows.radii && d > NARROW) {
      if (!isPlaced) yield* placeInPieces(runtime, values, original);
      return d;
    }
    const blocks = Math.ceil(n / BLOCK);
    const statistics = regions.allocate(8 * blocks);
    const description = { meanLength: plain ? this.#rows.meanNorm : 0, coordinateError: 0 };
    yield* inStages({
      n,
      rows: BLOCK * Math.max(2, Math.min(MOST_BLOCKS, Math.floor(STAGE / (4 * d * BLOCK)))),
      read: (start, end) => {
        if (isPlaced) return;
        const address = original + start * d * (4 << originalWide);
        placeValues(runtime.memory, values.subarray(start * d, end * d), address);
      },
      work: (start, end, meanwhile) => {
        const block = start / BLOCK;
        const given = [
          this.packedFrom(start, end),
          pack(structures.description, { ...description, statistics: statistics + 8 * block }),
        ] as const;
        const blocks = Math.ceil((end - start) / BLOCK);
        const multiplyAdds = 4 * (end - start) * d;
        runJob(runtime, "describeDense", given, blocks, { before: meanwhile, multiplyAdds });
      },
    }, runtime.turns);
    const totals = runtime.memory.float64(statistics, blocks);
    this.#totalSquares = totals.reduce((a, b) => a + b, 0) / scale ** 2;
    this.#mostSquares = totals.reduce((a, b) => Math.max(a, b), 0) / scale ** 2;
    regions.free(statistics);
    return d;
  }

  /** Some of the dense rows, as kernels are given them. */
  packedFrom(start: number, end: number): Packed<typeof structures.data> {
    const { d } = this;
    const { original, originalWide, dense, weights, squares, radii } = this.#rows;
    return pack(structures.data, {
      ...this.#rows,
      n: end - start,
      original: original + start * d * (4 << originalWide),
      dense: dense + 4 * start * d,
      weights: weights && weights + 8 * start,
      squares: squares && squares + 4 * start,
      radii: radii && radii + 4 * start,
    });
  }

  *#describeInBasis(
    runtime: SimdRuntime,
    size: number,
  ): Work<Values<typeof structures.sketch>> {
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
    const given = [
      this.packed,
      pack(structures.sketch, sketch),
      pack(structures.factors, { factorPanels, factorCount: size, factorBias }),
      pack(structures.description, { meanLength: 0, coordinateError, statistics: 0 }),
      pack(structures.workspace, { scratch, scratchBytes }),
    ] as const;
    yield* runJobInPieces(runtime, "describeInBasis", given, Math.ceil(n / BLOCK), size * n * d);
    for (const address of [factorPanels, factorBias, scratch]) regions.free(address);
    return sketch;
  }

  [Symbol.dispose](): void {
    this.regions[Symbol.dispose]();
  }
}
