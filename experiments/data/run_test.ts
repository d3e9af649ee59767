import assert from "node:assert/strict";
import type { ImageDataset, LabelledImages } from "../run/image_dataset.ts";
import { recordRun } from "../run/testing/record_run.ts";
import { rowsOf, tinyData } from "../run/testing/tiny_data.ts";
import { run } from "./run.ts";

const data = tinyData();

function countsOf({ labels }: LabelledImages, classes: number): number[] {
  return Array.from(
    { length: classes },
    (_, wanted) => labels.filter((label) => label === wanted).length,
  );
}

Deno.test("data counts, averages and shows the images of both sets", async () => {
  const { payload, images, stages } = await recordRun(run, data, 0, { samples: 4 });
  assert.deepEqual(payload.sets.map(({ name }) => name), ["shapes", "clothes"]);
  assert.deepEqual(stages, ["shapes", "clothes"]);
  const sets: readonly ImageDataset[] = [data.inDistribution, data.outOfDistribution];
  sets.forEach(({ name, train, test, classNames, maxValue }, at) => {
    const { splits, density, samples, classMeans } = payload.sets[at];
    assert.deepEqual(splits, [
      {
        split: "train",
        rows: train.labels.length,
        classCounts: countsOf(train, classNames.length),
      },
      { split: "test", rows: test.labels.length, classCounts: countsOf(test, classNames.length) },
    ]);
    const pixels = [...train.images.values];
    assert.equal(density, pixels.filter((value) => value > 0).length / pixels.length);
    const size = { shape: { height: 4, width: 4 }, maxValue };
    assert.deepEqual(images.get(`${name}-samples`), {
      values: rowsOf(train, [0, 1, 2, 3]).images.values,
      ...size,
      columns: 3,
    });
    assert.equal(samples.file, `${name}-samples.png`);
    const means = classNames.flatMap((_, wanted) => {
      const rows = [...train.labels.keys()].filter((row) => train.labels[row] === wanted);
      return Array.from(
        { length: 16 },
        (_, j) =>
          rows.reduce((sum, row) => sum + train.images.values[16 * row + j], 0) / rows.length,
      );
    });
    assert.deepEqual(images.get(`${name}-class-means`), {
      values: Float64Array.from(means),
      ...size,
    });
    assert.equal(classMeans.file, `${name}-class-means.png`);
  });
});

Deno.test("data shows all images of a small set, and nothing for a class without images", async () => {
  const { train } = data.inDistribution;
  const few = rowsOf(train, [...train.labels.keys()].filter((row) => train.labels[row] !== 1));
  const inDistribution = { ...data.inDistribution, train: few };
  const { images } = await recordRun(run, { ...data, inDistribution }, 0, { samples: 50 });
  assert.deepEqual(images.get("shapes-samples")?.values, few.images.values);
  const means = Array.from(images.get("shapes-class-means")!.values);
  assert(means.slice(16, 32).every(Number.isNaN));
  assert(means.slice(0, 16).concat(means.slice(32)).every(Number.isFinite));
});
