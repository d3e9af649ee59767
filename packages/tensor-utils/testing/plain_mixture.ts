import type { MixtureMoments, MixtureShape } from "@mixtape/operations";
import type { HostMatrix } from "../matrix.ts";
import type { MixtureFactors } from "../operations/mixture_session.ts";
import {
  type MixtureCovariance,
  mixtureLength,
  mixtureShapes,
  mixtureStrides,
} from "../operations/mixture_shapes.ts";

/** Results of `MixtapeMixture` over few rows, computed directly in float64. */
export interface PlainMixture {
  /** The moments. */
  readonly moments: MixtureMoments;
  /** log p(x) of each row, n numbers. */
  readonly logDensity: Float64Array;
  /** Responsibilities, n×k. */
  readonly responsibilities: Float64Array;
}

/**
 * Computes the results of `MixtapeMixture` by the formulas, without regard to speed.
 *
 * @param x Data, n×d.
 * @param covariance The shape of the covariances.
 * @param factors The mixture.
 * @returns Every result of the operation.
 */
export function plainMixture(
  x: HostMatrix,
  covariance: MixtureCovariance,
  factors: MixtureFactors,
): PlainMixture {
  const [n, d] = x.shape;
  const { k } = factors;
  const shape = mixtureShapes[covariance];
  const logDensity = new Float64Array(n);
  const responsibilities = new Float64Array(n * k);
  const counts = new Float64Array(k);
  const sums = new Float64Array(k * d);
  const outer = Array.from({ length: k }, () => new Float64Array(d * d));
  for (let i = 0; i < n; i++) {
    const joint = Array.from({ length: k }, (_, c) => logJoint(x, i, shape, factors, c));
    const max = Math.max(...joint);
    logDensity[i] = max + Math.log(joint.reduce((sum, value) => sum + Math.exp(value - max), 0));
    for (let c = 0; c < k; c++) {
      const r = Math.exp(joint[c] - logDensity[i]);
      responsibilities[i * k + c] = r;
      counts[c] += r;
      const u = centred(x, i, factors, c);
      for (let a = 0; a < d; a++) {
        sums[c * d + a] += r * u[a];
        for (let b = 0; b < d; b++) outer[c][a * d + b] += r * u[a] * u[b];
      }
    }
  }
  const logLikelihood = logDensity.reduce((sum, value) => sum + value, 0);
  const scatter = reduceScatter(outer, d, shape);
  return { moments: { logLikelihood, counts, sums, scatter }, logDensity, responsibilities };
}

function centred(x: HostMatrix, i: number, { means }: MixtureFactors, c: number): number[] {
  const d = x.shape[1];
  return Array.from({ length: d }, (_, j) => x.values[i * d + j] - means[c * d + j]);
}

function logJoint(
  x: HostMatrix,
  i: number,
  shape: MixtureShape,
  factors: MixtureFactors,
  c: number,
): number {
  const d = x.shape[1];
  const u = centred(x, i, factors, c);
  let result = factors.logWeights[c] - d / 2 * Math.log(2 * Math.PI);
  for (let a = 0; a < d; a++) {
    let y = 0;
    for (let b = 0; b < d; b++) y += precisionFactor(factors, shape, d, c, a, b) * u[b];
    result += Math.log(precisionFactor(factors, shape, d, c, a, a)) - y * y / 2;
  }
  return result;
}

function precisionFactor(
  { precisionFactors: w }: MixtureFactors,
  shape: MixtureShape,
  d: number,
  c: number,
  a: number,
  b: number,
): number {
  const { component, diagonal } = mixtureStrides(shape, d);
  if (a === b) return w[c * component + a * diagonal];
  return shape.block === "matrix" && b < a ? w[c * component + a * d + b] : 0;
}

function reduceScatter(outer: Float64Array[], d: number, shape: MixtureShape): Float64Array {
  const { component, diagonal } = mixtureStrides(shape, d);
  const scatter = new Float64Array(mixtureLength(shape, outer.length, d));
  outer.forEach((matrix, c) => {
    for (let a = 0; a < d; a++) {
      if (shape.block !== "matrix") scatter[c * component + a * diagonal] += matrix[a * d + a];
      else for (let b = 0; b < d; b++) scatter[c * component + a * d + b] += matrix[a * d + b];
    }
  });
  return scatter;
}
