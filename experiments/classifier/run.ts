import { calibrationError, type MlpModel } from "@mixtape/classifier";
import { type HostMatrix, takeRows } from "@mixtape/tensor-utils";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { proportion } from "../run/statistics.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { training } from "../run/training_settings.ts";
import type { ClassifierPayload, Epoch, Mistake } from "./result.ts";

const shared = { testRows: null, learningRate: 0.002, weightDecay: 0, mistakes: 30, bins: 15 };

const profiles = {
  quick: { ...shared, ...training.quick, testRows: null },
  full: { ...shared, ...training.full },
};

type Context = RunContext<typeof profiles[Profile]>;

/** The classifier, its learning and its mistakes. */
export const run = defineRun({
  answers: "How well does the reference network classify, and where is it wrong?",
  seconds: 6,
  profiles,
  sample: training.sample,
  async run(context): Promise<ClassifierPayload> {
    const { inDistribution: dataset, parameters, seed, signal } = context;
    const { train, test } = dataset;
    const epochs: Epoch[] = [];
    let epochStart = performance.now();
    using model = await context.stage("train", () =>
      trainClassifier({
        train,
        dataset,
        parameters,
        weightDecay: parameters.weightDecay,
        seed,
        signal,
        validation: { x: test.images, labels: test.labels },
        onProgress: (fraction, note) => context.update(0.95 * fraction, note),
        onEpoch({ loss, validationAccuracy }) {
          const now = performance.now();
          epochs.push({
            trainLoss: loss,
            testAccuracy: validationAccuracy ?? 0,
            elapsedMs: now - epochStart,
          });
          epochStart = now;
        },
      }));
    return await context.stage("examine", () => examine(model, epochs, context));
  },
});

async function examine(
  model: MlpModel,
  epochs: readonly Epoch[],
  context: Context,
): Promise<ClassifierPayload> {
  const { inDistribution: { test, imageShape, maxValue }, parameters } = context;
  const probabilities = await model.probabilities(test.images);
  const predicted = await model.predict(test.images);
  const right = predicted.filter((label, row) => label === test.labels[row]).length;
  const mistakes = surestMistakes(predicted, probabilities, test.labels, parameters.mistakes);
  const { values: counts, shape: [k] } = await model.confusionMatrix(test.images, test.labels);
  const calibration = await calibrationError(probabilities, test.labels, {
    bins: parameters.bins,
  });
  return {
    architecture: {
      inputs: model.options.inputs,
      layers: model.layers.map((layer) => ({ ...layer })),
    },
    parameterCount: model.parameterCount,
    batchesPerEpoch: model.lossHistory.length / epochs.length,
    batchLosses: [...model.lossHistory],
    epochs,
    testAccuracy: proportion(right, test.labels.length),
    confusion: Array.from({ length: k }, (_, c) => [...counts.subarray(c * k, (c + 1) * k)]),
    mistakes,
    mistakeImages: mistakes.length === 0 ? null : context.image("mistakes", {
      values: takeRows(test.images, mistakes.map(({ row }) => row)).values,
      shape: imageShape,
      maxValue,
    }),
    reliability: {
      expectedCalibrationError: calibration.expected,
      bins: calibration.bins.map(({ from, to, count, confidence, accuracy }) => ({
        low: from,
        high: to,
        count,
        meanConfidence: confidence,
        accuracy,
      })),
    },
  };
}

/** The rows that were classified wrongly, the one with the highest probability first. */
function surestMistakes(
  predicted: ArrayLike<number>,
  probabilities: HostMatrix,
  labels: Int32Array,
  count: number,
): Mistake[] {
  const classes = probabilities.shape[1];
  return Array.from(predicted, (predictedClass, row) => ({
    row,
    trueClass: labels[row],
    predictedClass,
    probability: Math.min(1, probabilities.values[row * classes + predictedClass]),
  }))
    .filter(({ trueClass, predictedClass }) => trueClass !== predictedClass)
    .sort((a, b) => b.probability - a.probability || a.row - b.row)
    .slice(0, count);
}
