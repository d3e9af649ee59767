import type { HostMatrix } from "../matrix.ts";
import { float64Product } from "./float64_product.ts";
import type { MixtureFactors, MixtureMoments, MixtureSession } from "./mixture_moments.ts";

/** Rows that are taken together: what they give stays in the caches. */
const BLOCK_ROWS = 512;

/**
 * Opens data of many columns for mixtures whose components share one covariance, in float64 throughout. Rows are
 * whitened once for all components, and Σ r (x − mean)(x − mean)ᵀ follows from Σ x xᵀ, which no step changes, so that a
 * pass costs what one component alone would.
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
  /** Lower triangle of Σ x xᵀ about the origin, once a step has asked for it. */
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
    const products = this.#sumProducts((row) => {
      let weight = 0;
      for (let at = row * k; at < (row + 1) * k; at++) weight += given[at];
      return weight;
    });
    const sums = new MomentSums(k, this.#origin.length);
    for (const block of this.#blocks) {
      sums.add(block, given.subarray(block.start * k, (block.start + block.rows) * k));
    }
    return sums.about(this.#centred(means), products, 0);
  }

  // deno-lint-ignore require-await -- likewise
  async step(factors: MixtureFactors): Promise<MixtureMoments> {
    this.#products ??= this.#sumProducts(() => 1);
    const sums = new MomentSums(factors.k, this.#origin.length);
    let logLikelihood = 0;
    for (const { block, joint, density } of this.#expect(factors)) {
      for (const value of density) logLikelihood += value;
      sums.add(block, joint);
    }
    return sums.about(this.#centred(factors.means), this.#products, logLikelihood);
  }

  // deno-lint-ignore require-await -- likewise
  async logDensity(factors: MixtureFactors): Promise<Float64Array> {
    const densities = new Float64Array(this.#rows);
    for (const { block, density } of this.#expect(factors)) densities.set(density, block.start);
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

  /** Responsibilities (`joint`, rows × k) and log-densities of each block. */
  *#expect(factors: MixtureFactors) {
    const { k, precisionFactors: w, logWeights } = factors;
    const d = this.#origin.length;
    const whiten = (a: Float64Array, m: number) =>
      float64Product({ a, b: w, m, n: d, k: d, transposeB: true });
    const centres = whiten(this.#centred(factors.means), k);
    const ofCentres = squaredLengths(centres, k, d);
    let logVolume = d / 2 * Math.log(2 * Math.PI);
    for (let j = 0; j < d; j++) logVolume -= Math.log(w[j * d + j]);
    for (const block of this.#blocks) {
      const { rows } = block;
      const y = whiten(block.values, rows);
      const ofRows = squaredLengths(y, rows, d);
      const joint = float64Product({ a: y, b: centres, m: rows, n: k, k: d, transposeB: true });
      const density = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        for (let c = 0; c < k; c++) {
          const squared = ofRows[i] + ofCentres[c] - 2 * joint[i * k + c];
          joint[i * k + c] = logWeights[c] - Math.max(0, squared) / 2;
        }
        density[i] = normalize(joint, i * k, k) - logVolume;
      }
      yield { block, joint, density };
    }
  }

  /** Lower triangle of Σ weight · x xᵀ about the origin. */
  #sumProducts(weightOf: (row: number) => number): Float64Array {
    const d = this.#origin.length;
    const sum = new Float64Array(d * d);
    for (const { start, rows, values } of this.#blocks) {
      const weighted = values.slice();
      for (let i = 0; i < rows; i++) {
        const weight = weightOf(start + i);
        for (let at = i * d; at < (i + 1) * d; at++) weighted[at] *= weight;
      }
      addLower(
        sum,
        float64Product({
          a: weighted,
          b: values,
          m: d,
          n: d,
          k: rows,
          transposeA: true,
          lower: true,
        }),
        d,
      );
    }
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
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < i; j++) scatter[j * d + i] = scatter[i * d + j];
    }
    return { logLikelihood, counts, sums, scatter };
  }
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

function columnMeans({ values, shape: [n, d] }: HostMatrix): Float64Array {
  const means = new Float64Array(d);
  for (let at = 0; at < n * d; at += d) {
    for (let j = 0; j < d; j++) means[j] += values[at + j];
  }
  return means.map((sum) => sum / n);
}
