import { gaussianMixture } from "@mixtape/mixture";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { effectiveRank, eigenvaluesOf } from "../run/effective_rank.ts";
import { measureSeparation } from "../run/measure_separation.ts";
import { scoreHistogram } from "../run/score_histogram.ts";
import { recordPart, recordRun } from "../run/testing/record_run.ts";
import { rowsOf, tinyData } from "../run/testing/tiny_data.ts";
import { softmaxRows, tinyTraining, trainPlainly } from "../run/testing/train_plainly.ts";
import { indicesOf } from "../indices_of.ts";
import type { RocCounts } from "./result.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const data = tinyData();
const { train, test } = data.inDistribution;
const clothes = data.outOfDistribution.test;
const seed = 6;
const parameters = {
  ...tinyTraining,
  weightDecays: [0, 0.3],
  heldOutShare: 0.1,
  histogramBins: 7,
  rocTolerance: 0,
  components: [1, 2, 3],
};
// A tenth of 41 rows is held out, the last four.
const fitted = rowsOf(train, indicesOf(37));
const heldOut = rowsOf(train, [37, 38, 39, 40]);

/** Rows accepted at each threshold, from none to all, without the points that lie on a straight line. */
function plainRoc(inside: readonly number[], outside: readonly number[]): RocCounts {
  const thresholds = [Infinity, ...[...new Set([...inside, ...outside])].sort((a, b) => b - a)];
  const points = thresholds.map((threshold) =>
    [outside, inside].map((scores) => scores.filter((score) => score >= threshold).length)
  );
  const corners = points.filter((point, at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before || !after) return true;
    return (point[0] - before[0]) * (after[1] - point[1]) !==
      (point[1] - before[1]) * (after[0] - point[0]);
  });
  return { outAccepted: corners.map(([out]) => out), inAccepted: corners.map(([, kept]) => kept) };
}

Deno.test("gmm-ood fits on rows that it neither holds out nor scores", async () => {
  const { payload, stages, notes } = await recordRun(run, data, seed, parameters);
  assert.deepEqual(payload.rows, {
    fitted: 37,
    heldOut: 4,
    inDistribution: 23,
    outOfDistribution: 19,
  });
  assert.deepEqual(payload.byWeightDecay.map(({ weightDecay }) => weightDecay), [0, 0.3]);
  for (const outcome of payload.byWeightDecay) {
    using model = await trainPlainly(fitted, { weightDecay: outcome.weightDecay, seed });
    const penultimate = ({ images }: { images: HostMatrix }) =>
      model.activations(images, "penultimate");
    const x = await penultimate(fitted);
    assert.equal(outcome.units, 25);
    assert.equal(outcome.effectiveRank, effectiveRank(eigenvaluesOf(x)));
    const accuracy = await model.accuracy(test.images, test.labels);
    assert.equal(outcome.testAccuracy.trials, 23);
    assert.equal(outcome.testAccuracy.successes, Math.round(accuracy * 23));
    assert.deepEqual(outcome.byComponents.map(({ components }) => components), [1, 2, 3]);
    for (const row of outcome.byComponents) {
      using mixture = await gaussianMixture(x, { components: row.components, seed });
      const inside = await mixture.logDensity(await penultimate(test));
      const outside = await mixture.logDensity(await penultimate(clothes));
      const held = await mixture.logDensity(await penultimate(heldOut));
      const { elapsedMs, heldOutLogDensity, scores, ...measured } = row;
      assert.deepEqual(measured, {
        components: row.components,
        bic: await mixture.bic(x),
        separation: measureSeparation(inside, outside),
        iterations: mixture.iterations,
        converged: mixture.converged,
      });
      const mean = held.reduce((a, b) => a + b) / 4;
      assertAllClose([heldOutLogDensity], [mean], { rtol: 1e-12 });
      const { edges, ...counts } = scoreHistogram(inside, outside, 7);
      const { roc, ...histogram } = scores;
      assert.deepEqual(histogram, { low: edges[0], high: edges[7], ...counts });
      assert.deepEqual(roc, plainRoc([...inside], [...outside]));
      assert(elapsedMs > 0 && elapsedMs < 60_000);
    }
  }
  assert.deepEqual(stages, ["weight decay 0", "weight decay 0.3"]);
  const told = (decay: number) => [
    ...[1, 2, 3].map((epoch) => `decay ${decay}, epoch ${epoch} of 3`),
    ...[1, 2, 3].map((components) => `decay ${decay}, ${components} components`),
  ];
  assert.deepEqual([...new Set(notes)], [...told(0), ...told(0.3)]);
});

Deno.test("gmm-ood chooses by the lowest BIC, the highest held-out density, and by the highest AUROC", async () => {
  const seen = new Set<string>();
  for (const seed of [0, 1, 2]) {
    const { payload } = await recordRun(run, data, seed, { ...parameters, weightDecays: [0] });
    for (const { byComponents, chosen } of payload.byWeightDecay) {
      const first = (value: (row: typeof byComponents[number]) => number) =>
        byComponents.toSorted((a, b) => value(b) - value(a))[0].components;
      assert.deepEqual(chosen, {
        byBic: first(({ bic }) => -bic),
        byHeldOut: first(({ heldOutLogDensity }) => heldOutLogDensity),
        oracle: first(({ separation }) => separation.auroc),
      });
      seen.add(Object.values(chosen).join());
    }
  }
  assert([...seen].some((one) => new Set(one.split(",")).size > 1), [...seen].join("; "));
});

Deno.test("gmm-ood compares with the maximum softmax probability of the same network", async () => {
  const { payload } = await recordRun(run, data, seed, { ...parameters, components: [1] });
  for (const { weightDecay, softmax, softmaxRoc } of payload.byWeightDecay) {
    using model = await trainPlainly(fitted, { weightDecay, seed });
    const score = async ({ images }: { images: HostMatrix }) =>
      softmaxRows(await model.logits(images)).map((row) => Math.max(...row));
    const [inside, outside] = [await score(test), await score(clothes)];
    const expected = measureSeparation(inside, outside);
    assertAllClose(
      [softmax.auroc, softmax.auprIn, softmax.auprOut, softmax.fprAtIdTpr95],
      [expected.auroc, expected.auprIn, expected.auprOut, expected.fprAtIdTpr95],
      { rtol: 1e-9 },
    );
    assert.deepEqual(softmaxRoc, plainRoc(inside, outside));
  }
});

Deno.test("gmm-ood leaves out mixtures of which a component collapses", async () => {
  // So large that rounding loses what keeps the covariance of too few rows regular.
  const inDistribution = { ...data.inDistribution, maxValue: 1e-7 };
  const { payload } = await recordRun(run, { ...data, inDistribution }, seed, {
    ...parameters,
    weightDecays: [0],
  });
  const [{ byComponents, chosen }] = payload.byWeightDecay;
  assert.deepEqual(byComponents.map(({ components }) => components), [1]);
  assert.deepEqual(chosen, { byBic: 1, byHeldOut: 1, oracle: 1 });
});

Deno.test("gmm-ood keeps fewer points of a curve where it may be less exact", async () => {
  const roc = async (rocTolerance: number) => {
    const few = { ...parameters, weightDecays: [0], components: [1], rocTolerance };
    const { payload } = await recordRun(run, data, seed, few);
    return payload.byWeightDecay[0].softmaxRoc.outAccepted.length;
  };
  assert.equal(await roc(2), 2);
  assert(await roc(0) > 2);
});

Deno.test("the part mixture of gmm-ood trains its network where nobody did, and gives the same", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const asked = { weightDecay: 0.3, components: 2 };
  const alone = await recordPart(run, data, seed, parameters, "mixture", asked);
  const row = payload.byWeightDecay[1].byComponents[1];
  assert.deepEqual({ ...alone as typeof row, elapsedMs: 0 }, { ...row, elapsedMs: 0 });
});
