import type { MlpModel } from "@mixtape/classifier";
import { gaussianMixture } from "@mixtape/mixture";
import { auroc } from "@mixtape/ood";
import type { Spread } from "@mixtape/results";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
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

type Context = RunContext<typeof profiles[Profile]>;

/** The original notebook's protocol, repeated with its mistakes. */
export const run = defineRun({
  answers: "What did the original notebook measure, and what does each of its mistakes do?",
  seconds: 45,
  profiles,
  sample: training.sample,
  async run(context): Promise<GmmNotebookPayload> {
    const { inDistribution: dataset, outOfDistribution, parameters } = context;
    const { weightDecay, weakerDecay } = parameters;
    const recipe = { pixelScale: "unit", weightDecay } as const;
    using model = await context.stage("train", () => train(recipe, context, 0));
    // Mistakes kept on purpose: fitted on the test set, scored against the other set's training images.
    const inside = await model.activations(dataset.test.images, "penultimate");
    const outside = await model.activations(outOfDistribution.train.images, "penultimate");
    const byComponents: NotebookRow[] = [];
    await context.stage("mixtures", async () => {
      for (const components of parameters.components) {
        context.update(
          0.2 + 0.4 * parameters.components.indexOf(components) / parameters.components.length,
          `${components}`,
        );
        const row = await unlessCollapsed(() => fitAndScore(components, inside, outside, context));
        if (row) byComponents.push(row);
      }
    });
    const recipes = await context.stage("other recipes", async () => {
      const others: NotebookRecipe[] = [await measure(recipe, model, context)];
      for (
        const other of [{ ...recipe, pixelScale: "standard" }, {
          ...recipe,
          weightDecay: weakerDecay,
        }] as const
      ) {
        using network = await train(other, context, 0.6 + 0.2 * (others.length - 1));
        others.push(await measure(other, network, context));
      }
      return others;
    });
    return {
      weightDecay,
      recipes,
      rows: { inDistribution: inside.shape[0], outOfDistribution: outside.shape[0] },
      byComponents,
      published,
    };
  },
});

/** Scale of pixels and decay of a recipe. */
type Settings = Pick<NotebookRecipe, "pixelScale" | "weightDecay">;

/** Trains the classifier by a recipe, from a share of the run that is done. */
function train(
  { pixelScale, weightDecay }: Settings,
  context: Context,
  begin: number,
): Promise<MlpModel> {
  const { inDistribution, parameters, seed, signal } = context;
  const scaled = scaledTo(pixelScale, context);
  return trainClassifier({
    train: { ...inDistribution.train, images: scaled(inDistribution.train.images) },
    dataset: pixelScale === "unit" ? inDistribution : { ...inDistribution, maxValue: 1 },
    parameters,
    weightDecay,
    seed,
    signal,
    onProgress: (fraction, note) => context.update(begin + 0.2 * fraction, note),
  });
}

/** Returns a function that brings images to a scale: as they are, or by mean and deviation of all training pixels. */
function scaledTo(
  pixelScale: PixelScale,
  { inDistribution: { train } }: Context,
): (images: HostMatrix) => HostMatrix {
  if (pixelScale === "unit") return (images) => images;
  const { mean, standardDeviation } = pixelSpread(train.images.values);
  return ({ values, shape }) => ({
    values: new Float32Array(values).map((value) => (value - mean) / standardDeviation),
    shape,
  });
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

/** Measures a network as the notebook did: on the test set, and by a mixture of 1 component fitted on it. */
async function measure(
  recipe: Settings,
  network: MlpModel,
  context: Context,
): Promise<NotebookRecipe> {
  const { inDistribution: { test }, outOfDistribution } = context;
  const scaled = scaledTo(recipe.pixelScale, context);
  const images = scaled(test.images);
  const inside = await network.activations(images, "penultimate");
  const outside = await network.activations(scaled(outOfDistribution.train.images), "penultimate");
  const accuracy = await network.accuracy(images, test.labels);
  const { aucAsPublished } = await fitAndScore(1, inside, outside, context);
  const trials = test.labels.length;
  return {
    ...recipe,
    testAccuracy: proportion(Math.round(accuracy * trials), trials),
    aucAsPublished,
  };
}

async function fitAndScore(
  components: number,
  inside: HostMatrix,
  outside: HostMatrix,
  { seed, signal }: Context,
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
