import { gaussianMixture } from "@mixtape/mixture";
import { auroc } from "@mixtape/ood";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { meanAndDeviation } from "../run/statistics.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { componentCounts, training } from "../run/training_settings.ts";
import { unlessCollapsed } from "../run/unless_collapsed.ts";
import type { GmmNotebookPayload, NotebookRow } from "./result.ts";

/** The output of the notebook of the original exercise. */
const published = {
  classifierAccuracy: 0.9672,
  bestComponents: 20,
  inDistribution: { mean: 5.20, standardDeviation: 10.72 },
  outOfDistribution: { mean: -14.39, standardDeviation: 13.58 },
  bestAccuracy: { value: 0.46, components: 1 },
  bestAuc: { value: 0.40, components: 1 },
};

const shared = { learningRate: 0.001, weightDecay: 0.01 };

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
  seconds: 12,
  profiles,
  sample: training.sample,
  async run(context): Promise<GmmNotebookPayload> {
    const { inDistribution: dataset, outOfDistribution, parameters, seed, signal } = context;
    const { weightDecay } = parameters;
    using model = await context.stage("train", () =>
      trainClassifier({
        train: dataset.train,
        dataset,
        parameters,
        weightDecay,
        seed,
        signal,
        onProgress: (fraction, note) => context.update(0.3 * fraction, note),
      }));
    // Mistakes kept on purpose: fitted on the test set, scored against the other set's training images.
    const inside = await model.activations(dataset.test.images, "penultimate");
    const outside = await model.activations(outOfDistribution.train.images, "penultimate");
    const byComponents: NotebookRow[] = [];
    await context.stage("mixtures", async () => {
      for (const components of parameters.components) {
        context.update(
          0.3 + 0.7 * parameters.components.indexOf(components) / parameters.components.length,
          `${components}`,
        );
        const row = await unlessCollapsed(() => fitAndScore(components, inside, outside, context));
        if (row) byComponents.push(row);
      }
    });
    return {
      weightDecay,
      classifierAccuracy: await model.accuracy(dataset.test.images, dataset.test.labels),
      rows: { inDistribution: inside.shape[0], outOfDistribution: outside.shape[0] },
      byComponents,
      published,
    };
  },
});

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
