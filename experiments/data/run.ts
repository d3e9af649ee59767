import { takeRows } from "@mixtape/tensor-utils";
import { defineRun, type RunContext } from "../run/experiment.ts";
import type { ImageDataset, LabelledImages } from "../run/image_dataset.ts";
import type { DataPayload, DataSetSummary, SplitCounts } from "./result.ts";

const everything = { trainRows: null, testRows: null, samples: 9 };

/** Runs the experiment: describes the data. */
export const run = defineRun({
  answers: "What do the data look like: samples, class counts, the mean image of each class?",
  seconds: 2,
  profiles: { quick: everything, full: everything },
  async run(context): Promise<DataPayload> {
    const sets: DataSetSummary[] = [];
    for (const dataset of [context.inDistribution, context.outOfDistribution]) {
      sets.push(await context.stage(dataset.name, () => summarise(dataset, context)));
      context.update(sets.length / 2);
    }
    return { sets };
  },
});

function summarise(
  dataset: ImageDataset,
  { parameters, image }: RunContext<typeof everything>,
): DataSetSummary {
  const { name, train, imageShape: shape, maxValue, classNames } = dataset;
  const rows = Array.from(
    { length: Math.min(parameters.samples, train.labels.length) },
    (_, i) => i,
  );
  return {
    name,
    splits: [
      countClasses("train", train, classNames.length),
      countClasses("test", dataset.test, classNames.length),
    ],
    density: density(train.images.values),
    samples: image(`${name}-samples`, {
      values: takeRows(train.images, rows).values,
      shape,
      maxValue,
      columns: 3,
    }),
    classMeans: image(`${name}-class-means`, {
      values: classMeans(train, classNames.length),
      shape,
      maxValue,
    }),
  };
}

function countClasses(split: SplitCounts["split"], { labels }: LabelledImages, classes: number) {
  const classCounts = new Array<number>(classes).fill(0);
  for (const label of labels) classCounts[label]++;
  return { split, rows: labels.length, classCounts };
}

function density(values: ArrayLike<number>): number {
  let nonZero = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) nonZero++;
  return nonZero / values.length;
}

/** The mean image of each class, NaN (nothing to draw) for a class without images. */
function classMeans({ images, labels }: LabelledImages, classes: number): Float64Array {
  const [n, d] = images.shape;
  const means = new Float64Array(classes * d);
  const counts = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    counts[labels[i]]++;
    for (let j = 0; j < d; j++) means[labels[i] * d + j] += images.values[i * d + j];
  }
  return means.map((sum, at) => sum / counts[Math.floor(at / d)]);
}
