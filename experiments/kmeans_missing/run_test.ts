import {
  adjustedRandIndex,
  kMeans,
  kMeansMissing,
  type KMeansMissingOptions,
  type KMeansModel,
  normalizedMutualInformation,
} from "@mixtape/clustering";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { recordPart, recordRun } from "../run/testing/record_run.ts";
import { tinyData } from "../run/testing/tiny_data.ts";
import type { MissingMethod } from "./result.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const data = tinyData();
const { train } = data.inDistribution;
const shared = { clusters: 3, tolerance: 0.01, maxIterations: 5, restarts: 2 };
const parameters = {
  rates: [0, 0.05, 0.5],
  seeds: 2,
  restarts: 2,
  tolerance: 0.01,
  maxIterations: 5,
  variance: 3,
  images: 4,
};
const methods: Readonly<Record<MissingMethod, Partial<KMeansMissingOptions>>> = {
  "zero-prior": { method: "gaussian-prior", priorMean: "zero" },
  "feature-mean-prior": { method: "gaussian-prior", priorMean: "feature-mean" },
  "k-pod": { method: "k-pod" },
  "mean-imputation": { method: "mean-imputation" },
  "complete-rows": { method: "complete-rows" },
};

/** The least sum of squared differences over all ways to match three centroids with three others. */
function errorOf({ centroids }: KMeansModel, { centroids: others }: KMeansModel): number {
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
  const sums = orders.map((order) =>
    order.reduce((sum, other, cluster) => {
      for (let j = 0; j < 16; j++) {
        sum += (centroids.values[16 * cluster + j] - others.values[16 * other + j]) ** 2;
      }
      return sum;
    }, 0)
  );
  return Math.sqrt(Math.min(...sums) / 48);
}

/** Entries that are missing at a rate, from a stream of random numbers that no start of k-means uses. */
function maskOf(rate: number, seed: number): Uint8Array {
  const source = random(seed).split(1);
  return Uint8Array.from({ length: 16 * 41 }, () => source.next() < rate ? 1 : 0);
}

Deno.test("kmeans-missing runs every method on the same mask, and compares with classes and complete data", async () => {
  const { payload, stages, notes } = await recordRun(run, data, 7, parameters);
  using complete = await kMeans(train.images, { ...shared, seed: 7 });
  const { runs, ...rest } = payload;
  assert.deepEqual({ ...rest, masked: null }, {
    clusters: 3,
    rows: 41,
    complete: {
      nmi: normalizedMutualInformation(train.labels, complete.labels),
      ari: adjustedRandIndex(train.labels, complete.labels),
    },
    rates: [0, 0.05, 0.5],
    methods: Object.keys(methods),
    masked: null,
  });
  const said = ["0% missing", "5% missing", "50% missing"];
  assert.deepEqual(stages, ["complete data", ...said]);
  assert.deepEqual(
    notes,
    said.flatMap((rate) =>
      [7, 8].flatMap(() => Object.keys(methods).map((method) => `${rate}, ${method}`))
    ),
  );
  const plan = [0, 0.05, 0.5].flatMap((rate) =>
    [7, 8].flatMap((seed) => Object.keys(methods).map((method) => ({ rate, seed, method })))
  );
  assert.deepEqual(runs.map(({ rate, seed, method }) => ({ rate, seed, method })), plan);
  for (const { rate, seed, method, completeRows, fit, failure } of runs) {
    const mask = maskOf(rate, seed);
    const incomplete = new Set([...mask.keys()].filter((at) => mask[at]).map((at) => at >> 4));
    assert.equal(completeRows, 41 - incomplete.size);
    if (fit === null) {
      assert.equal(`${rate} ${method} ${failure}`, "0.5 complete-rows no-complete-rows");
      continue;
    }
    assert.equal(failure, null);
    const options = { ...shared, ...methods[method], mask, seed, variance: 3 };
    using model = await kMeansMissing(train.images, options);
    const { elapsedMs, centroidError, ...measured } = fit;
    assert.deepEqual(measured, {
      nmi: normalizedMutualInformation(train.labels, model.labels),
      ari: adjustedRandIndex(train.labels, model.labels),
      nmiToComplete: normalizedMutualInformation(complete.labels, model.labels),
      ariToComplete: adjustedRandIndex(complete.labels, model.labels),
      iterations: model.iterations,
      converged: model.converged,
    });
    assertAllClose([centroidError], [errorOf(model, complete)], { rtol: 1e-9, atol: 1e-9 });
    assert(elapsedMs > 0 && elapsedMs < 60_000);
  }
  assert(runs.some(({ rate, fit, method }) => rate > 0 && fit && method === "complete-rows"));
});

Deno.test("kmeans-missing shows the first images with the pixels that are missing at each rate", async () => {
  const { payload, images } = await recordRun(run, data, 7, parameters);
  const { values, ...sheet } = images.get("masked")!;
  assert.deepEqual(sheet, { shape: { height: 4, width: 4 }, maxValue: 15, columns: 4 });
  assert.equal(payload.masked.count, 12);
  const first = [...train.images.values.slice(0, 64)];
  const rows = [0, 1, 2].map((at) => Array.from(values).slice(64 * at, 64 * (at + 1)));
  parameters.rates.forEach((rate, at) => {
    const mask = maskOf(rate, 7);
    assert.deepEqual(rows[at], first.map((value, entry) => mask[entry] ? NaN : value));
  });
});

Deno.test("kmeans-missing fails where fewer rows are complete than there are clusters", async () => {
  const rates = [0.15, 0.18, 0.2, 0.25];
  const { payload } = await recordRun(run, data, 7, { ...parameters, rates, seeds: 4 });
  const kinds = payload.runs.filter(({ method }) => method === "complete-rows").map((one) => {
    const { completeRows, failure, fit } = one;
    const expected = completeRows === 0
      ? "no-complete-rows"
      : completeRows < 3
      ? "too-few-complete-rows"
      : null;
    assert.equal(failure, expected, `${completeRows}`);
    assert.equal(fit === null, failure !== null);
    return `${completeRows}`;
  });
  for (const needed of ["0", "2", "3"]) assert(kinds.includes(needed), `${kinds}`);
});

Deno.test("kmeans-missing shows no more images than there are", async () => {
  const { images } = await recordRun(run, data, 7, { ...parameters, rates: [0], images: 100 });
  assert.equal(images.get("masked")!.columns, 41);
});

Deno.test("the part fit of kmeans-missing fits complete data where nobody did, and gives the same", async () => {
  const { payload } = await recordRun(run, data, 7, parameters);
  const asked = { rate: 0.05, seed: 8, method: "k-pod" };
  const planned = payload.runs.find(({ rate, seed, method }) =>
    rate === asked.rate && seed === asked.seed && method === asked.method
  )!;
  const alone = await recordPart(run, data, 7, parameters, "fit", asked) as typeof planned;
  const timeless = ({ fit, ...one }: typeof planned) => ({ ...one, fit: { ...fit, elapsedMs: 0 } });
  assert.deepEqual(timeless(alone), timeless(planned));
});
