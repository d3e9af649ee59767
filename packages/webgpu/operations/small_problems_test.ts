import assert from "node:assert/strict";
import type { DenseTrainingOptions } from "@mixtape/operations";
import {
  denseForward,
  mixtureShapes,
  nearest,
  openDenseTraining,
  openLloyd,
  openLloydOnce,
  openMixture,
  openPlusPlus,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose, source, stepWithLabels } from "@mixtape/tensor-utils/testing";
import { registerWebGpuBackend } from "../register.ts";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { countTraffic } from "../testing/count_traffic.ts";
import {
  isSmallForward,
  isSmallLloyd,
  isSmallMixtureStep,
  isSmallNearest,
  isSmallPlusPlus,
  isSmallTraining,
  smallProblems,
} from "./small_problems.ts";

const options: DenseTrainingOptions = {
  ...{ inputScale: 1, learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  ...{ weightDecay: 0, labelSmoothing: 0 },
};
const layers = [{ units: 5, activation: "relu" }, { units: 3, activation: "linear" }] as const;

/** Numbers in words. */
const numbersIn = (words: string) => [...words.matchAll(/\d{3,}/g)].map(Number);

Deno.test("problems are small as long as simd ends before the device answers, as the words say", () => {
  const bounds = Object.entries(smallProblems).map(([name, words]) => [name, numbersIn(words)]);
  const { MixtapeNearest, MixtapePlusPlus, MixtapeLloyd, MixtapeMixture, MixtapeDense, ...others } =
    Object.fromEntries(bounds) as Record<string, number[]>;
  /** Checks one row more and one less than there are in a bound, with some work per row. */
  const check = ([bound]: number[], perRow: number, isSmall: (rows: number) => boolean) => {
    assert.equal(isSmall(Math.floor((bound - 1) / perRow)), true);
    assert.equal(isSmall(Math.ceil((bound + 1) / perRow)), false);
  };
  const centroids = new Float64Array(0);
  const x = (rows: number, d: number) => ({ values: centroids, shape: [rows, d] }) as const;
  check(MixtapeNearest, 60, (n) => isSmallNearest({ x: x(n, 6), centroids, k: 10 }));
  check(MixtapePlusPlus, 6, (n) => isSmallPlusPlus({ x: x(n, 6) }));
  check(MixtapeLloyd, 60, (n) => isSmallLloyd({ x: x(n, 6) }, 10));
  check(MixtapeMixture, 360, (rows) => {
    const attrs = { values: centroids, rows, columns: 6, shape: mixtureShapes.full };
    return isSmallMixtureStep(attrs, 10);
  });
  check(MixtapeMixture, 240, (rows) => {
    const attrs = { values: centroids, rows, columns: 6, shape: mixtureShapes.diagonal };
    return isSmallMixtureStep(attrs, 10);
  });
  const forward = { layers, weights: [], inputScale: 1, keep: [] };
  check(others.MixtapeDenseForward, 45, (n) => isSmallForward({ x: x(n, 6), ...forward }));
  const [first, further] = MixtapeDense;
  for (const shown of [layers.slice(0, 1), layers]) {
    const weights = shown.length === 1 ? 30 : 45;
    const bound = first + further * (shown.length - 1);
    const labels = new Int32Array(0);
    const attrs = { labels, layers: shown, weights: [] };
    const ofBatch = (batchSize: number) =>
      isSmallTraining({ ...attrs, x: x(1e9, 6), options: { ...options, batchSize } });
    check([bound], weights, ofBatch);
    check([bound], weights, (n) => isSmallTraining({ ...attrs, x: x(n, 6), options }));
  }
});

/** Rows of three blobs of bytes. */
function blobs(n: number, d: number) {
  const values = Uint8Array.from({ length: n * d }, (_, at) => {
    return 80 * (Math.floor(at / d) % 3) + (at * 7919) % 11;
  });
  return { values, shape: [n, d] } as const;
}

/** Takes a step of everything that may be small, and returns labels and other numbers that it gave. */
async function stepsOn(n: number, d: number) {
  const x = blobs(n, d);
  const centroids = Float64Array.from(x.values.subarray(0, 3 * d));
  using lloyd = openLloyd(x);
  const { labels, sums } = await stepWithLabels(lloyd, centroids);
  using mixture = openMixture(x, "diagonal");
  const { counts } = await mixture.step({
    k: 3,
    logWeights: new Float64Array(3).fill(-Math.log(3)),
    means: centroids,
    precisionFactors: new Float64Array(3 * d).fill(0.1),
  });
  const weights = [5 * d, 5, 15, 3].map((size) =>
    Float32Array.from({ length: size }, (_, at) => Math.sin(at) / size)
  );
  using training = openDenseTraining(x, labels.slice(), layers, weights, options);
  const loss = await training.trainBatch(Uint32Array.from({ length: n }, (_, row) => row));
  using choice = openPlusPlus(x);
  const closest = new Float64Array(n).fill(Infinity);
  await choice.accept(0, closest);
  const [logits] = await denseForward(x, layers, weights, 1, [1]);
  const found = await nearest(x, centroids, 3);
  const distances = [...await lloyd.distances(), ...found.distances, ...closest];
  const numbers = [...sums, ...counts, loss, ...distances, ...logits];
  return { labels: [...labels, ...found.labels], numbers };
}

Deno.test(
  "a device leaves small problems to simd, with the results of kernels, and missing says so",
  {
    ignore: !hasAdapter,
  },
  async () => {
    registerWebGpuBackend();
    const { missing } = await useBackend("webgpu");
    const small = missing.filter(({ reason }) => reason.includes("small"));
    assert.deepEqual(small.map(({ feature }) => feature), Object.keys(smallProblems));
    let left: Awaited<ReturnType<typeof stepsOn>> | undefined;
    const traffic = await countTraffic(async () => void (left = await stepsOn(60, 4)));
    assert.deepEqual(traffic, { dispatches: 0, submits: 0, reads: 0 });
    await startWebGpu(); // which leaves nothing
    const { reads } = await countTraffic(async () => {
      const { labels, numbers } = await stepsOn(60, 4);
      assert.deepEqual(labels, left!.labels);
      assertAllClose(numbers, left!.numbers, { rtol: 1e-5, atol: 1e-5 });
    });
    assert.ok(reads >= 6, `${reads} reads`);
  },
);

Deno.test(
  "a device that leaves small problems takes the others, and scores of mixtures of any size",
  {
    ignore: !hasAdapter,
  },
  async () => {
    registerWebGpuBackend();
    await useBackend("webgpu");
    const [perRow] = numbersIn(smallProblems.MixtapeLloyd).map((bound) => bound / 1000);
    const next = source(1);
    const values = Uint8Array.from({ length: 64_000 }, () => 256 * next());
    const x = { values, shape: [1000, 64] } as const;
    using lloyd = openLloydOnce(x);
    const k = Math.ceil(perRow / 64) + 1;
    const traffic = await countTraffic(async () => {
      const { labels } = await lloyd.step(Float64Array.from(x.values.subarray(0, k * 64)));
      assert.equal(labels[2], 2);
    });
    assert.equal(traffic.reads, 1);
    const factors = {
      ...{ k: 1, logWeights: new Float64Array(1), means: new Float64Array(2) },
      precisionFactors: Float64Array.of(0.01),
    };
    const rows = { values: Float64Array.of(1, 2, 3, 4), shape: [2, 2] } as const;
    using both = openMixture(rows, "spherical");
    using one = openMixture({ values: rows.values.slice(0, 2), shape: [1, 2] }, "spherical");
    const scores = await countTraffic(async () => {
      const [density] = await one.logDensity(factors);
      assert.equal((await both.logDensity(factors))[0], density);
    });
    assert.equal(scores.reads, 2);
  },
);
