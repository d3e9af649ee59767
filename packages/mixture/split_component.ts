import { symmetricEigen } from "@mixtape/tensor-utils";
import type { CheckedParameters } from "./parameters.ts";

/** The direction in which a component spreads most. */
interface Axis {
  /** Variance along it. */
  readonly variance: number;
  /** Unit vector, d. */
  readonly direction: Float64Array;
}

/**
 * Splits components until there are as many as wanted: each time the one with most weight × variance
 * along its longest axis, into two halves that lie half a standard deviation to either side.
 *
 * @param mixture The mixture to begin with.
 * @param components How many components to end with.
 * @returns A mixture with that many; the same if it has them already.
 */
export function splitWidest(mixture: CheckedParameters, components: number): CheckedParameters {
  let current = mixture;
  while (current.components < components) current = splitOnce(current);
  return current;
}

function splitOnce(mixture: CheckedParameters): CheckedParameters {
  const { covariance, components: k, dimensions: d, weights, means, covariances } = mixture;
  const axes = Array.from(weights, (_, c) => longestAxis(mixture, c));
  const extents = axes.map(({ variance }, c) => variance * weights[c]);
  const widest = extents.indexOf(Math.max(...extents));
  const { variance, direction } = axes[widest];
  const half = 0.5 * Math.sqrt(variance);
  const split = {
    covariance,
    components: k + 1,
    dimensions: d,
    weights: Float64Array.of(...weights, weights[widest] / 2),
    means: appended(means, means.subarray(widest * d, widest * d + d)),
    covariances,
  };
  split.weights[widest] /= 2;
  for (let j = 0; j < d; j++) {
    split.means[widest * d + j] -= half * direction[j];
    split.means[k * d + j] += half * direction[j];
  }
  if (covariance === "tied") return split;
  // What moved into the distance of the halves leaves their spread: the sum of both has the old moments.
  const size = covariances.length / k;
  const shrunk = covariances.slice(widest * size, widest * size + size);
  shrink(shrunk, direction, variance / 4);
  split.covariances = appended(covariances, shrunk);
  split.covariances.set(shrunk, widest * size);
  return split;
}

function longestAxis(mixture: CheckedParameters, c: number): Axis {
  const { covariance, dimensions: d, covariances } = mixture;
  if (covariance === "spherical") return unitAxis(covariances[c], 0, d);
  if (covariance === "diagonal") {
    const variances = covariances.subarray(c * d, c * d + d);
    const variance = Math.max(...variances);
    return unitAxis(variance, variances.indexOf(variance), d);
  }
  const first = covariance === "full" ? c * d * d : 0;
  const { values, vectors } = symmetricEigen(covariances.subarray(first, first + d * d), d);
  return { variance: values[0], direction: vectors.subarray(0, d) };
}

function unitAxis(variance: number, axis: number, d: number): Axis {
  const direction = new Float64Array(d);
  direction[axis] = 1;
  return { variance, direction };
}

/** Takes variance along a direction out of a covariance, whatever its shape; spherical ones stay. */
function shrink(covariance: Float64Array, direction: Float64Array, variance: number): void {
  const d = direction.length;
  if (covariance.length === d * d) {
    covariance.forEach((value, at) => {
      covariance[at] = value - variance * direction[Math.floor(at / d)] * direction[at % d];
    });
  } else if (covariance.length === d) {
    covariance.forEach((value, j) => covariance[j] = value - variance * direction[j] ** 2);
  }
}

function appended(values: Float64Array, more: Float64Array): Float64Array {
  const all = new Float64Array(values.length + more.length);
  all.set(values);
  all.set(more, values.length);
  return all;
}
