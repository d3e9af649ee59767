import type { MlpModel } from "@mixtape/classifier";
import { gaussianMixture } from "@mixtape/mixture";
import { maximumSoftmaxProbability, rocPoints } from "@mixtape/ood";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { effectiveRank, eigenvaluesOf } from "../run/effective_rank.ts";
import { defineRun, type OnProgress, type Profile, type RunContext } from "../run/experiment.ts";
import { holdOut, type LabelledImages } from "../run/image_dataset.ts";
import { measureAccuracy, measureSeparation } from "../run/measure_separation.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { componentCounts, training } from "../run/training_settings.ts";
import { unlessCollapsed } from "../run/unless_collapsed.ts";
import type {
  ChosenComponents,
  DecayOutcome,
  GmmOodPayload,
  MixtureRow,
  MixtureScores,
  RocCounts,
} from "./result.ts";
import { thinCurve } from "./run/thin_curve.ts";

const shared = {
  learningRate: 0.002,
  weightDecays: [0, 1e-4, 1e-3, 1e-2],
  heldOutShare: 0.1,
  histogramBins: 40,
  rocTolerance: 0.002,
};

const profiles = {
  quick: {
    ...shared,
    ...training.quick,
    components: componentCounts.quick,
  },
  full: {
    ...shared,
    ...training.full,
    components: componentCounts.full,
  },
};

type Context = RunContext<typeof profiles[Profile]>;

/** Mixtures on penultimate activations that tell what does not belong. */
export const run = defineRun({
  answers:
    "How well do mixtures on the activations notice another data set, and why did the notebook's not?",
  seconds: 90,
  profiles,
  sample: training.sample,
  async run(context): Promise<GmmOodPayload> {
    const { inDistribution, outOfDistribution, parameters } = context;
    // The rows held out are seen by neither the classifiers nor the mixtures.
    const [fitted, heldOut] = holdOut(inDistribution.train, parameters.heldOutShare);
    const byWeightDecay: DecayOutcome[] = [];
    for (const weightDecay of parameters.weightDecays) {
      const progress = (fraction: number, note: string) =>
        context.update((byWeightDecay.length + fraction) / parameters.weightDecays.length, note);
      byWeightDecay.push(
        await context.stage(
          `weight decay ${weightDecay}`,
          () => runWeightDecay(weightDecay, fitted, heldOut, progress, context),
        ),
      );
    }
    return {
      rows: {
        fitted: fitted.labels.length,
        heldOut: heldOut.labels.length,
        inDistribution: inDistribution.test.labels.length,
        outOfDistribution: outOfDistribution.test.labels.length,
      },
      byWeightDecay,
    };
  },
});

/** Penultimate activations of all that a mixture is fitted on, chosen by and scored on. */
interface Activations {
  readonly fitted: HostMatrix;
  readonly heldOut: HostMatrix;
  readonly inside: HostMatrix;
  readonly outside: HostMatrix;
}

async function runWeightDecay(
  weightDecay: number,
  fitted: LabelledImages,
  heldOut: LabelledImages,
  onProgress: OnProgress,
  context: Context,
): Promise<DecayOutcome> {
  const { inDistribution: dataset, outOfDistribution, parameters, seed, signal } = context;
  using model = await trainClassifier({
    train: fitted,
    dataset,
    parameters,
    weightDecay,
    seed,
    signal,
    onProgress: (fraction, note) => onProgress(0.2 * fraction, `decay ${weightDecay}, ${note}`),
  });
  const penultimate = (x: HostMatrix) => model.activations(x, "penultimate");
  const activations: Activations = {
    fitted: await penultimate(fitted.images),
    heldOut: await penultimate(heldOut.images),
    inside: await penultimate(dataset.test.images),
    outside: await penultimate(outOfDistribution.test.images),
  };
  const byComponents: MixtureRow[] = [];
  for (const components of parameters.components) {
    const done = 0.2 +
      0.8 * parameters.components.indexOf(components) / parameters.components.length;
    onProgress(done, `decay ${weightDecay}, ${components} components`);
    const mixture = await unlessCollapsed(() => fitAndScore(components, activations, context));
    if (mixture) byComponents.push(mixture);
  }
  const softmax = await softmaxScores(model, context);
  return {
    weightDecay,
    testAccuracy: await measureAccuracy(model, dataset.test),
    units: activations.fitted.shape[1],
    effectiveRank: effectiveRank(eigenvaluesOf(activations.fitted)),
    softmax: measureSeparation(softmax.inside, softmax.outside),
    byComponents,
    chosen: chooseComponents(byComponents),
    softmaxRoc: countRoc(softmax, parameters.rocTolerance),
  };
}

/** The resolution at which scores are kept for drawing. */
interface Resolution {
  readonly histogramBins: number;
  /** In shares of the rows. */
  readonly rocTolerance: number;
}

/** Scores of rows that belong and of rows that do not. */
interface Scored {
  readonly inside: Float64Array;
  readonly outside: Float64Array;
}

async function fitAndScore(
  components: number,
  { fitted, heldOut, inside, outside }: Activations,
  { parameters, seed, signal }: Context,
): Promise<MixtureRow> {
  const begin = performance.now();
  using mixture = await gaussianMixture(fitted, { components, seed, signal });
  const elapsedMs = performance.now() - begin;
  const scores = {
    inside: await mixture.logDensity(inside),
    outside: await mixture.logDensity(outside),
  };
  const heldOutDensities = await mixture.logDensity(heldOut);
  return {
    components,
    bic: await mixture.bic(fitted),
    heldOutLogDensity: heldOutDensities.reduce((a, b) => a + b, 0) / heldOutDensities.length,
    separation: measureSeparation(scores.inside, scores.outside),
    scores: summarize(scores, parameters),
    iterations: mixture.iterations,
    converged: mixture.converged,
    elapsedMs,
  };
}

async function softmaxScores(model: MlpModel, context: Context): Promise<Scored> {
  const score = async (x: HostMatrix) => maximumSoftmaxProbability(await model.logits(x));
  return {
    inside: await score(context.inDistribution.test.images),
    outside: await score(context.outOfDistribution.test.images),
  };
}

function chooseComponents(rows: readonly MixtureRow[]): ChosenComponents {
  const best = (value: (row: MixtureRow) => number) =>
    rows.reduce((a, b) => value(a) >= value(b) ? a : b).components;
  return {
    byBic: best(({ bic }) => -bic),
    byHeldOut: best(({ heldOutLogDensity }) => heldOutLogDensity),
    oracle: best(({ separation }) => separation.auroc),
  };
}

function summarize(scores: Scored, resolution: Resolution): MixtureScores {
  const { inside, outside } = scores;
  const { edges, ...counts } = scoreHistogram(inside, outside, resolution.histogramBins);
  return {
    low: edges[0],
    high: edges[edges.length - 1],
    ...counts,
    roc: countRoc(scores, resolution.rocTolerance),
  };
}

/** Rows rather than shares of them, because whole numbers are short and exact. */
function countRoc({ inside, outside }: Scored, tolerance: number): RocCounts {
  const { idAccepted, oodAccepted } = rocPoints(inside, outside);
  const kept = thinCurve(oodAccepted, idAccepted, tolerance);
  return {
    outAccepted: kept.map((at) => Math.round(oodAccepted[at] * outside.length)),
    inAccepted: kept.map((at) => Math.round(idAccepted[at] * inside.length)),
  };
}
