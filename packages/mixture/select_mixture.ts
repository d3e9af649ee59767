import {
  checkChoice,
  checkNumber,
  describeValue,
  disposing,
  drawApart,
  ensureBackend,
  gatherRows,
  givenOptions,
  type HostMatrix,
  type MatrixLike,
  type MixtureCovariance,
  type MixtureSession,
  openMixture,
  type OptionNames,
  placedMatrix,
  random,
  releasing,
  throwIfAborted,
  unchanging,
} from "@mixtape/tensor-utils";
import { ComponentCollapseError } from "./component_collapse_error.ts";
import { fitMixture } from "./gaussian_mixture.ts";
import { GaussianMixtureModel } from "./gaussian_mixture_model.ts";
import {
  type CheckedOptions,
  checkOptions,
  type CopiedInit,
  type GaussianMixtureOptions,
  mixtureOptionNames,
} from "./options.ts";
import type { CheckedParameters } from "./parameters.ts";
import { splitWidest } from "./split_component.ts";

/** The criterion that mixtures are compared by. */
export type MixtureCriterion = "bic" | "aic" | "held-out";

/** One mixture that {@link selectMixture} tried. */
export interface MixtureCandidate {
  /** Number of components. */
  readonly components: number;
  /** The shape of the covariances. */
  readonly covariance: MixtureCovariance;
  /** Value of the criterion (held-out: minus the mean log-density), the lower the better; infinite after a collapse. */
  readonly score: number;
  /** Mean log-likelihood of the fitted rows, in nats per row; minus infinity after a collapse. */
  readonly lowerBound: number;
  /** Number of iterations of the fit; 0 after a collapse. */
  readonly iterations: number;
  /** True if the fit met its tolerance. */
  readonly converged: boolean;
}

/** The report of a fitted mixture to {@link SelectMixtureOptions.onCandidate}. */
export interface SelectionProgress {
  /** The mixture. */
  readonly candidate: MixtureCandidate;
  /** Number of mixtures that were tried, this one included. */
  readonly done: number;
  /** Number of mixtures to try. */
  readonly total: number;
}

/** The result of {@link selectMixture}. */
export interface MixtureSelection {
  /** The model with the lowest score; the first, if scores agree to nine digits. */
  readonly model: GaussianMixtureModel;
  /** All mixtures that were tried, in order. */
  readonly candidates: readonly MixtureCandidate[];
}

/** Options of {@link selectMixture}. */
export interface SelectMixtureOptions
  extends Omit<GaussianMixtureOptions, "components" | "covariance" | "init" | "onIteration"> {
  /** Numbers of components to try, in this order. */
  readonly components: readonly number[];
  /** Shapes of covariances to try; `["full"]` by default. */
  readonly covariances?: readonly MixtureCovariance[];
  /** Criterion to compare by; `"bic"` by default, which needs no rows set aside. */
  readonly criterion?: MixtureCriterion;
  /** Share of the rows to set aside for `"held-out"`; 0.2 by default. */
  readonly heldOutShare?: number;
  /**
   * Start of each fit; `"k-means"` by default. `"split"` starts from the fit before, with its widest
   * components halved: this needs no k-means, but a poor fit is handed on to the next.
   */
  readonly init?: "k-means" | "random" | "split";
  /** Called after each mixture. */
  readonly onCandidate?: (progress: SelectionProgress) => void;
}

/**
 * Fits mixtures with several numbers of components and shapes of covariances, and keeps the best by a criterion
 * that uses no data other than `x`.
 *
 * A mixture in which a component collapses gets an infinite score and does not end the search.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { selectMixture } from "@mixtape/mixture";
 * import { random, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const source = random(1);
 * const values = Float64Array.from({ length: 90 }, (_, i) => source.normal() + 20 * (i % 3));
 * const { model } = await selectMixture({ values, shape: [90, 1] }, { components: [1, 2, 3, 4] });
 * assert.equal(model.components, 3);
 * ```
 *
 * @param x Data, shape [n, d], finite.
 * @param options `components` is required.
 * @returns The best model, and the scores of all.
 * @throws {ComponentCollapseError} If every mixture collapsed.
 * @throws {TypeError} If `x` is not a matrix, or an option is unknown or of the wrong kind.
 * @throws {RangeError} If an option is out of its range.
 * @see Schwarz (1978), https://doi.org/10.1214/aos/1176344136
 */
export async function selectMixture(
  x: MatrixLike,
  options: SelectMixtureOptions,
): Promise<MixtureSelection> {
  const given = givenOptions(options, selectOptionNames, "selectMixture");
  throwIfAborted(given.signal);
  const plan = checkPlan(given);
  return await releasing(placedMatrix(x, "x", {}, given.signal), async (placing) => {
    return await tryAll(await placing, plan, given);
  });
}

/** Fits a mixture of each kind, one after the other. */
async function tryAll(
  data: HostMatrix,
  plan: Plan,
  given: SelectMixtureOptions,
): Promise<MixtureSelection> {
  const { fitted, judged } = await divide(unchanging(data), plan, given);
  const total = plan.components.length * plan.covariances.length;
  const trials: Trial[] = [];
  await ensureBackend();
  for (const covariance of plan.covariances) {
    await disposing(openMixture(fitted, covariance, given.signal), async (session) => {
      let previous: CheckedParameters | undefined;
      for (const components of plan.components) {
        const init = await startOf(plan, previous, components, given.signal);
        const checked = await checkOptions({ ...given, components, covariance, init }, fitted);
        const fit = await fitUnlessCollapsed(fitted, session, checked);
        previous = fit.parameters ?? previous;
        const candidate = await judge(fit.model, checked, judged, plan.criterion);
        trials.push({ ...fit, candidate });
        given.onCandidate?.({ candidate, done: trials.length, total });
      }
    });
  }
  return { model: bestOf(trials), candidates: trials.map(({ candidate }) => candidate) };
}

const { covariance: _, onIteration: __, ...sharedNames } = mixtureOptionNames;

const selectOptionNames: OptionNames<SelectMixtureOptions> = {
  ...sharedNames,
  covariances: true,
  criterion: true,
  heldOutShare: true,
  onCandidate: true,
};

interface Plan {
  readonly components: readonly number[];
  readonly covariances: readonly MixtureCovariance[];
  readonly criterion: MixtureCriterion;
  readonly heldOutShare: number;
  readonly init: "k-means" | "random" | "split";
}

/** A fitted model, or the error of a collapse. */
interface Fit {
  readonly model?: GaussianMixtureModel;
  readonly parameters?: CheckedParameters;
  readonly collapse?: ComponentCollapseError;
}

interface Trial extends Fit {
  readonly candidate: MixtureCandidate;
}

function checkPlan(options: SelectMixtureOptions): Plan {
  const { components, covariances = ["full"] } = options;
  checkChoices(components, "components");
  checkChoices(covariances, "covariances");
  const criteria = ["bic", "aic", "held-out"] as const;
  return {
    components: [...components],
    covariances: [...covariances],
    criterion: checkChoice(options.criterion ?? "bic", "criterion", criteria),
    heldOutShare: checkNumber(options.heldOutShare ?? 0.2, "heldOutShare", { above: 0, max: 0.9 }),
    init: checkChoice(options.init ?? "k-means", "init", ["k-means", "random", "split"] as const),
  };
}

function checkChoices(choices: readonly unknown[], name: string): void {
  if (Array.isArray(choices) && choices.length > 0) return;
  throw new TypeError(
    `Cannot use ${name}: ${describeValue(choices)} was given, a list of one or more is needed`,
  );
}

/** Sets rows aside for scoring, if the criterion needs that. */
async function divide(
  x: HostMatrix,
  { criterion, heldOutShare }: Plan,
  { seed = 0, signal }: SelectMixtureOptions,
): Promise<{ fitted: HostMatrix; judged: HostMatrix }> {
  if (criterion !== "held-out") return { fitted: x, judged: x };
  const n = x.shape[0];
  const aside = Math.max(1, Math.round(n * heldOutShare));
  if (aside >= n) {
    throw new RangeError(`Cannot hold rows out: x has 1 row, at least 2 are needed`);
  }
  const source = random(seed).split(heldOutStream);
  const { drawn, others } = await drawApart(source, n, aside, signal);
  return {
    fitted: await gatherRows(x, others, signal),
    judged: unchanging(await gatherRows(x, drawn, signal)),
  };
}

/**
 * The relative difference up to which scores count as equal. In one column all shapes are the same mixture, and
 * rounding, which depends on the backend, must not decide between them.
 */
const SAME_SCORE = 1e-9;

/** A stream of random numbers that no restart of a fit uses. */
const heldOutStream = 2 ** 40;

async function startOf(
  { init }: Plan,
  previous: CheckedParameters | undefined,
  components: number,
  signal?: AbortSignal,
): Promise<CopiedInit> {
  if (init !== "split") return init;
  if (!previous || previous.components > components) return "k-means";
  return await splitWidest(previous, components, signal);
}

async function fitUnlessCollapsed(
  x: HostMatrix,
  session: MixtureSession,
  options: CheckedOptions,
): Promise<Fit> {
  try {
    const fit = await fitMixture(x, session, options);
    return { model: new GaussianMixtureModel(fit), parameters: fit.parameters };
  } catch (error) {
    if (!(error instanceof ComponentCollapseError)) throw error;
    return { collapse: error };
  }
}

async function judge(
  model: GaussianMixtureModel | undefined,
  { components, covariance, signal }: CheckedOptions,
  judged: HostMatrix,
  criterion: MixtureCriterion,
): Promise<MixtureCandidate> {
  return {
    components,
    covariance,
    score: model ? await scoreOf(model, judged, criterion, signal) : Infinity,
    lowerBound: model?.lowerBound ?? -Infinity,
    iterations: model?.iterations ?? 0,
    converged: model?.converged ?? false,
  };
}

async function scoreOf(
  model: GaussianMixtureModel,
  judged: HostMatrix,
  criterion: MixtureCriterion,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (criterion === "bic") return await model.bic(judged, { signal });
  if (criterion === "aic") return await model.aic(judged, { signal });
  const density = await model.logDensity(judged, { signal });
  return -density.reduce((sum, value) => sum + value, 0) / density.length;
}

function bestOf(trials: readonly Trial[]): GaussianMixtureModel {
  const fits = trials.filter(({ model }) => model);
  if (fits.length === 0) throw trials[0].collapse;
  return fits.reduce((best, trial) => {
    const { score } = best.candidate;
    const lower = score - SAME_SCORE * Math.max(1, Math.abs(score));
    return trial.candidate.score < lower ? trial : best;
  }).model!;
}
