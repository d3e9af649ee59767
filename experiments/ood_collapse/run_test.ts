import { gaussianMixture } from "@mixtape/mixture";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { effectiveRank, eigenvaluesOf, spectrumOf } from "../run/effective_rank.ts";
import { measureSeparation } from "../run/measure_separation.ts";
import { spearman } from "../run/statistics.ts";
import { recordRun } from "../run/testing/record_run.ts";
import { tinyData } from "../run/testing/tiny_data.ts";
import { tinyTraining, trainPlainly } from "../run/testing/train_plainly.ts";
import { run } from "./run.ts";
import { neuralCollapse } from "./run/neural_collapse.ts";

await useBackend("cpu");

const data = tinyData();
const { train, test } = data.inDistribution;
const clothes = data.outOfDistribution.test;
const seed = 6;
const parameters = { ...tinyTraining, weightDecays: [0, 0.3], components: [1, 3] };

function rowsOf({ values, shape: [n, d] }: HostMatrix): number[][] {
  return Array.from(
    { length: n },
    (_, row) => Array.from(values.subarray(row * d, (row + 1) * d)),
  );
}

function lengthOf(row: readonly number[]): number {
  return Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
}

function scaled(x: HostMatrix): HostMatrix {
  const values = rowsOf(x).flatMap((row) => row.map((value) => value / lengthOf(row)));
  return { values: Float32Array.from(values), shape: x.shape };
}

Deno.test("ood-collapse measures the activations of training images, and mixtures on both scalings", async () => {
  const { payload, stages, notes } = await recordRun(run, data, seed, parameters);
  assert.equal(payload.units, 25);
  assert.deepEqual(payload.byWeightDecay.map(({ weightDecay }) => weightDecay), [0, 0.3]);
  for (const outcome of payload.byWeightDecay) {
    const { weightDecay, testAccuracy, meanNorm, mixtures, ...measured } = outcome;
    using model = await trainPlainly(train, { weightDecay, seed });
    const [fitted, inside, outside] = await Promise.all(
      [train, test, clothes].map(({ images }) => model.activations(images, "penultimate")),
    );
    assert.equal(testAccuracy.trials, 23);
    const accuracy = await model.accuracy(test.images, test.labels);
    assert.equal(testAccuracy.successes, Math.round(accuracy * 23));
    assert.deepEqual(measured, {
      effectiveRank: effectiveRank(eigenvaluesOf(fitted)),
      spectrum: spectrumOf(eigenvaluesOf(fitted)),
      ...neuralCollapse(fitted, train.labels, 3),
    });
    const mean = (x: HostMatrix) =>
      rowsOf(x).map(lengthOf).reduce((sum, length) => sum + length, 0) / x.shape[0];
    assertAllClose(
      [meanNorm.inDistribution, meanNorm.outOfDistribution],
      [mean(inside), mean(outside)],
      { rtol: 1e-6 },
    );
    assert.deepEqual(
      mixtures.map(({ normalization, components }) => `${normalization} ${components}`),
      ["none 1", "none 3", "l2 1", "l2 3"],
    );
    for (const { normalization, components, separation, bic } of mixtures) {
      const scale = normalization === "l2" ? scaled : (x: HostMatrix) => x;
      using mixture = await gaussianMixture(scale(fitted), { components, seed });
      const expected = measureSeparation(
        await mixture.logDensity(scale(inside)),
        await mixture.logDensity(scale(outside)),
      );
      assertAllClose([bic!], [await mixture.bic(scale(fitted))], { rtol: 1e-5 });
      assertAllClose(
        [separation!.auroc, separation!.fprAtIdTpr95],
        [expected.auroc, expected.fprAtIdTpr95],
        { atol: 0.01 },
      );
    }
  }
  assert.deepEqual(stages, ["weight decay 0", "weight decay 0.3"]);
  const told = (decay: number) => [
    ...[1, 2, 3].map((epoch) => `decay ${decay}, epoch ${epoch} of 3`),
    ...[1, 3].map((components) => `decay ${decay}, ${components} components`),
  ];
  assert.deepEqual([...new Set(notes)], [...told(0), ...told(0.3)]);
});

Deno.test("ood-collapse correlates measures with AUROC over the mixtures that could be fitted", async () => {
  // So large that rounding loses what keeps the covariance of too few rows regular.
  const inDistribution = { ...data.inDistribution, maxValue: 1e-7 };
  for (const some of [data, { ...data, inDistribution }]) {
    const { payload } = await recordRun(run, some, seed, parameters);
    const fitted = payload.byWeightDecay.flatMap((outcome) =>
      outcome.mixtures.flatMap(({ separation, bic }) => {
        assert.equal(separation === null, bic === null);
        return separation === null ? [] : [{ outcome, auroc: separation.auroc }];
      })
    );
    assert.equal(fitted.length === 8, some === data);
    const aurocs = fitted.map(({ auroc }) => auroc);
    assert.deepEqual(payload.correlations, [
      {
        measure: "effective-rank",
        spearman: spearman(fitted.map(({ outcome }) => outcome.effectiveRank), aurocs),
      },
      {
        measure: "within-over-between",
        spearman: spearman(fitted.map(({ outcome }) => outcome.withinOverBetween), aurocs),
      },
    ]);
  }
});
