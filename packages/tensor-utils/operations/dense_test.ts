import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { assertAllClose, normalMatrix } from "../testing/mod.ts";
import {
  denseForward,
  type DenseLayerSpec,
  type DenseTrainingOptions,
  type HostMatrix,
  openDenseTraining,
  random,
  useBackend,
} from "../mod.ts";

const plain: DenseTrainingOptions = {
  inputScale: 1,
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  labelSmoothing: 0,
};

await useBackend("cpu");

function network(seed: number, d: number, layers: readonly DenseLayerSpec[]): Float32Array[] {
  const source = random(seed);
  let width = d;
  return layers.flatMap(({ units }) => {
    const sizes = [width * units, units];
    width = units;
    return sizes.map((size) => Float32Array.from({ length: size }, () => source.normal() / 2));
  });
}

Deno.test("openDenseTraining() copies the weights it starts from", async () => {
  const layers = [{ units: 2, activation: "linear" }] as const;
  const initial = network(1, 3, layers);
  const before = initial.map((w) => w.slice());
  using training = openDenseTraining(
    normalMatrix(2, 4, 3),
    Int32Array.of(0, 1, 0, 1),
    layers,
    initial,
    plain,
  );
  await training.trainBatch(Uint32Array.of(0, 1));
  assert.deepEqual(initial, before);
  assert.notDeepEqual(await training.weights(), before);
});

Deno.test("openDenseTraining() starts at log(classes) when the logits are equal", async () => {
  const layers = [{ units: 5, activation: "linear" }] as const;
  const zeros = [new Float32Array(15), new Float32Array(5)];
  for (const labelSmoothing of [0, 0.3]) {
    const options = { ...plain, labelSmoothing };
    using training = openDenseTraining(
      normalMatrix(3, 2, 3),
      Int32Array.of(4, 0),
      layers,
      zeros,
      options,
    );
    assertAllClose([await training.trainBatch(Uint32Array.of(1, 0))], [Math.log(5)]);
  }
});

Deno.test("openDenseTraining() refuses weights and labels that do not fit", () => {
  const layers = [{ units: 2, activation: "relu" }] as const;
  const x = normalMatrix(4, 2, 3);
  const weights = network(4, 3, layers);
  const open = (labels: number[], w: Float32Array[]) => () =>
    openDenseTraining(x, Int32Array.from(labels), layers, w, plain);
  assert.throws(open([0, 2], weights), /label is 2.*from 0 to 1/);
  assert.throws(open([0], weights), /1 labels were given/);
  assert.throws(open([0, 1], weights.slice(1)), RangeError);
  assert.throws(open([0, 1], [weights[0].slice(1), weights[1]]), /kernel has 5/);
});

Deno.test("denseForward() gives a row the same output in any block", async () => {
  const layers = [{ units: 3, activation: "silu" }] as const;
  const x = normalMatrix(6, 5000, 2);
  const weights = network(6, 2, layers);
  const [all] = await denseForward(x, layers, weights, 0.5, [0]);
  const last: HostMatrix = { values: x.values.slice(-2), shape: [1, 2] };
  const [one] = await denseForward(last, layers, weights, 0.5, [0]);
  assertAllClose(all.slice(-3), one);
});

Deno.test("denseForward() refuses a layer that is not there", async () => {
  const layers = [{ units: 3, activation: "relu" }] as const;
  await assert.rejects(
    denseForward(normalMatrix(5, 1, 2), layers, network(5, 2, layers), 1, [1]),
    /Cannot keep layer 1: the network has 1 layers/,
  );
});

Deno.test("openDenseTraining() on simd frees what it holds, and refuses rows that are not there", async () => {
  await useBackend("simd", { threads: 1 });
  const { memory } = (tf.backend() as unknown as {
    runtime: { memory: { heldRegions: number } };
  }).runtime;
  const layers = [{ units: 3, activation: "linear" }] as const;
  const x = normalMatrix(7, 20, 6);
  const labels = new Int32Array(20);
  const weights = network(7, 6, layers);
  const trainOnce = () => {
    using training = openDenseTraining(x, labels, layers, weights, plain);
    training.trainBatch(Uint32Array.of(3, 19));
  };
  trainOnce();
  const held = memory.heldRegions;
  trainOnce();
  await denseForward(x, layers, weights, 1, [0, 0]);
  assert.equal(memory.heldRegions, held);
  using training = openDenseTraining(x, labels, layers, weights, plain);
  assert.throws(
    () => training.trainBatch(Uint32Array.of(3, 20)),
    /20 was given, indices from 0 to 19 are needed/,
  );
  assert.throws(() => training.trainBatch(new Uint32Array(0)), RangeError);
  await useBackend("cpu");
});
