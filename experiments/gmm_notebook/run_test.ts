import { gaussianMixture } from "@mixtape/mixture";
import { auroc } from "@mixtape/ood";
import { useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { recordPart, recordRun } from "../run/testing/record_run.ts";
import { tinyData } from "../run/testing/tiny_data.ts";
import { tinyTraining, trainPlainly } from "../run/testing/train_plainly.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const data = tinyData();
const seed = 4;
const parameters = { ...tinyTraining, weightDecay: 0.02, weakerDecay: 0.3, components: [1, 2] };

/** Mean and standard deviation of numbers. */
function spreadOf(values: readonly number[]) {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / values.length)];
}

Deno.test("gmm-notebook fits on test images and scores the other set's training images", async () => {
  const { payload, stages, notes } = await recordRun(run, data, seed, parameters);
  const { inDistribution: { train, test }, outOfDistribution: { train: clothes } } = data;
  using model = await trainPlainly(train, { seed, weightDecay: 0.02 });
  const inside = await model.activations(test.images, "penultimate");
  const outside = await model.activations(clothes.images, "penultimate");
  assert.equal(payload.weightDecay, 0.02);
  assert.deepEqual(payload.rows, { inDistribution: 23, outOfDistribution: 31 });
  assert.deepEqual(payload.byComponents.map(({ components }) => components), [1, 2]);
  for (const row of payload.byComponents) {
    using mixture = await gaussianMixture(inside, { components: row.components, seed });
    const insideScores = [...await mixture.logDensity(inside)];
    const outsideScores = [...await mixture.logDensity(outside)];
    const pairs = insideScores.flatMap((a) =>
      outsideScores.map((b): number => a > b ? 1 : a === b ? 0.5 : 0)
    );
    const corrected = pairs.reduce((a, b) => a + b) / pairs.length;
    const sorted = [...insideScores, ...outsideScores].sort((a, b) => a - b);
    const median = (sorted[26] + sorted[27]) / 2;
    const right = insideScores.filter((score) => score <= median).length +
      outsideScores.filter((score) => score > median).length;
    assertAllClose(
      [
        row.inDistribution.mean,
        row.inDistribution.standardDeviation,
        row.outOfDistribution.mean,
        row.outOfDistribution.standardDeviation,
        row.accuracyAtMedian,
        row.aucAsPublished,
        row.aucCorrected,
      ],
      [
        ...spreadOf(insideScores),
        ...spreadOf(outsideScores),
        right / 54,
        1 - corrected,
        corrected,
      ],
      { rtol: 1e-9, atol: 1e-12 },
    );
    assert(corrected !== 0.5);
  }
  assert.deepEqual(stages, [
    "pixels unit, weight decay 0.02",
    "pixels standard, weight decay 0.02",
    "pixels unit, weight decay 0.3",
  ]);
  const told = [...new Set(notes)];
  const mixtures = told.indexOf("1");
  assert.deepEqual(told.slice(mixtures - 1, mixtures + 2), ["epoch 3 of 3", "1", "2"]);
});

Deno.test("gmm-notebook tries its recipe, standardised pixels, and a weaker decay", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const { inDistribution: { train, test }, outOfDistribution: { train: clothes } } = data;
  const [mean, deviation] = spreadOf([...train.images.values]);
  const standard = ({ images: { values, shape }, labels }: typeof train) => ({
    images: { values: Float32Array.from(values, (value) => (value - mean) / deviation), shape },
    labels,
  });
  const same = (one: typeof train) => one;
  const expected = [["unit", 0.02, same], ["standard", 0.02, standard], [
    "unit",
    0.3,
    same,
  ]] as const;
  assert.equal(payload.recipes.length, 3);
  for (const [at, [pixelScale, weightDecay, scaled]] of expected.entries()) {
    const recipe = payload.recipes[at];
    assert.deepEqual([recipe.pixelScale, recipe.weightDecay], [pixelScale, weightDecay]);
    const inputScale = pixelScale === "unit" ? 1 / 15 : 1;
    using model = await trainPlainly(scaled(train), { seed, weightDecay, inputScale });
    const { images, labels } = scaled(test);
    assert.equal(
      recipe.testAccuracy.successes,
      Math.round(23 * await model.accuracy(images, labels)),
    );
    assert.equal(recipe.testAccuracy.trials, 23);
    const inside = await model.activations(images, "penultimate");
    using mixture = await gaussianMixture(inside, { components: 1, seed });
    const outside = await model.activations(scaled(clothes).images, "penultimate");
    const auc = auroc(await mixture.logDensity(outside), await mixture.logDensity(inside));
    assertAllClose([recipe.aucAsPublished], [auc], { rtol: 1e-9, atol: 1e-12 });
  }
  assert.equal(new Set(payload.recipes.map(({ aucAsPublished }) => aucAsPublished)).size, 3);
});

Deno.test("gmm-notebook takes the middle score as the median of an odd number", async () => {
  const { outOfDistribution } = data;
  const { images, labels } = outOfDistribution.train;
  const odd = {
    images: { values: images.values.slice(0, 16 * 30), shape: [30, 16] as const },
    labels: labels.slice(0, 30),
  };
  const { payload } = await recordRun(
    run,
    { ...data, outOfDistribution: { ...outOfDistribution, train: odd } },
    seed,
    { ...parameters, components: [1] },
  );
  const right = payload.byComponents[0].accuracyAtMedian * 53;
  assertAllClose([right], [Math.round(right)], { rtol: 1e-9 });
  // Half of the scores, the middle one among them, are called in-distribution: 27 of 53.
  const kept = Math.round((right - 30 + 27) / 2);
  assert(kept >= 0 && kept <= 23 && 2 * kept + 30 - 27 === Math.round(right), `${right}`);
});

Deno.test("gmm-notebook quotes the numbers that the notebook published", async () => {
  const { payload } = await recordRun(run, data, seed, { ...parameters, components: [1] });
  assert.deepEqual(payload.published, {
    classifierAccuracy: 0.9672,
    bestComponents: 20,
    inDistribution: { mean: 5.2, standardDeviation: 10.72 },
    outOfDistribution: { mean: -14.39, standardDeviation: 13.58 },
    bestAccuracy: { value: 0.46, components: 1 },
    bestAuc: { value: 0.4, components: 1 },
  });
});

Deno.test("gmm-notebook leaves out mixtures of which a component collapses", async () => {
  // So large that rounding loses what keeps the covariance of too few rows regular.
  const { inDistribution } = data;
  const large = { ...inDistribution, test: inDistribution.train, maxValue: 1e-7 };
  const { payload } = await recordRun(
    run,
    { ...data, inDistribution: large },
    seed,
    parameters,
  );
  assert.deepEqual(payload.byComponents.map(({ components }) => components), [1]);
});

Deno.test("the part mixture of gmm-notebook trains its network where nobody did, and gives the same", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const asked = { pixelScale: "unit", weightDecay: 0.02, components: 2 };
  const alone = await recordPart(run, data, seed, parameters, "mixture", asked);
  assert.deepEqual(alone, payload.byComponents[1]);
});
