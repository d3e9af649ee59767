import { detectorNamed } from "@mixtape/ood";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { indicesOf } from "../indices_of.ts";
import { recordRun } from "../run/testing/record_run.ts";
import { rowsOf, tinyData } from "../run/testing/tiny_data.ts";
import { tinyTraining, trainPlainly } from "../run/testing/train_plainly.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const data = tinyData();
const { train, test } = data.inDistribution;
const clothes = data.outOfDistribution.test;
const seed = 9;
const parameters = {
  ...tinyTraining,
  detectors: ["msp", "layers-mahalanobis++"],
  wantedTprs: [0.5, 0.8],
  calibrationShare: 0.6,
  oodShares: [0.25, 0.5],
  wantedFdrs: [0.2, 0.6],
  batchRows: 8,
  bins: 5,
  splits: 3,
  batches: 4,
};

/** Scores of test images, by each detector as it should be fitted: on all but the last tenth of the training images. */
async function scorePlainly() {
  const fitted = rowsOf(train, indicesOf(37));
  using model = await trainPlainly(fitted, { weightDecay: 0, seed });
  const evidence = async (images: typeof test.images) => ({
    ...await model.evidence(images),
    inputs: images,
  });
  const heldOut = await evidence(rowsOf(train, [37, 38, 39, 40]).images);
  const training = { ...await evidence(fitted.images), labels: fitted.labels };
  const all = [];
  for (const name of parameters.detectors) {
    using detector = await detectorNamed(name)(training, { seed, heldOut });
    const inside = await detector.score(await evidence(test.images));
    all.push({ name, inside, outside: await detector.score(await evidence(clothes.images)) });
  }
  return all;
}

/** The 14 calibration scores of a split, and the 9 others. */
function splitOf(scores: Float64Array, split: number) {
  const order = [...random(seed).split(split).permutation(23)];
  return {
    calibration: order.slice(0, 14).map((row) => scores[row]).sort((a, b) => a - b),
    fresh: order.slice(14).map((row) => scores[row]),
  };
}

/** Share of calibration scores as low or lower, the row itself counted as one of them. */
function pValueOf(score: number, calibration: readonly number[]): number {
  return (1 + calibration.filter((other) => other <= score).length) / (calibration.length + 1);
}

function spreadOf(values: readonly number[]): [number, number] {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / values.length)];
}

Deno.test("ood-calibration tries thresholds on rows that they do not come from", async () => {
  const { payload, stages, notes } = await recordRun(run, data, seed, parameters);
  assert.deepEqual(
    {
      splits: payload.splits,
      rows: payload.rows,
      batches: payload.batches,
      batchRows: payload.batchRows,
    },
    { splits: 3, rows: { calibration: 14, fresh: 9 }, batches: 4, batchRows: 8 },
  );
  const expected = (await scorePlainly()).flatMap(({ name, inside }) =>
    [0.5, 0.8].map((wanted) => {
      const achieved = [0, 1, 2].map((split) => {
        const { calibration, fresh } = splitOf(inside, split);
        // The largest score of which the wanted share of 15 lie above, one more than there are.
        const rank = 15 - Math.ceil(15 * wanted);
        return fresh.filter((score) => score >= calibration[rank - 1]).length / 9;
      });
      const [mean, standardDeviation] = spreadOf(achieved);
      return { detector: name, wanted, achieved, spread: { mean, standardDeviation } };
    })
  );
  assert.deepEqual(payload.tpr, expected);
  assert(new Set(payload.tpr.flatMap(({ achieved }) => achieved)).size > 3);
  assert.deepEqual(stages, ["train and fit", "calibrate"]);
  assert.deepEqual([...new Set(notes)], [
    "epoch 1 of 3",
    "epoch 2 of 3",
    "epoch 3 of 3",
    ...parameters.detectors,
  ]);
});

Deno.test("ood-calibration compares p-values of fresh rows with uniform ones", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const scored = await scorePlainly();
  assert.deepEqual(payload.pValues.map(({ detector }) => detector), parameters.detectors);
  scored.forEach(({ inside }, at) => {
    const { calibration, fresh } = splitOf(inside, 0);
    const p = fresh.map((score) => pValueOf(score, calibration));
    const { counts, kolmogorovSmirnov, critical } = payload.pValues[at];
    assert.deepEqual(
      counts,
      indicesOf(5).map((bin) =>
        p.filter((value) => Math.min(4, Math.floor(value * 5)) === bin).length
      ),
    );
    // The largest distance lies at a step, just before it or on it.
    const distances = p.flatMap((value) => [
      Math.abs(p.filter((other) => other <= value).length / 9 - value),
      Math.abs(p.filter((other) => other < value).length / 9 - value),
    ]);
    assertAllClose([kolmogorovSmirnov], [Math.max(...distances)], { rtol: 1e-9 });
    assertAllClose([critical], [1.358 * Math.sqrt(1 / 9 + 1 / 14)], { rtol: 1e-12 });
  });
});

Deno.test("ood-calibration counts discoveries in batches of fresh rows and of others", async () => {
  const { payload } = await recordRun(run, data, seed, parameters);
  const expected = (await scorePlainly()).flatMap(({ name, inside, outside }) => {
    const { calibration, fresh } = splitOf(inside, 0);
    return [[0.25, 2], [0.5, 4]].flatMap(([oodShare, oodRows]) =>
      [0.2, 0.6].map((wanted) => {
        const rates = indicesOf(4).map((batch) => {
          const source = random(seed).split(1000 + batch);
          const inRows = [...source.sample(9, 8 - oodRows)].map((row) => fresh[row]);
          const outRows = [...source.sample(19, oodRows)].map((row) => outside[row]);
          const p = [...inRows, ...outRows].map((score) => pValueOf(score, calibration));
          // Benjamini and Hochberg: all up to the largest p(i) ≤ i/m · rate.
          const sorted = p.toSorted((a, b) => a - b);
          const limit = sorted.findLast((value, i) => value <= (i + 1) / 8 * wanted) ?? -1;
          const found = p.map((value) => value <= limit);
          const wrong = found.slice(0, inRows.length).filter(Boolean).length;
          const right = found.slice(inRows.length).filter(Boolean).length;
          return { falseRate: wrong / Math.max(1, wrong + right), power: right / oodRows };
        });
        return {
          detector: name,
          oodShare,
          wanted,
          falseDiscoveryRate: spreadOf(rates.map(({ falseRate }) => falseRate)),
          power: spreadOf(rates.map(({ power }) => power)),
        };
      })
    );
  });
  const flat = (list: readonly { falseDiscoveryRate: unknown; power: unknown }[]) =>
    list.flatMap(({ falseDiscoveryRate, power }) =>
      [falseDiscoveryRate, power].flatMap((spread) => Object.values(spread as object))
    );
  const labels = (list: readonly { detector: string; oodShare: number; wanted: number }[]) =>
    list.map(({ detector, oodShare, wanted }) => `${detector} ${oodShare} ${wanted}`);
  assert.deepEqual(labels(payload.discoveries), labels(expected));
  assertAllClose(flat(payload.discoveries), flat(expected), { rtol: 1e-9 });
  assert(new Set(flat(expected)).size > 4);
});
