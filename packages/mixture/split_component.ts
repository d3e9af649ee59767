import { blockOf, blocksOf } from "./covariances/blocks.ts";
import type { Axis } from "./covariances/covariance_shape.ts";
import { covarianceShapes } from "./covariances/shapes.ts";
import type { CheckedParameters } from "./parameters.ts";

/**
 * Splits components until there are as many as required: each time the component with the largest product of weight
 * and variance along its longest axis, into two halves, half a standard deviation to either side of its mean.
 *
 * @param mixture The mixture to split.
 * @param components Number of components to reach.
 * @param signal Ends the work; the promise is then rejected with its reason.
 * @returns A mixture with that many components; the same one if it has them already.
 */
export async function splitWidest(
  mixture: CheckedParameters,
  components: number,
  signal?: AbortSignal,
): Promise<CheckedParameters> {
  let current = mixture;
  while (current.components < components) current = await splitOnce(current, signal);
  return current;
}

async function splitOnce(
  mixture: CheckedParameters,
  signal?: AbortSignal,
): Promise<CheckedParameters> {
  const { covariance, components: k, dimensions: d, weights, means, covariances } = mixture;
  const shape = covarianceShapes[covariance];
  const block = (c: number) => blockOf(covariances, shape.layout, d, c);
  const own: Axis[] = [];
  for (const one of blocksOf(covariances, shape.layout, d)) {
    own.push(await shape.longestAxis(one, d, signal));
  }
  const axes = Array.from(weights, (_, c) => own[c % own.length]);
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
  if (shape.layout.shared) return split;
  // What moved into the distance of the halves leaves their spread: the sum of both has the old moments.
  const shrunk = block(widest).slice();
  shape.shrink(shrunk, direction, variance / 4);
  split.covariances = appended(covariances, shrunk);
  split.covariances.set(shrunk, widest * shrunk.length);
  return split;
}

function appended(values: Float64Array, more: Float64Array): Float64Array {
  const all = new Float64Array(values.length + more.length);
  all.set(values);
  all.set(more, values.length);
  return all;
}
