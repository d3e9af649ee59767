import { kMeans } from "@mixtape/clustering";
import { type HostMatrix, random } from "@mixtape/tensor-utils";
import { maximize } from "./maximization.ts";
import type { CheckedOptions } from "./options.ts";
import type { CheckedParameters } from "./parameters.ts";
import { hardResponsibilities, responsibilityMoments } from "./responsibility_moments.ts";

/**
 * The parameters that a fit begins with.
 *
 * @param x The data.
 * @param options What is to be fitted.
 * @param restart Which start, from 0.
 * @returns Parameters: those given, or the M-step of the responsibilities that the start stands for.
 * @throws {ComponentCollapseError} If a component has nothing to start from.
 */
export async function startingParameters(
  x: HostMatrix,
  options: CheckedOptions,
  restart: number,
): Promise<CheckedParameters> {
  if (options.init.kind === "parameters") return options.init.parameters;
  const { covariance, regularization } = options;
  const responsibilities = await startingResponsibilities(x, options, restart);
  const { moments, about } = responsibilityMoments(x, responsibilities, covariance);
  return maximize(moments, about, covariance, regularization);
}

async function startingResponsibilities(
  x: HostMatrix,
  { init, components, seed, signal }: CheckedOptions,
  restart: number,
): Promise<HostMatrix> {
  if (init.kind === "responsibilities") return init.responsibilities;
  const source = random(seed).split(restart);
  if (init.kind === "random") {
    return randomResponsibilities(x.shape[0], components, () => source.next());
  }
  using clusters = await kMeans(x, { clusters: components, seed: source.integer(2 ** 31), signal });
  return hardResponsibilities(clusters.labels, components);
}

function randomResponsibilities(n: number, k: number, next: () => number): HostMatrix {
  const values = Float64Array.from({ length: n * k }, next);
  for (let first = 0; first < values.length; first += k) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += values[first + c];
    for (let c = 0; c < k; c++) values[first + c] /= sum;
  }
  return { values, shape: [n, k] };
}
