import { kMeans } from "@mixtape/clustering";
import {
  isReader,
  type MixtureMoments,
  type MixtureSession,
  pacer,
  type Random,
  random,
  readerSource,
  type Rows,
  rowsMeans,
  unchanging,
} from "@mixtape/tensor-utils";
import { BlockMixture, type ResponsibilitiesOf } from "./block_mixture.ts";
import { type Mixture, settle } from "./em_iteration.ts";
import { factorizeInTurns } from "./factors.ts";
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
  x: Rows,
  session: MixtureSession,
  options: CheckedOptions,
  restart: number,
): Promise<Mixture> {
  if (options.init.kind === "parameters") {
    const { parameters } = options.init;
    return { parameters, factors: await factorizeInTurns(parameters, options.signal) };
  }
  const { components, covariance, regularization } = options;
  const responsibilities = await startingResponsibilities(x, options, restart);
  const mean = await rowsMeans(x, options.signal);
  const means = Float64Array.from({ length: components * mean.length }, (_, at) => {
    return mean[at % mean.length];
  });
  const moments = await momentsUnder(session, x.shape[0], responsibilities, options);
  return await settle(
    await moments(means),
    { means, covariance },
    regularization,
    moments,
    options.signal,
  );
}

/** Number of responsibilities that are made between two looks at the clock: some milliseconds. */
const PIECE = 2 ** 17;

/** Returns the function that takes moments under responsibilities, in as many blocks as the session does. */
async function momentsUnder(
  session: MixtureSession,
  n: number,
  responsibilities: ResponsibilitiesOf,
  { init, components: k, signal }: CheckedOptions,
): Promise<(about: Float64Array) => Promise<MixtureMoments>> {
  if (session instanceof BlockMixture) {
    return (about) => session.momentsOf(responsibilities, about);
  }
  if (init.kind === "responsibilities") {
    return (about) => session.moments(responsibilities(0, n), about);
  }
  const pace = pacer(signal);
  const all = new (init.kind === "random" ? Float64Array : Uint8Array)(n * k);
  const rows = Math.ceil(PIECE / k);
  for (let first = 0; first < n; first += rows) {
    all.set(responsibilities(first, Math.min(rows, n - first)), first * k);
    await pace();
  }
  return (about) => session.moments(all, about);
}

async function startingResponsibilities(
  x: Rows,
  { init, components: k, seed, signal }: CheckedOptions,
  restart: number,
): Promise<ResponsibilitiesOf> {
  if (init.kind === "responsibilities") {
    const { values } = init.responsibilities;
    return (first, rows) => values.subarray(first * k, (first + rows) * k);
  }
  const source = () => random(seed).split(restart);
  if (init.kind === "random") return randomResponsibilities(k, source);
  const data = isReader(x) ? readerSource(x) : unchanging(x);
  const { labels } = await kMeans(data, {
    ...{ clusters: k, seed: source().integer(2 ** 31), signal },
  });
  return (first, rows) => hardResponsibilities(labels.subarray(first, first + rows), k);
}

/** One-hot responsibilities: 1 for the component of each row's label. */
function hardResponsibilities(labels: Int32Array, k: number): Uint8Array {
  const values = new Uint8Array(labels.length * k);
  labels.forEach((label, i) => values[i * k + label] = 1);
  return values;
}

/** Draws responsibilities in the order of the rows, the same ones at each pass. */
function randomResponsibilities(k: number, open: () => Random): ResponsibilitiesOf {
  let source = open();
  return (first, rows) => {
    if (first === 0) source = open();
    const values = Float64Array.from({ length: rows * k }, () => source.next());
    for (let first = 0; first < values.length; first += k) {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += values[first + c];
      for (let c = 0; c < k; c++) values[first + c] /= sum;
    }
    return values;
  };
}
