import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { registerSimdBackend, type SimdBackendOptions } from "@mixtape/simd";
import fixture from "../fixtures/dense_training.json" with { type: "json" };
import { assertAllClose } from "../testing/mod.ts";
import {
  type Activation,
  denseForward,
  type DenseLayerSpec,
  type DenseTrainingOptions,
  type HostMatrix,
  openDenseTraining,
  random,
  useBackend,
} from "../mod.ts";

const simdBackends: SimdBackendOptions[] = [
  { threads: 1 },
  { threads: 2 },
  { threads: 1, relaxed: false },
];

interface Task {
  readonly x: HostMatrix;
  readonly labels: Int32Array;
  readonly layers: DenseLayerSpec[];
  readonly weights: Float32Array[];
  readonly batches: Uint32Array[];
  /** Lengths of the steps; those of the options unless given. */
  readonly learningRates?: readonly number[];
  readonly options: DenseTrainingOptions;
}

async function useSimd(options: SimdBackendOptions): Promise<void> {
  await useBackend("cpu");
  registerSimdBackend(options);
  await tf.setBackend("simd");
}

async function train(task: Task): Promise<{ losses: number[]; weights: Float32Array[] }> {
  const { x, labels, layers, weights, batches, learningRates, options } = task;
  using training = openDenseTraining(x, labels, layers, weights, options);
  const losses: number[] = [];
  for (const [i, rows] of batches.entries()) {
    losses.push(await training.trainBatch(rows, learningRates?.[i]));
  }
  return { losses, weights: await training.weights() };
}

/** Data with many zeros, a random network, and batches of changing size. */
function randomTask(
  seed: number,
  shape: { n: number; d: number; bytes: boolean },
  hidden: DenseLayerSpec[],
): Task {
  const source = random(seed);
  const { n, d, bytes } = shape;
  const number = (): number => bytes ? source.integer(256) : source.normal();
  const sparse = (): number => source.next() < 0.6 ? 0 : number();
  const kind = bytes ? Uint8Array : Float32Array;
  const classes = 2 + source.integer(6);
  const layers: DenseLayerSpec[] = [...hidden, { units: classes, activation: "linear" }];
  let width = d;
  const weights = layers.flatMap(({ units }) => {
    const bound = 1 / Math.sqrt(width);
    const sizes = [width * units, units];
    width = units;
    return sizes.map((size) =>
      Float32Array.from({ length: size }, () => bound * (2 * source.next() - 1))
    );
  });
  return {
    x: { values: kind.from(Array.from({ length: n * d }, sparse)), shape: [n, d] },
    labels: Int32Array.from({ length: n }, () => source.integer(classes)),
    layers,
    weights,
    batches: [1, n, Math.ceil(n / 2)].map((size) => source.sample(n, size)),
    learningRates: source.next() < 0.5 ? undefined : [0.003, 0.002, 0.001],
    options: {
      inputScale: bytes ? 1 / 255 : 0.5,
      learningRate: 0.003,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: source.next() < 0.5 ? 0 : 0.01,
      labelSmoothing: source.next() < 0.5 ? 0 : 0.1,
    },
  };
}

const anyTask: fc.Arbitrary<Task> = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 1, max: 150 }),
  d: fc.integer({ min: 1, max: 40 }),
  bytes: fc.boolean(),
  hidden: fc.array(
    fc.record({
      units: fc.integer({ min: 1, max: 60 }),
      activation: fc.constantFrom<Activation>("linear", "relu", "silu"),
    }),
    { maxLength: 4 },
  ),
}).map(({ seed, n, d, bytes, hidden }) => randomTask(seed, { n, d, bytes }, hidden));

for (const options of simdBackends) {
  const name = JSON.stringify(options);

  Deno.test(`MixtapeDense on simd ${name} takes the steps of PyTorch`, async () => {
    await useSimd(options);
    for (const { options, layers, initial, batches, ...expected } of fixture.cases) {
      const n = expected.labels.length;
      const { losses, weights } = await train({
        x: { values: Uint8Array.from(expected.x), shape: [n, expected.x.length / n] },
        labels: Int32Array.from(expected.labels),
        layers: layers as DenseLayerSpec[],
        weights: initial.map((w) => Float32Array.from(w)),
        batches: batches.map((rows) => Uint32Array.from(rows)),
        learningRates: expected.learningRates,
        options,
      });
      assertAllClose(losses, expected.losses, { rtol: 1e-5 });
      weights.forEach((w, i) => assertAllClose(w, expected.final[i], { rtol: 1e-3, atol: 2e-5 }));
    }
  });

  Deno.test(`MixtapeDense on simd ${name} has the losses of the autodiff path`, async () => {
    await fc.assert(
      fc.asyncProperty(anyTask, async (task) => {
        await useBackend("cpu");
        const { losses } = await train(task);
        await useSimd(options);
        const fused = await train(task);
        assertAllClose(fused.losses, losses, { rtol: 1e-4, atol: 1e-5 });
      }),
      { numRuns: 25, seed: 0 },
    );
  });

  Deno.test(`MixtapeDenseForward on simd ${name} gives what the reference gives`, async () => {
    await fc.assert(
      fc.asyncProperty(anyTask, async ({ x, layers, weights, options: { inputScale } }) => {
        const keep = layers.map((_, i) => i);
        await useBackend("cpu");
        const expected = await denseForward(x, layers, weights, inputScale, keep);
        await useSimd(options);
        const outputs = await denseForward(x, layers, weights, inputScale, keep);
        expected.forEach((values, i) =>
          assertAllClose(outputs[i], values, { rtol: 1e-4, atol: 1e-5 })
        );
      }),
      { numRuns: 25, seed: 0 },
    );
  });
}

Deno.test("MixtapeDense on simd gives the same bits for one and two threads", async () => {
  const hidden: DenseLayerSpec[] = [
    { units: 70, activation: "relu" },
    { units: 30, activation: "linear" },
    { units: 20, activation: "silu" },
  ];
  const task = randomTask(1, { n: 1500, d: 90, bytes: true }, hidden);
  await useSimd({ threads: 1 });
  const one = await train(task);
  await useSimd({ threads: 2 });
  for (let run = 0; run < 3; run++) assert.deepEqual(await train(task), one);
});

Deno.test("MixtapeDense on simd frees what it holds, and refuses rows that are not there", async () => {
  await useSimd({ threads: 1 });
  const { memory } = (tf.backend() as unknown as {
    runtime: { memory: { heldRegions: number } };
  }).runtime;
  const task = randomTask(2, { n: 20, d: 6, bytes: false }, []);
  await train(task);
  const held = memory.heldRegions;
  await train(task);
  await denseForward(task.x, task.layers, task.weights, 1, [0, 0]);
  assert.equal(memory.heldRegions, held);
  using training = openDenseTraining(task.x, task.labels, task.layers, task.weights, task.options);
  assert.throws(() => training.trainBatch(Uint32Array.of(3, 20)), /20 is none of the 20 rows/);
  assert.throws(() => training.trainBatch(new Uint32Array(0)), RangeError);
});
