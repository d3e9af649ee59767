import type { HostMatrix } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { lloyd } from "../../module/lloyd.ts";
import { principalBasis, products } from "./basis.ts";
import { type Frame, frameArguments } from "./frame.ts";
import { toPanels } from "./panels.ts";
import type { Regions } from "../../memory/regions.ts";
import { type Sample, takeSample } from "./sample.ts";
import { compressRows } from "./sparse_rows.ts";

/** Half the distance from 1 to the next float32. */
const ROUNDOFF = 2 ** -24;
/** Number of rows in a block, and in a tile of it, of the kernels that describe rows. */
const BLOCK = 512;
const TILE = 64;
/** Below this share of values that are not 0, a pass over those alone is faster. */
const SPARSE = 0.5;

/** Largest number of coordinates in the basis: more make bounds tighter but more expensive. */
const WIDEST_SKETCH = 20;
/** Largest number of residual products that is worth its memory: 512 MiB. */
const MOST_PRODUCTS = 2 ** 27;

/** Data ready for the k-means kernels. */
export class LloydData implements Disposable {
  readonly n: number;
  readonly d: number;
  readonly regions: Regions;
  /** Arguments of the kernels that describe the data. */
  readonly frame: Frame;
  /** Bound on the relative rounding error of a product of a row and a vector. */
  readonly rounding: number;
  /** Σ w |x − origin|², in float64. */
  readonly totalSquares: number;
  /** Vector that the products subtract from centroids: approximately their mean. */
  readonly mean: Float64Array;
  /** True if working copies of the rows are centred and scaled. */
  readonly copied: boolean;
  readonly #sample: Sample;

  constructor(runtime: SimdRuntime, regions: Regions, x: HostMatrix, weights?: Float64Array) {
    const [n, d] = x.shape;
    const { memory } = runtime;
    const sample = takeSample(x.values, n, d);
    this.n = n;
    this.d = d;
    this.regions = regions;
    this.mean = sample.mean.every(Number.isFinite) ? sample.mean : new Float64Array(d);
    const frame: Frame = { n, d, scale: 1 };
    this.frame = frame;
    frame.mean = regions.place(this.mean);
    if (weights) frame.weights = regions.place(weights);
    frame.squares = regions.allocate(4 * n);
    frame.radii = regions.allocate(4 * n);
    const length = Math.sqrt(products(this.mean, this.mean)[0]);
    const sparse = x.values instanceof Uint8Array && sample.density < SPARSE && d <= 65536;
    this.copied = false;
    let terms = d;
    if (sparse) {
      const rows = compressRows(runtime, regions, x.values as Uint8Array, n, d);
      frame.rowAddresses = rows.rowAddresses;
      frame.rowLengths = rows.rowLengths;
      frame.origin = regions.zeros(8 * d);
      terms = rows.longest / 2;
      const squares = memory.float32(frame.squares, n);
      const radii = memory.float32(frame.radii, n);
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
      this.copied = this.#placeDense(runtime, x, sample, length);
      frame.origin = frame.mean;
      const blocks = Math.ceil(n / BLOCK);
      const statistics = regions.allocate(8 * blocks);
      const offset = this.copied ? 0 : length;
      runtime.run(lloyd, "describeDense", frameArguments({ ...frame, statistics, offset }), blocks);
      const total = memory.float64(statistics, blocks).reduce((a, b) => a + b, 0);
      this.totalSquares = total / frame.scale! ** 2;
      regions.free(statistics);
    }
    this.rounding = (terms + WIDEST_SKETCH + 16) * ROUNDOFF * 1.1;
    this.#sample = sample;
  }

  /**
   * Returns the size of the basis that the bounds for `k` clusters use, 0 for none; computes the
   * basis when it is first needed.
   */
  sketchFor(runtime: SimdRuntime, k: number): number {
    const { n, d, frame } = this;
    const width = Math.ceil(k / 4) * 4;
    if (k === 1 || n < 2048 || d <= 32 || n * width > MOST_PRODUCTS) return 0;
    if (!frame.sketchSize) {
      this.#describeInBasis(runtime, this.#sample, d < 128 ? 16 : WIDEST_SKETCH);
    }
    return frame.sketchSize!;
  }

  /** Places dense rows in memory; returns true if a centred and scaled copy had to be made. */
  #placeDense(runtime: SimdRuntime, x: HostMatrix, sample: Sample, length: number): boolean {
    const { regions, frame, n, d } = this;
    const { values } = x;
    const wide = values instanceof Float64Array;
    const { spread } = sample;
    const plain = !wide && spread > 1e-9 && spread < 1e9 && length < 64 * spread;
    frame.originalWide = wide ? 1 : 0;
    if (values instanceof Uint8Array) {
      frame.original = regions.allocate(4 * n * d);
      runtime.memory.float32(frame.original, n * d).set(values);
    } else if (runtime.memory.owns(values.buffer)) frame.original = values.byteOffset;
    else frame.original = regions.place(values);
    frame.dense = plain ? frame.original : regions.allocate(4 * n * d);
    const usable = spread > 1e-300 && spread < 1e300;
    // A power of two, so that scaling rounds nothing.
    if (!plain && usable) frame.scale = 2 ** -Math.round(Math.log2(spread));
    return !plain;
  }

  #centreSquares(runtime: SimdRuntime, offset: number): void {
    const { regions, frame, n, d } = this;
    const panels = regions.place(toPanels(this.mean, d, 4));
    const scratchBytes = 4 * TILE * (4 + 1);
    const scratch = regions.allocate(scratchBytes * runtime.threads);
    const job = { ...frame, panels, scratch, scratchBytes, offset };
    runtime.run(lloyd, "centreSquares", frameArguments(job), Math.ceil(n / BLOCK));
    regions.free(panels);
    regions.free(scratch);
  }

  #describeInBasis(runtime: SimdRuntime, sample: Sample, size: number): void {
    const { regions, frame, n, d, copied, mean } = this;
    const shift = copied ? new Float64Array(d) : mean;
    const basis = principalBasis(runtime, regions, frame, sample, size, shift);
    const panels = regions.place(toPanels(basis, d, size));
    const bias = regions.place(Float32Array.from(products(basis, shift)));
    const scratchBytes = 4 * TILE * (size + 1);
    const scratch = regions.allocate(scratchBytes * runtime.threads);
    const described: Frame = {
      basis: regions.place(Float32Array.from(basis)),
      sketchSize: size,
      sketch: regions.allocate(4 * n * size),
      residuals: regions.allocate(4 * n),
    };
    const slope = 8 * this.rounding + 1e-6;
    const job = { ...frame, ...described, panels, bias, scratch, scratchBytes, slope };
    runtime.run(lloyd, "describeInBasis", frameArguments(job), Math.ceil(n / BLOCK));
    // Only now: if the job failed, there is no basis yet.
    Object.assign(frame, described);
    for (const address of [panels, bias, scratch]) regions.free(address);
  }

  [Symbol.dispose](): void {
    this.regions[Symbol.dispose]();
  }
}
