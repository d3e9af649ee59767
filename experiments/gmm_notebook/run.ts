import { mlpFromSafetensors, type MlpModel } from "@mixtape/classifier";
import { gaussianMixture } from "@mixtape/mixture";
import { auroc } from "@mixtape/ood";
import type { Spread } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { defineRun, type OnProgress, type Profile, type RunContext } from "../run/experiment.ts";
import type { PartContext } from "../run/parts.ts";
import { Shares } from "../run/shares.ts";
import { meanAndDeviation, proportion } from "../run/statistics.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { componentCounts, training } from "../run/training_settings.ts";
import { unlessCollapsed } from "../run/unless_collapsed.ts";
import { published } from "./published.ts";
import type { GmmNotebookPayload, NotebookRecipe, NotebookRow, PixelScale } from "./result.ts";

const shared = { learningRate: 0.001, weightDecay: 0.01, weakerDecay: 0.001 };

const profiles = {
  quick: {
    ...shared,
    ...training.quick,
    testRows: 3000,
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

/** The original notebook's protocol, repeated with its mistakes. */
export const run = defineRun({
  answers: "What did the original notebook measure, and what does each of its mistakes do?",
  seconds: 45,
  profiles,
  parts: { network: trainNetwork, mixture: fitMixture },
  sample: training.sample,
  async run(context): Promise<GmmNotebookPayload> {
    const { weightDecay, weakerDecay, components } = context.parameters;
    const notebook = { pixelScale: "unit", weightDecay } as const;
    const recipes: readonly Recipe[] = [
      notebook,
      { ...notebook, pixelScale: "standard" },
      { ...notebook, weightDecay: weakerDecay },
    ];
    const done = new Shares(
      [0.6, 0.2, 0.2],
      (fraction, note) => context.update(fraction, note),
    );
    const outcomes = await context.each(
      recipes,
      (recipe, i) =>
        context.stage(
          `pixels ${recipe.pixelScale}, weight decay ${recipe.weightDecay}`,
          () =>
            runRecipe(
              recipe,
              // The recipe of the notebook has mixtures of all sizes.
              i === 0 ? components : [],
              (fraction, note) => done.update(i, fraction, note),
              context,
            ),
        ),
    );
    return {
      weightDecay,
      recipes: outcomes.map(({ measured }) => measured),
      rows: outcomes[0].rows,
      byComponents: outcomes[0].byComponents,
      published,
    };
  },
});

/** Scale of pixels and decay of a recipe. */
type Recipe = Pick<NotebookRecipe, "pixelScale" | "weightDecay">;

/** A network and the mixtures on it. */
interface RecipeOutcome extends Omit<TrainedNetwork, "weights"> {
  readonly byComponents: readonly NotebookRow[];
}

async function runRecipe(
  recipe: Recipe,
  sizes: readonly number[],
  onProgress: OnProgress,
  context: Context,
): Promise<RecipeOutcome> {
  const ofNetwork = sizes.length === 0 ? 1 : 1 / 3;
  const done = new Shares(
    [ofNetwork, ...sizes.map(() => (1 - ofNetwork) / sizes.length)],
    onProgress,
  );
  const { weights: _weights, ...network } = await context.part(
    trainNetwork,
    recipe,
    (fraction, note) => done.update(0, fraction, note),
  );
  done.update(0, 1);
  const rows = await context.each(sizes, async (components, i) => {
    done.update(1 + i, 0, `${components}`);
    const row = await context.part(fitMixture, { ...recipe, components });
    done.update(1 + i, 1);
    return row;
  });
  return { ...network, byComponents: rows.filter((row) => row !== undefined) };
}

/** A classifier and its measures, as parts answer them. */
interface TrainedNetwork {
  /** The model as the bytes of a safetensors file. */
  readonly weights: Uint8Array;
  readonly rows: GmmNotebookPayload["rows"];
  readonly measured: NotebookRecipe;
}

/** Trains a network, and measures it as the notebook did: on the test set, and by a mixture of 1 component on it. */
async function trainNetwork(
  recipe: Recipe,
  context: PartContext<Parameters>,
): Promise<TrainedNetwork> {
  const { inDistribution, parameters, seed, signal, update: onProgress } = context;
  const { train, test } = inDistribution;
  const scaled = scaledTo(recipe.pixelScale, context);
  using model = await trainClassifier({
    train: { ...train, images: scaled(train.images) },
    dataset: recipe.pixelScale === "unit" ? inDistribution : { ...inDistribution, maxValue: 1 },
    parameters,
    weightDecay: recipe.weightDecay,
    seed,
    signal,
    onProgress,
  });
  const activations = await context.last(
    "activations",
    keyOf(recipe),
    () => activationsOf(model, recipe, context),
  );
  const { inside, outside } = activations;
  const accuracy = await model.accuracy(scaled(test.images), test.labels);
  const { aucAsPublished } = await fitAndScore(1, activations, context);
  const trials = test.labels.length;
  return {
    weights: model.toSafetensors(),
    rows: { inDistribution: inside.shape[0], outOfDistribution: outside.shape[0] },
    measured: {
      ...recipe,
      testAccuracy: proportion(Math.round(accuracy * trials), trials),
      aucAsPublished,
    },
  };
}

/** Fits and scores a mixture; nothing if it collapses. */
async function fitMixture(
  { components, ...recipe }: Recipe & { readonly components: number },
  context: PartContext<Parameters>,
): Promise<NotebookRow | undefined> {
  // Before the activations are looked for, as training a network keeps them.
  const { weights } = await context.part(trainNetwork, recipe);
  const activations = await context.last("activations", keyOf(recipe), async () => {
    using model = mlpFromSafetensors(weights);
    return await activationsOf(model, recipe, context);
  });
  return await unlessCollapsed(() => fitAndScore(components, activations, context));
}

function keyOf({ pixelScale, weightDecay }: Recipe): string {
  return `${pixelScale} ${weightDecay}`;
}

/** Penultimate activations of the rows that belong and of those that do not. */
interface Activations {
  readonly inside: HostMatrix;
  readonly outside: HostMatrix;
}

/** Mistakes kept on purpose: mixtures are fitted on the test set, and scored against the other set's training images. */
async function activationsOf(
  model: MlpModel,
  { pixelScale }: Recipe,
  context: PartContext<Parameters>,
): Promise<Activations> {
  const scaled = scaledTo(pixelScale, context);
  const penultimate = (x: HostMatrix) => model.activations(scaled(x), "penultimate");
  return {
    inside: await penultimate(context.inDistribution.test.images),
    outside: await penultimate(context.outOfDistribution.train.images),
  };
}

/** Returns a function that brings images to a scale: as they are, or by mean and deviation of all training pixels. */
function scaledTo(
  pixelScale: PixelScale,
  { inDistribution: { train } }: PartContext<Parameters>,
): (images: HostMatrix) => HostMatrix {
  if (pixelScale === "unit") return (images) => images;
  const { mean, standardDeviation } = pixelSpread(train.images.values);
  return ({ values, shape }) => {
    const scaled = new Float32Array(values.length);
    for (let i = 0; i < scaled.length; i++) scaled[i] = (values[i] - mean) / standardDeviation;
    return { values: scaled, shape };
  };
}

/** Mean and standard deviation of pixels, of which there are tens of millions: without a copy in memory. */
function pixelSpread(values: ArrayLike<number>): Spread {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return { mean, standardDeviation: Math.sqrt(squares / values.length) };
}

async function fitAndScore(
  components: number,
  { inside, outside }: Activations,
  { seed, signal }: PartContext<Parameters>,
): Promise<NotebookRow> {
  using mixture = await gaussianMixture(inside, { components, seed, signal });
  const insideScores = await mixture.logDensity(inside);
  const outsideScores = await mixture.logDensity(outside);
  // The notebook's label for out-of-distribution is 1, its score the log-density: the wrong way round.
  const corrected = auroc(insideScores, outsideScores);
  return {
    components,
    inDistribution: meanAndDeviation(insideScores),
    outOfDistribution: meanAndDeviation(outsideScores),
    accuracyAtMedian: accuracyAtMedian(insideScores, outsideScores),
    aucAsPublished: 1 - corrected,
    aucCorrected: corrected,
  };
}

/** Accuracy of calling out-of-distribution what scores above the median of all scores. */
function accuracyAtMedian(inside: Float64Array, outside: Float64Array): number {
  const all = Float64Array.from([...inside, ...outside]).sort();
  const middle = all.length >> 1;
  const median = all.length % 2 === 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
  const right = inside.filter((score) => score <= median).length +
    outside.filter((score) => score > median).length;
  return right / all.length;
}
