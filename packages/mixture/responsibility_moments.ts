import type { HostMatrix, MixtureCovariance, MixtureMoments } from "@mixtape/tensor-utils";
import { covarianceLength } from "./parameters.ts";

/** Moments and the means that they are taken about. */
export interface CentredMoments {
  /** The moments; their log-likelihood is not known and 0. */
  readonly moments: MixtureMoments;
  /** k×d. */
  readonly about: Float64Array;
}

/**
 * Moments of data under given responsibilities, in two passes in float64: the means, then the scatter
 * about them.
 *
 * @param x Data, n×d.
 * @param responsibilities n×k, none negative.
 * @param covariance Which scatter to gather.
 * @returns The moments about the weighted means.
 */
export function responsibilityMoments(
  x: HostMatrix,
  responsibilities: HostMatrix,
  covariance: MixtureCovariance,
): CentredMoments {
  const d = x.shape[1];
  const k = responsibilities.shape[1];
  const counts = new Float64Array(k);
  const about = new Float64Array(k * d);
  forEachPart(responsibilities, (i, c, r) => {
    counts[c] += r;
    for (let j = 0; j < d; j++) about[c * d + j] += r * x.values[i * d + j];
  });
  for (let at = 0; at < k * d; at++) about[at] /= counts[Math.floor(at / d)] || 1;
  const scatter = new Float64Array(covarianceLength(k, d, covariance));
  const u = new Float64Array(d);
  const add = scatterRules[covariance];
  forEachPart(responsibilities, (i, c, r) => {
    for (let j = 0; j < d; j++) u[j] = x.values[i * d + j] - about[c * d + j];
    add(scatter, c, r, u);
  });
  if (covariance === "full" || covariance === "tied") mirrorTriangles(scatter, d);
  const sums = new Float64Array(k * d);
  return { moments: { logLikelihood: 0, counts, sums, scatter }, about };
}

/**
 * Responsibilities of 1 for the component that each row is labelled with.
 *
 * @param labels n labels, each below k.
 * @param k Number of components.
 * @returns n×k zeros and ones.
 */
export function hardResponsibilities(labels: Int32Array, k: number): HostMatrix {
  const values = new Uint8Array(labels.length * k);
  labels.forEach((label, i) => values[i * k + label] = 1);
  return { values, shape: [labels.length, k] };
}

function forEachPart(
  { values, shape: [n, k] }: HostMatrix,
  visit: (row: number, component: number, responsibility: number) => void,
): void {
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      const r = values[i * k + c];
      if (r > 0) visit(i, c, r);
    }
  }
}

type ScatterRule = (scatter: Float64Array, c: number, r: number, u: Float64Array) => void;

const scatterRules: Record<MixtureCovariance, ScatterRule> = {
  full: (scatter, c, r, u) => addTriangle(scatter, c * u.length * u.length, r, u),
  tied: (scatter, _c, r, u) => addTriangle(scatter, 0, r, u),
  diagonal(scatter, c, r, u) {
    const d = u.length;
    for (let j = 0; j < d; j++) scatter[c * d + j] += r * u[j] * u[j];
  },
  spherical(scatter, c, r, u) {
    for (let j = 0; j < u.length; j++) scatter[c] += r * u[j] * u[j];
  },
};

function addTriangle(scatter: Float64Array, first: number, r: number, u: Float64Array): void {
  const d = u.length;
  for (let i = 0; i < d; i++) {
    const weighted = r * u[i];
    const row = first + i * d;
    for (let j = 0; j <= i; j++) scatter[row + j] += weighted * u[j];
  }
}

function mirrorTriangles(matrices: Float64Array, d: number): void {
  for (let first = 0; first < matrices.length; first += d * d) {
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < i; j++) matrices[first + j * d + i] = matrices[first + i * d + j];
    }
  }
}
