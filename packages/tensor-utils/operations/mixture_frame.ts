import { columnMeans, type HostMatrix } from "../matrix.ts";
import { mirrorTriangles } from "./mirror_triangles.ts";
import type { MixtureCovariance, MixtureFactors, MixtureMoments } from "./mixture_moments.ts";

/** What the kernel of a backend is opened on. */
export interface MixtureAttributes {
  /** The data relative to its frame, n×d, all within [−2, 2]; the kernel may keep this array. */
  readonly values: Float32Array;
  /** n. */
  readonly rows: number;
  /** d. */
  readonly columns: number;
  /** The shape of the covariances. */
  readonly covariance: MixtureCovariance;
}

/** The means of k components in the coordinates of a {@link MixtureFrame}, rounded to float32. */
export interface FramedMeans {
  /** Number of components. */
  readonly k: number;
  /** Means, k×d. */
  readonly means: Float32Array;
  /** What rounding did to the means, k×d. */
  readonly meanErrors: Float64Array;
}

/** A mixture in the coordinates of a {@link MixtureFrame}, rounded to float32 where rows meet it. */
export interface FramedFactors extends FramedMeans {
  /** log of weight × normalising constant, less `logScale`, k: at most 0. */
  readonly constants: Float32Array;
  /** Precision factors W, laid out as in {@link MixtureFactors}. */
  readonly precisionFactors: Float32Array;
  /** W·(rounded mean − mean), k×d: added to W·(x − rounded mean), it takes the rounding back. */
  readonly offsets: Float32Array;
  /** What to add to every log-density. */
  readonly logScale: number;
}

/** What a backend implements: passes over framed data, with the meanings of {@link MixtureMoments}. */
export interface FramedMixture extends Disposable {
  /** Moments about the rounded means under given responsibilities, n×k, with a log-likelihood of 0. */
  moments(
    responsibilities: Float32Array,
    means: FramedMeans,
  ): MixtureMoments | Promise<MixtureMoments>;
  /** Moments about the rounded means; of a symmetric matrix the lower triangle suffices. */
  step(factors: FramedFactors): MixtureMoments | Promise<MixtureMoments>;
  /** log-densities less `logScale`, n. */
  logDensity(factors: FramedFactors): Float32Array | Promise<Float32Array>;
  /** Responsibilities, n×k. */
  responsibilities(factors: FramedFactors): Float32Array | Promise<Float32Array>;
}

/** The origin and the scale that data and parameters are taken relative to before float32 sees them. */
export class MixtureFrame {
  readonly #rows: number;
  readonly #origin: Float64Array;
  readonly #scale: number;
  readonly #covariance: MixtureCovariance;

  /**
   * Finds the scale of the data, and its origin unless that is given.
   *
   * @param x The data, n×d.
   * @param covariance The shape of the covariances.
   * @param origin The origin, d; the mean of the columns unless given.
   */
  constructor(x: HostMatrix, covariance: MixtureCovariance, origin?: Float64Array) {
    this.#rows = x.shape[0];
    this.#origin = origin ?? columnMeans(x);
    this.#scale = powerOfTwoScale(x, this.#origin);
    this.#covariance = covariance;
  }

  /**
   * Brings data into the frame.
   *
   * @param x The data, n×d.
   * @returns (x − origin) / scale, rounded to float32.
   */
  place(x: HostMatrix): Float32Array {
    const d = this.#origin.length;
    const factor = 1 / this.#scale;
    const placed = new Float32Array(x.values.length);
    for (let i = 0; i < placed.length; i += d) {
      for (let j = 0; j < d; j++) placed[i + j] = (x.values[i + j] - this.#origin[j]) * factor;
    }
    return placed;
  }

  /**
   * Brings means into the frame.
   *
   * @param means Means in the coordinates of the data, k×d.
   * @returns The same in the coordinates of the frame.
   */
  means(means: Float64Array): FramedMeans {
    const d = this.#origin.length;
    const rounded = new Float32Array(means.length);
    const meanErrors = new Float64Array(means.length);
    for (let i = 0; i < means.length; i++) {
      const exact = (means[i] - this.#origin[i % d]) / this.#scale;
      rounded[i] = exact;
      meanErrors[i] = rounded[i] - exact;
    }
    return { k: means.length / d, means: rounded, meanErrors };
  }

  /**
   * Brings a mixture into the frame.
   *
   * @param factors A mixture in the coordinates of the data.
   * @returns The same in the coordinates of the frame.
   */
  factors({ logWeights, means, precisionFactors }: MixtureFactors): FramedFactors {
    const d = this.#origin.length;
    const framed = this.means(means);
    const scaled = precisionFactors.map((value) => value * this.#scale);
    const constants = logWeights.map((logWeight, c) =>
      logWeight + logNormalizer(precisionFactors, c, d, this.#covariance)
    );
    const logScale = Math.max(...constants);
    return {
      ...framed,
      constants: Float32Array.from(constants, (value) => value - logScale),
      precisionFactors: Float32Array.from(scaled),
      offsets: whiten(scaled, framed.meanErrors, d, this.#covariance),
      logScale,
    };
  }

  /**
   * Brings moments out of the frame.
   *
   * @param framed Moments about the rounded means, in the coordinates of the frame; taken over.
   * @param means The means they were taken about, of the mixture they were taken under if there is one.
   * @returns Moments about the exact means, in the coordinates of the data.
   */
  moments(framed: MixtureMoments, means: FramedMeans | FramedFactors): MixtureMoments {
    const { k, meanErrors } = means;
    const logScale = "logScale" in means ? means.logScale : 0;
    const d = this.#origin.length;
    const { counts, sums, scatter } = framed;
    for (let c = 0; c < k; c++) {
      const shift = meanErrors.subarray(c * d, c * d + d);
      const sum = sums.subarray(c * d, c * d + d);
      shiftScatter(scatter, sum, counts[c], shift, c, this.#covariance);
      for (let j = 0; j < d; j++) sum[j] = (sum[j] + counts[c] * shift[j]) * this.#scale;
    }
    if (this.#covariance === "full" || this.#covariance === "tied") mirrorTriangles(scatter, d);
    for (let i = 0; i < scatter.length; i++) scatter[i] *= this.#scale ** 2;
    return { logLikelihood: framed.logLikelihood + this.#rows * logScale, counts, sums, scatter };
  }
}

/** A power of two, so that dividing by it rounds nothing. */
function powerOfTwoScale({ values }: HostMatrix, origin: Float64Array): number {
  const d = origin.length;
  let largest = 0;
  for (let i = 0; i < values.length; i += d) {
    for (let j = 0; j < d; j++) {
      const distance = Math.abs(values[i + j] - origin[j]);
      if (distance > largest) largest = distance;
    }
  }
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}

/** log det W − d/2·log 2π, where det W = det(Σ)^−½. */
function logNormalizer(
  w: Float64Array,
  c: number,
  d: number,
  covariance: MixtureCovariance,
): number {
  let logDeterminant = 0;
  for (let j = 0; j < d; j++) logDeterminant += Math.log(w[diagonalIndex(c, j, d, covariance)]);
  return logDeterminant - d / 2 * Math.log(2 * Math.PI);
}

/** Where the j-th diagonal element of component c stands in an array laid out for the covariance. */
function diagonalIndex(c: number, j: number, d: number, covariance: MixtureCovariance): number {
  if (covariance === "full") return (c * d + j) * d + j;
  if (covariance === "tied") return j * d + j;
  return covariance === "diagonal" ? c * d + j : c;
}

function whiten(
  w: Float64Array,
  vectors: Float64Array,
  d: number,
  covariance: MixtureCovariance,
): Float32Array {
  if (covariance === "diagonal" || covariance === "spherical") {
    return Float32Array.from(vectors, (value, i) => {
      return w[diagonalIndex(Math.floor(i / d), i % d, d, covariance)] * value;
    });
  }
  const result = new Float32Array(vectors.length);
  for (let i = 0; i < vectors.length; i++) {
    const row = covariance === "full" ? i * d : i % d * d;
    const first = i - i % d;
    let sum = 0;
    for (let j = 0; j <= i % d; j++) sum += w[row + j] * vectors[first + j];
    result[i] = sum;
  }
  return result;
}

/** Moves second moments about a point to the point that lies `shift` before it: Σ r (u + s)(u + s)ᵀ. */
function shiftScatter(
  scatter: Float64Array,
  sum: Float64Array,
  count: number,
  shift: Float64Array,
  c: number,
  covariance: MixtureCovariance,
): void {
  const d = sum.length;
  const square = covariance === "full" || covariance === "tied";
  for (let i = 0; i < d; i++) {
    for (let j = square ? 0 : i; j <= i; j++) {
      const at = square
        ? diagonalIndex(c, i, d, covariance) - i + j
        : diagonalIndex(c, i, d, covariance);
      scatter[at] += sum[i] * shift[j] + shift[i] * sum[j] + count * shift[i] * shift[j];
    }
  }
}
