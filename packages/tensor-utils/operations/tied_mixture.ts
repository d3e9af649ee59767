import { pacer } from "../abort.ts";
import { disposing } from "../disposing.ts";
import type { MatrixValues, MixtureMoments, MixtureStepOptions } from "@mixtape/operations";
import { columnMeans, type HostMatrix, takeRows } from "../matrix.ts";
import { addProducts } from "./add_products.ts";
import { float64Product } from "./float64_product.ts";
import { logNormalizer } from "./log_normalizer.ts";
import { mirrorTriangles } from "./mirror_triangles.ts";
import { mixtureShapes } from "./mixture_shapes.ts";
import type { MixtureFactors, MixtureSession } from "./mixture_session.ts";
import {
  type Block,
  blocksOf,
  centred,
  normalize,
  reachOf,
  ROUNDING,
  squaredLengths,
  times,
  TOLERANCE,
} from "./tied_algebra.ts";
import { scoreTied, type TiedScores } from "./tied_scores.ts";

/**
 * Session for data of many columns and mixtures whose components share one covariance. Terms
 * quadratic in a row are then the same for all components: they cancel from responsibilities, and
 * their sums, in the likelihood and in Σ r (x − mean)(x − mean)ᵀ, follow from Σ x xᵀ, which no step
 * changes.
 *
 * That takes differences of squares about one origin, which lose digits if the data lies far from
 * it compared with the spread of a component; a bound tells when, and such passes and rows go to a
 * session without short cuts.
 */
export class TiedMixture implements MixtureSession {
  readonly #x: HostMatrix;
  readonly #open: (x: HostMatrix) => MixtureSession;
  readonly #pace: () => Promise<void>;
  readonly #origin: Float64Array;
  #exact: MixtureSession | undefined;
  #blocks: readonly MeasuredBlock[] | undefined;
  /** Σ x xᵀ about the origin, once a step has asked for it. */
  #products: Float64Array | undefined;

  /**
   * Prepares a session on data.
   *
   * @param x Checked data, n×d.
   * @param open Opens a session without short cuts on such data.
   * @param signal Ends the passes.
   */
  constructor(x: HostMatrix, open: (x: HostMatrix) => MixtureSession, signal?: AbortSignal) {
    this.#x = x;
    this.#open = open;
    this.#pace = pacer(signal);
    this.#origin = columnMeans(x);
  }

  async moments(responsibilities: MatrixValues, about: Float64Array): Promise<MixtureMoments> {
    return await this.#withoutShortCuts().moments(responsibilities, about);
  }

  async step(factors: MixtureFactors, options: MixtureStepOptions = {}): Promise<MixtureMoments> {
    const { about = factors.means, careful = false } = options;
    const isOrdinary = !careful && about === factors.means;
    const trace = isOrdinary ? await this.#traceWithin(factors) : undefined;
    if (trace === undefined) return await this.#withoutShortCuts().step(factors, options);
    const [n, d] = this.#x.shape;
    const sums = new MomentSums(factors.k, d);
    const products = await this.#sumProducts();
    let logLikelihood = n * logNormalizer(factors.precisionFactors, 0, d, mixtureShapes.tied) -
      trace / 2;
    for (const { block, joint, logSums } of this.#expect(factors, await this.#rowBlocks())) {
      await this.#pace();
      for (const logSum of logSums) logLikelihood += logSum;
      sums.add(block, joint);
    }
    return sums.about(centred(factors.means, this.#origin), products, logLikelihood);
  }

  async logDensity(factors: MixtureFactors): Promise<Float64Array> {
    const scored = await scoreTied(this.#x, factors, this.#pace);
    const densities = scored.logDensity;
    for (const { rows, session } of this.#far(scored)) {
      const exact = await disposing(session, () => session.logDensity(factors));
      exact.forEach((value, at) => densities[rows[at]] = value);
    }
    return densities;
  }

  async responsibilities(factors: MixtureFactors): Promise<Float64Array> {
    const { k } = factors;
    const scored = await scoreTied(this.#x, factors, this.#pace);
    const all = scored.responsibilities;
    for (const { rows, session } of this.#far(scored)) {
      const values = await disposing(session, () => session.responsibilities(factors));
      rows.forEach((row, at) => all.set(values.subarray(at * k, at * k + k), row * k));
    }
    return all;
  }

  [Symbol.dispose](): void {
    this.#exact?.[Symbol.dispose]();
    this.#exact = undefined;
    this.#blocks = undefined;
    this.#products = undefined;
  }

  #withoutShortCuts(): MixtureSession {
    return this.#exact ??= this.#open(this.#x);
  }

  /** Returns sessions on the rows that were not scored, with their indices: one, or none. */
  #far({ left }: TiedScores): { rows: Int32Array; session: MixtureSession }[] {
    if (left.length === 0) return [];
    return [{ rows: left, session: this.#open(takeRows(this.#x, left)) }];
  }

  /**
   * Returns Σ |W x|² about the origin, or undefined if rounding leaves too few digits to the likelihood and to the
   * spread of components.
   */
  async #traceWithin(
    { k, means, precisionFactors: w }: MixtureFactors,
  ): Promise<number | undefined> {
    const [n, d] = this.#x.shape;
    const reach = reachOf(w, d);
    const within = (squared: number) => squared <= reach;
    if (!squaredLengths(centred(means, this.#origin), k, d).every(within)) return undefined;
    for (const { longest } of await this.#rowBlocks()) if (!within(longest)) return undefined;
    const trace = await this.#whitenedTrace(w, await this.#sumProducts());
    return ROUNDING * trace / n > TOLERANCE ? undefined : trace;
  }

  /**
   * Computes responsibilities (`joint`, rows × k) and, for each row, the logarithm of weight ×
   * density summed over components, without `logNormalizer` and the terms quadratic in the row: x ↦ log
   * weight + x·Σ⁻¹m − m·Σ⁻¹m / 2 is linear.
   */
  *#expect(
    { k, precisionFactors: w, logWeights, means }: MixtureFactors,
    blocks: readonly MeasuredBlock[],
  ) {
    const d = this.#origin.length;
    const centres = times(centred(means, this.#origin), k, w, d);
    const slopes = float64Product({ a: centres, b: w, m: k, n: d, k: d });
    const offsets = squaredLengths(centres, k, d).map((squared, c) => logWeights[c] - squared / 2);
    for (const block of blocks) {
      const { rows, values } = block;
      const joint = float64Product({ a: values, b: slopes, m: rows, n: k, k: d, transposeB: true });
      const logSums = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        for (let c = 0; c < k; c++) joint[i * k + c] += offsets[c];
        logSums[i] = normalize(joint, i * k, k);
      }
      yield { block, joint, logSums };
    }
  }

  async #rowBlocks(): Promise<readonly MeasuredBlock[]> {
    if (this.#blocks) return this.#blocks;
    const blocks: MeasuredBlock[] = [];
    for (const block of blocksOf(this.#x, this.#origin)) {
      const lengths = squaredLengths(block.values, block.rows, this.#origin.length);
      blocks.push({
        ...block,
        longest: lengths.reduce((most, one) => Math.max(most, one), 0),
      });
      await this.#pace();
    }
    return this.#blocks = blocks;
  }

  /** Computes Σ x xᵀ about the origin. */
  async #sumProducts(): Promise<Float64Array> {
    if (this.#products) return this.#products;
    const d = this.#origin.length;
    const sum = new Float64Array(d * d);
    const most = pieceOf(d);
    for (const { rows, values } of await this.#rowBlocks()) {
      for (let start = 0; start < rows; start += most) {
        await this.#pace();
        addProducts(sum, values.subarray(start * d), Math.min(most, rows - start), d);
      }
    }
    mirrorTriangles(sum, d);
    return this.#products = sum;
  }

  /** Returns tr(W P Wᵀ), which is Σ |W x|² if P is Σ x xᵀ. */
  async #whitenedTrace(w: Float64Array, products: Float64Array): Promise<number> {
    const d = this.#origin.length;
    const most = pieceOf(d);
    let sum = 0;
    for (let start = 0; start < d; start += most) {
      await this.#pace();
      const end = Math.min(d, start + most);
      // W is a lower triangle: what W P has beyond the diagonal is not needed.
      const half = float64Product({
        ...{ a: w.subarray(start * d, end * d), b: products.subarray(0, end * d) },
        ...{ m: end - start, n: end, k: d, transposeB: true },
      });
      for (let i = start; i < end; i++) {
        const row = (i - start) * end;
        for (let j = 0; j <= i; j++) sum += half[row + j] * w[i * d + j];
      }
    }
    return sum;
  }
}

/** Rows of a matrix that are multiplied by another between two looks at the clock: some 10 ms where there are kernels. */
function pieceOf(d: number): number {
  return Math.ceil(2 ** 26 / d ** 2);
}

/** Rows about the origin, and the largest of their squared lengths. */
interface MeasuredBlock extends Block {
  readonly longest: number;
}

/** Sums of responsibilities and of rows weighted by them. */
class MomentSums {
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;

  constructor(k: number, d: number) {
    this.#counts = new Float64Array(k);
    this.#sums = new Float64Array(k * d);
  }

  add({ rows, values }: Block, responsibilities: Float64Array): void {
    const k = this.#counts.length;
    const n = this.#sums.length / k;
    const sums = float64Product({
      a: responsibilities,
      b: values,
      m: k,
      n,
      k: rows,
      transposeA: true,
    });
    for (let at = 0; at < sums.length; at++) this.#sums[at] += sums[at];
    for (let at = 0; at < rows * k; at++) this.#counts[at % k] += responsibilities[at];
  }

  /** Returns the moments about some means, given those about the origin. */
  about(means: Float64Array, products: Float64Array, logLikelihood: number): MixtureMoments {
    const counts = this.#counts;
    const k = counts.length;
    const d = means.length / k;
    const scatter = products.slice();
    const sums = this.#sums.map((sum, at) => sum - counts[Math.floor(at / d)] * means[at]);
    // Σ r x xᵀ − Σ r (x − m)(x − m)ᵀ = s mᵀ + m sᵀ + count · m mᵀ, with s = Σ r (x − m).
    for (let c = 0; c < k; c++) {
      const first = c * d;
      for (let i = 0; i < d; i++) {
        const mean = means[first + i];
        const both = sums[first + i] + counts[c] * mean;
        for (let j = 0; j <= i; j++) {
          scatter[i * d + j] -= both * means[first + j] + mean * sums[first + j];
        }
      }
    }
    mirrorTriangles(scatter, d);
    return { logLikelihood, counts, sums, scatter };
  }
}
