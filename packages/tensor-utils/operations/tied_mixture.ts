import { columnMeans, type HostMatrix } from "../matrix.ts";
import { logSumExp } from "../log_sum_exp.ts";
import { float64Product } from "./float64_product.ts";
import { mirrorTriangles } from "./mirror_triangles.ts";
import type { MixtureFactors, MixtureMoments, MixtureSession } from "./mixture_moments.ts";

/** Rows that are taken together: what they give stays in the caches. */
const BLOCK_ROWS = 512;

/**
 * Opens data of many columns for mixtures whose components share one covariance, in float64 throughout. What is
 * quadratic in a row is then the same for all components: it cancels from responsibilities, and its sums, in the
 * likelihood and in Σ r (x − mean)(x − mean)ᵀ, follow from Σ x xᵀ, which no step changes.
 *
 * @param x Checked data, n×d.
 * @param origin What to centre the data at, d; the mean of the columns unless given.
 * @returns The session.
 */
export function openTiedMixture(x: HostMatrix, origin?: Float64Array): MixtureSession {
  return new TiedMixture(x, origin ?? columnMeans(x));
}

interface Block {
  readonly start: number;
  readonly rows: number;
  /** Relative to the origin, rows × d. */
  readonly values: Float64Array;
}

class TiedMixture implements MixtureSession {
  readonly #rows: number;
  readonly #origin: Float64Array;
  #blocks: readonly Block[];
  /** Σ x xᵀ about the origin, once a step has asked for it. */
  #products: Float64Array | undefined;

  constructor({ values, shape: [n, d] }: HostMatrix, origin: Float64Array) {
    this.#rows = n;
    this.#origin = origin;
    this.#blocks = Array.from({ length: Math.ceil(n / BLOCK_ROWS) }, (_, block) => {
      const start = block * BLOCK_ROWS;
      const centred = Float64Array.from(values.subarray(start * d, (start + BLOCK_ROWS) * d));
      for (let at = 0; at < centred.length; at += d) {
        for (let j = 0; j < d; j++) centred[at + j] -= origin[j];
      }
      return { start, rows: centred.length / d, values: centred };
    });
  }

  // deno-lint-ignore require-await -- a session's methods are asynchronous
  async moments(responsibilities: Float32Array, means: Float64Array): Promise<MixtureMoments> {
    const k = means.length / this.#origin.length;
    const given = Float64Array.from(responsibilities);
    const weights = new Float64Array(this.#rows);
    for (let at = 0; at < given.length; at++) weights[Math.floor(at / k)] += given[at];
    const sums = new MomentSums(k, this.#origin.length);
    for (const block of this.#blocks) {
      sums.add(block, given.subarray(block.start * k, (block.start + block.rows) * k));
    }
    const plain = weights.every((weight) => weight === 1);
    const products = plain ? this.#unweighted() : this.#sumProducts(weights);
    return sums.about(this.#centred(means), products, 0);
  }

  // deno-lint-ignore require-await -- likewise
  async step(factors: MixtureFactors): Promise<MixtureMoments> {
    const sums = new MomentSums(factors.k, this.#origin.length);
    const products = this.#unweighted();
    let logLikelihood = this.#rows * logScale(factors, this.#origin.length) -
      whitenedTrace(factors.precisionFactors, products, this.#origin.length) / 2;
    for (const { block, joint, logSums } of this.#expect(factors)) {
      for (const logSum of logSums) logLikelihood += logSum;
      sums.add(block, joint);
    }
    return sums.about(this.#centred(factors.means), products, logLikelihood);
  }

  // deno-lint-ignore require-await -- likewise
  async logDensity(factors: MixtureFactors): Promise<Float64Array> {
    const { k, precisionFactors: w, logWeights } = factors;
    const d = this.#origin.length;
    const centres = times(this.#centred(factors.means), k, w, d);
    const ofCentres = squaredLengths(centres, k, d);
    const scale = logScale(factors, d);
    const densities = new Float64Array(this.#rows);
    for (const { start, rows, values } of this.#blocks) {
      const y = times(values, rows, w, d);
      const ofRows = squaredLengths(y, rows, d);
      const joint = float64Product({ a: y, b: centres, m: rows, n: k, k: d, transposeB: true });
      for (let i = 0; i < rows; i++) {
        for (let c = 0; c < k; c++) {
          const squared = ofRows[i] + ofCentres[c] - 2 * joint[i * k + c];
          joint[i * k + c] = logWeights[c] - Math.max(0, squared) / 2;
        }
        densities[start + i] = scale + logSumExp(joint, i * k, (i + 1) * k);
      }
    }
    return densities;
  }

  // deno-lint-ignore require-await -- likewise
  async responsibilities(factors: MixtureFactors): Promise<Float32Array> {
    const all = new Float32Array(this.#rows * factors.k);
    for (const { block, joint } of this.#expect(factors)) all.set(joint, block.start * factors.k);
    return all;
  }

  [Symbol.dispose](): void {
    this.#blocks = [];
    this.#products = undefined;
  }

  /**
   * Responsibilities (`joint`, rows × k), and of each row the logarithm of weight × density summed over components, less
   * `logScale` and what is quadratic in the row: x ↦ log weight + x·Σ⁻¹m − m·Σ⁻¹m / 2 is linear.
   */
  *#expect({ k, precisionFactors: w, logWeights, means }: MixtureFactors) {
    const d = this.#origin.length;
    const centres = times(this.#centred(means), k, w, d);
    const slopes = float64Product({ a: centres, b: w, m: k, n: d, k: d });
    const offsets = squaredLengths(centres, k, d).map((squared, c) => logWeights[c] - squared / 2);
    for (const block of this.#blocks) {
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

  #unweighted(): Float64Array {
    return this.#products ??= this.#sumProducts(new Float64Array(this.#rows).fill(1));
  }

  /** Σ weight · x xᵀ about the origin. */
  #sumProducts(weights: Float64Array): Float64Array {
    const d = this.#origin.length;
    const sum = new Float64Array(d * d);
    for (const { start, rows, values } of this.#blocks) {
      const a = values.slice();
      for (let at = 0; at < rows * d; at++) a[at] *= weights[start + Math.floor(at / d)];
      const product = { a, b: values, m: d, n: d, k: rows, transposeA: true, lower: true };
      addLower(sum, float64Product(product), d);
    }
    mirrorTriangles(sum, d);
    return sum;
  }

  #centred(means: Float64Array): Float64Array {
    const d = this.#origin.length;
    return means.map((mean, at) => mean - this.#origin[at % d]);
  }
}

/** Sums of responsibilities and of rows under them. */
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

  /** The moments about some means, from those about the origin. */
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

/** Rows times the transpose of a d × d matrix. */
function times(a: Float64Array, m: number, matrix: Float64Array, d: number): Float64Array {
  return float64Product({ a, b: matrix, m, n: d, k: d, transposeB: true });
}

/** Of a Gaussian, log det W − d/2·log 2π. */
function logScale({ precisionFactors: w }: MixtureFactors, d: number): number {
  let sum = -d / 2 * Math.log(2 * Math.PI);
  for (let j = 0; j < d; j++) sum += Math.log(w[j * d + j]);
  return sum;
}

/** tr(W P Wᵀ): Σ |W x|² where P is Σ x xᵀ. */
function whitenedTrace(w: Float64Array, products: Float64Array, d: number): number {
  const half = times(w, d, products, d);
  let sum = 0;
  for (let at = 0; at < d * d; at++) sum += half[at] * w[at];
  return sum;
}

function addLower(sum: Float64Array, product: Float64Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let at = i * d; at <= i * d + i; at++) sum[at] += product[at];
  }
}

/** Turns logarithms into probabilities and returns the logarithm of what they added up to. */
function normalize(joint: Float64Array, start: number, k: number): number {
  let largest = -Infinity;
  for (let at = start; at < start + k; at++) if (joint[at] > largest) largest = joint[at];
  let total = 0;
  for (let at = start; at < start + k; at++) total += joint[at] = Math.exp(joint[at] - largest);
  for (let at = start; at < start + k; at++) joint[at] /= total;
  return largest + Math.log(total);
}

function squaredLengths(x: Float64Array, rows: number, d: number): Float64Array {
  const lengths = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let at = i * d; at < (i + 1) * d; at++) sum += x[at] * x[at];
    lengths[i] = sum;
  }
  return lengths;
}
