import { mlpFromSafetensors, type MlpModel } from "@mixtape/classifier";
import { gaussianMixture } from "@mixtape/mixture";
import { maximumSoftmaxProbability, rocPoints } from "@mixtape/ood";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { effectiveRank, eigenvaluesOf } from "../run/effective_rank.ts";
import { defineRun, type OnProgress, type Profile, type RunContext } from "../run/experiment.ts";
import { holdOut, type LabelledImages } from "../run/image_dataset.ts";
import { measureAccuracy, measureSeparation } from "../run/measure_separation.ts";
import type { PartContext } from "../run/parts.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import { Shares } from "../run/shares.ts";
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

type Parameters = typeof profiles[Profile];
type Context = RunContext<Parameters>;

/** Mixtures on penultimate activations that tell what does not belong. */
export const run = defineRun({
  answers:
    "How well do mixtures on the activations notice another data set, and why did the notebook's not?",
  seconds: 90,
  profiles,
  parts: { network: trainNetwork, mixture: fitMixture },
  sample: training.sample,
  async run(context): Promise<GmmOodPayload> {
    const { inDistribution, outOfDistribution, parameters: { weightDecays } } = context;
    const { fitted, heldOut } = trainingRows(context);
    const done = new Shares(
      weightDecays.map(() => 1 / weightDecays.length),
      (fraction, note) => context.update(fraction, note),
    );
    const byWeightDecay = await context.each(weightDecays, (weightDecay, i) => {
      const onProgress = (fraction: number, note: string) =>
        done.update(i, fraction, `decay ${weightDecay}, ${note}`);
      return context.stage(
        `weight decay ${weightDecay}`,
        () => runWeightDecay(weightDecay, onProgress, context),
      );
    });
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

/** The rows held out are seen by neither the classifiers nor the mixtures. */
function trainingRows(
  { inDistribution, parameters }: PartContext<Parameters>,
): { readonly fitted: LabelledImages; readonly heldOut: LabelledImages } {
  const [fitted, heldOut] = holdOut(inDistribution.train, parameters.heldOutShare);
  return { fitted, heldOut };
}

async function runWeightDecay(
  weightDecay: number,
  onProgress: OnProgress,
  context: Context,
): Promise<DecayOutcome> {
  const { components } = context.parameters;
  const done = new Shares([0.2, ...components.map(() => 0.8 / components.length)], onProgress);
  const { weights: _weights, ...network } = await context.part(
    trainNetwork,
    { weightDecay },
    (fraction, note) => done.update(0, fraction, note),
  );
  done.update(0, 1);
  const rows = await context.each(components, async (components, i) => {
    done.update(1 + i, 0, `${components} components`);
    const row = await context.part(fitMixture, { weightDecay, components });
    done.update(1 + i, 1);
    return row;
  });
  const byComponents = rows.filter((row) => row !== undefined);
  return { weightDecay, ...network, byComponents, chosen: chooseComponents(byComponents) };
}

/** A classifier, as parts answer it. */
interface TrainedNetwork
  extends
    Pick<DecayOutcome, "testAccuracy" | "units" | "effectiveRank" | "softmax" | "softmaxRoc"> {
  /** The model as the bytes of a safetensors file. */
  readonly weights: Uint8Array;
}

async function trainNetwork(
  { weightDecay }: { readonly weightDecay: number },
  context: PartContext<Parameters>,
): Promise<TrainedNetwork> {
  const { inDistribution: dataset, parameters, seed, signal, update: onProgress } = context;
  using model = await trainClassifier({
    train: trainingRows(context).fitted,
    dataset,
    parameters,
    weightDecay,
    seed,
    signal,
    onProgress,
  });
  const { fitted } = await context.last(
    "activations",
    `${weightDecay}`,
    () => activationsOf(model, context),
  );
  const softmax = await softmaxScores(model, context);
  return {
    weights: model.toSafetensors(),
    testAccuracy: await measureAccuracy(model, dataset.test),
    units: fitted.shape[1],
    effectiveRank: effectiveRank(eigenvaluesOf(fitted)),
    softmax: measureSeparation(softmax.inside, softmax.outside),
    softmaxRoc: countRoc(softmax, parameters.rocTolerance),
  };
}

/** Fits and scores a mixture; nothing if it collapses. */
async function fitMixture(
  { weightDecay, components }: { readonly weightDecay: number; readonly components: number },
  context: PartContext<Parameters>,
): Promise<MixtureRow | undefined> {
  // Before the activations are looked for, as training a network keeps them.
  const { weights } = await context.part(trainNetwork, { weightDecay });
  const activations = await context.last("activations", `${weightDecay}`, async () => {
    using model = mlpFromSafetensors(weights);
    return await activationsOf(model, context);
  });
  return await unlessCollapsed(() => fitAndScore(components, activations, context));
}

/** Penultimate activations of all that a mixture is fitted on, chosen by and scored on. */
interface Activations {
  readonly fitted: HostMatrix;
  readonly heldOut: HostMatrix;
  readonly inside: HostMatrix;
  readonly outside: HostMatrix;
}

async function activationsOf(
  model: MlpModel,
  context: PartContext<Parameters>,
): Promise<Activations> {
  const penultimate = (x: HostMatrix) => model.activations(x, "penultimate");
  const { fitted, heldOut } = trainingRows(context);
  return {
    fitted: await penultimate(fitted.images),
    heldOut: await penultimate(heldOut.images),
    inside: await penultimate(context.inDistribution.test.images),
    outside: await penultimate(context.outOfDistribution.test.images),
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
  { parameters, seed, signal }: PartContext<Parameters>,
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

async function softmaxScores(
  model: MlpModel,
  context: PartContext<Parameters>,
): Promise<Scored> {
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
