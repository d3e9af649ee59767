import { kMeans } from "@mixtape/clustering";
import { type HostMatrix, type MixtureSession, random } from "@mixtape/tensor-utils";
import { maximize } from "./maximization.ts";
import type { CheckedOptions } from "./options.ts";
import type { CheckedParameters } from "./parameters.ts";

/**
 * The parameters that a fit begins with.
 *
 * @param x The data.
 * @param session The same data, opened.
 * @param options What is to be fitted.
 * @param restart Which start, from 0.
 * @returns Parameters: those given, or the M-step of the responsibilities that the start stands for.
 * @throws {ComponentCollapseError} If a component has nothing to start from.
 */
export async function startingParameters(
  x: HostMatrix,
  session: MixtureSession,
  options: CheckedOptions,
  restart: number,
): Promise<CheckedParameters> {
  if (options.init.kind === "parameters") return options.init.parameters;
  const { components, covariance, regularization } = options;
  const responsibilities = await startingResponsibilities(x, options, restart);
  const columns = x.shape[1];
  const origin = firstRows(x, components);
  const rough = await session.moments(responsibilities, origin);
  // In two passes: moments about the means themselves, else variances are differences of large numbers.
  const about = origin.map((value, at) => {
    return value + rough.sums[at] / (rough.counts[Math.floor(at / columns)] || 1);
  });
  const moments = await session.moments(responsibilities, about);
  return maximize(moments, about, covariance, regularization);
}

/** Any point near the data will do to take the means about. */
function firstRows({ values, shape: [, d] }: HostMatrix, components: number): Float64Array {
  return Float64Array.from({ length: components * d }, (_, at) => values[at % d]);
}

async function startingResponsibilities(
  x: HostMatrix,
  { init, components, seed, signal }: CheckedOptions,
  restart: number,
): Promise<Float32Array> {
  if (init.kind === "responsibilities") return Float32Array.from(init.responsibilities.values);
  const source = random(seed).split(restart);
  if (init.kind === "random") {
    return randomResponsibilities(x.shape[0], components, () => source.next());
  }
  using clusters = await kMeans(x, { clusters: components, seed: source.integer(2 ** 31), signal });
  return hardResponsibilities(clusters.labels, components);
}

/** Responsibilities of 1 for the component that each row is labelled with. */
function hardResponsibilities(labels: Int32Array, k: number): Float32Array {
  const values = new Float32Array(labels.length * k);
  labels.forEach((label, i) => values[i * k + label] = 1);
  return values;
}

function randomResponsibilities(n: number, k: number, next: () => number): Float32Array {
  const values = Float32Array.from({ length: n * k }, next);
  for (let first = 0; first < values.length; first += k) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += values[first + c];
    for (let c = 0; c < k; c++) values[first + c] /= sum;
  }
  return values;
}
