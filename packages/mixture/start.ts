import { kMeans } from "@mixtape/clustering";
import { columnMeans, type HostMatrix, type MixtureSession, random } from "@mixtape/tensor-utils";
import { type Mixture, settle } from "./em_iteration.ts";
import { factorize } from "./factors.ts";
import type { CheckedOptions } from "./options.ts";

/**
 * Computes the initial mixture of a fit.
 *
 * @param x The data.
 * @param session A session on the same data.
 * @param options The checked options of the fit.
 * @param restart Number of the restart, from 0.
 * @returns The given parameters, or an M-step from the responsibilities of the start; a component without rows
 * starts at the mean of all rows.
 * @throws {ComponentCollapseError} If a covariance is not positive definite.
 */
export async function startingMixture(
  x: HostMatrix,
  session: MixtureSession,
  options: CheckedOptions,
  restart: number,
): Promise<Mixture> {
  if (options.init.kind === "parameters") {
    const { parameters } = options.init;
    return { parameters, factors: factorize(parameters) };
  }
  const { components, covariance, regularization } = options;
  const responsibilities = await startingResponsibilities(x, options, restart);
  const mean = columnMeans(x);
  const means = Float64Array.from({ length: components * mean.length }, (_, at) => {
    return mean[at % mean.length];
  });
  const moments = (about: Float64Array) => session.moments(responsibilities, about);
  return await settle(await moments(means), { means, covariance }, regularization, moments);
}

async function startingResponsibilities(
  x: HostMatrix,
  { init, components, seed, signal }: CheckedOptions,
  restart: number,
): Promise<Float64Array> {
  if (init.kind === "responsibilities") return new Float64Array(init.responsibilities.values);
  const source = random(seed).split(restart);
  if (init.kind === "random") {
    return randomResponsibilities(x.shape[0], components, () => source.next());
  }
  const clusters = await kMeans(x, { clusters: components, seed: source.integer(2 ** 31), signal });
  return hardResponsibilities(clusters.labels, components);
}

/** One-hot responsibilities: 1 for the component of each row's label. */
function hardResponsibilities(labels: Int32Array, k: number): Float64Array {
  const values = new Float64Array(labels.length * k);
  labels.forEach((label, i) => values[i * k + label] = 1);
  return values;
}

function randomResponsibilities(n: number, k: number, next: () => number): Float64Array {
  const values = Float64Array.from({ length: n * k }, next);
  for (let first = 0; first < values.length; first += k) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += values[first + c];
    for (let c = 0; c < k; c++) values[first + c] /= sum;
  }
  return values;
}
