import { adjustedRandIndex } from "@mixtape/clustering";
import { gaussianMixture, type GaussianMixtureModel } from "@mixtape/mixture";
import { type HostMatrix, symmetricEigen } from "@mixtape/tensor-utils";
import { unlessCollapsed } from "../../run/unless_collapsed.ts";
import { type Covariance, covariances, type MixtureTrial } from "../result.ts";
import { pairs } from "./search_clusters.ts";

/** The settings of a search for a mixture. */
export interface MixtureSearchSettings {
  /** Numbers of components to try, ascending. */
  readonly grid: readonly number[];
  /** Seeds of fits of the chosen mixture; the first is that of the search. */
  readonly seeds: readonly number[];
  /** Number added to every variance. */
  readonly regularization: number;
  /** Number of larger mixtures in a row that may be no better before a shape is given up. */
  readonly patience: number;
  /** Signal that ends the work. */
  readonly signal: AbortSignal;
  /** Called with the share that is done and a note. */
  readonly onProgress: (fraction: number, note: string) => void;
}

/** The outcome of a search for a mixture. */
export interface MixtureSearch {
  /** Every mixture that was tried. */
  readonly trials: readonly MixtureTrial[];
  /** The mixture with the lowest criterion. */
  readonly model: GaussianMixtureModel;
  /** Adjusted Rand index between each two fits of it from the seeds. */
  readonly agreements: readonly number[];
}

interface Fitted extends MixtureTrial {
  readonly bic: number;
  readonly model: GaussianMixtureModel;
}

/**
 * Fits mixtures of all shapes and several sizes, chooses by BIC, and fits the chosen one again from other seeds.
 *
 * A mixture in which a component has shrunk onto values that repeat is not chosen if there is another: its density
 * grows without end, and BIC with it, however few rows repeat.
 *
 * @param x Rows, shape [n, d].
 * @param settings Numbers of components, seeds and regularization.
 */
export async function searchMixtures(
  x: HostMatrix,
  settings: MixtureSearchSettings,
): Promise<MixtureSearch> {
  const { seeds: [seed, ...others], regularization, signal } = settings;
  const fit = (components: number, covariance: Covariance, seed: number) =>
    unlessCollapsed(() =>
      gaussianMixture(x, { components, covariance, seed, regularization, signal })
    );
  const trials: MixtureTrial[] = [];
  const fits: Fitted[] = [];
  for (const covariance of covariances) {
    const found = await searchShape(
      x,
      covariance,
      (components) => fit(components, covariance, seed),
      settings,
    );
    trials.push(...found.trials);
    fits.push(...found.fits);
  }
  const sound = fits.filter(({ isShrunken }) => !isShrunken);
  const { model } = (sound.length > 0 ? sound : fits).reduce((best, one) =>
    isLower(one.bic, best.bic) ? one : best
  );
  const { components, covariance } = model;
  const labels = [await model.predict(x)];
  for (const other of components > 1 ? others : []) {
    const refitted = await fit(components, covariance, other);
    if (refitted) labels.push(await refitted.predict(x));
  }
  return {
    model,
    trials,
    agreements: pairs(labels).map(([a, b]) => adjustedRandIndex(a, b)),
  };
}

/** Fits more and more components, until several in a row are no better. */
async function searchShape(
  x: HostMatrix,
  covariance: Covariance,
  fit: (components: number) => Promise<GaussianMixtureModel | undefined>,
  { grid, patience, regularization, onProgress }: MixtureSearchSettings,
): Promise<{ readonly trials: MixtureTrial[]; readonly fits: Fitted[] }> {
  const trials: MixtureTrial[] = [];
  const fits: Fitted[] = [];
  let best = Infinity;
  let waited = 0;
  for (const components of grid) {
    if (waited === patience) break;
    const done = covariances.indexOf(covariance) + grid.indexOf(components) / grid.length;
    onProgress(done / covariances.length, `${covariance}, ${components} components`);
    const model = await fit(components);
    const bic = model ? await model.bic(x) : null;
    const isShrunken = model !== undefined && smallestVariance(model) < SHRUNKEN * regularization;
    const trial = { covariance, components, bic, isShrunken, converged: model?.converged ?? false };
    trials.push(trial);
    if (model) fits.push({ ...trial, bic: bic!, model });
    const score = isShrunken ? Infinity : bic ?? Infinity;
    waited = score < best ? 0 : waited + 1;
    best = Math.min(best, score);
  }
  return { trials, fits };
}

/** Times the regularization that a component's smallest variance is below if it has shrunk onto repeated values. */
const SHRUNKEN = 10;

/** Returns the smallest variance of a component along any direction. */
function smallestVariance(
  { covariance, covariances: { values }, dimensions: d }: GaussianMixtureModel,
): number {
  if (covariance !== "full" && covariance !== "tied") return values.reduce(smaller);
  let least = Infinity;
  for (let start = 0; start < values.length; start += d * d) {
    const own = values.slice(start, start + d * d);
    least = Math.min(least, symmetricEigen(own, d, { vectors: 0 }).values[d - 1]);
  }
  return least;
}

function smaller(a: number, b: number): number {
  return Math.min(a, b);
}

/** Tells if a criterion is lower by more than rounding: in one column all shapes are the same mixture. */
function isLower(a: number, b: number): boolean {
  return a < b - 1e-9 * Math.max(1, Math.abs(b));
}
