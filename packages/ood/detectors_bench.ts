// Times the scoring of 10,000 rows by each detector, and by all of them, given the evidence: a
// 784-256-256-10 network of random weights on rows as sparse as digits.
import * as tf from "@tensorflow/tfjs-core";
import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { type Detector, detectors, type Head, type TrainingEvidence } from "./mod.ts";

const sizes = [784, 256, 256, 10];
const source = random(0);
const draw = (length: number, scale: number) =>
  Float32Array.from({ length }, () => scale * source.normal());
const weights = sizes.slice(1).map((units, i) => draw(sizes[i] * units, Math.sqrt(2 / sizes[i])));
const prototypes = draw(10 * sizes[0], 1).map((value) => Math.max(0, value - 0.8));

await useBackend("simd");

function digits(rows: number): { inputs: HostMatrix; labels: Int32Array } {
  const d = sizes[0];
  const labels = Int32Array.from({ length: rows }, () => source.integer(10));
  const values = Uint8Array.from({ length: rows * d }, (_, at) => {
    const ink = prototypes[labels[Math.floor(at / d)] * d + at % d];
    return Math.max(0, Math.min(255, 100 * ink * (1 + 0.5 * source.normal())));
  });
  return { inputs: { values, shape: [rows, d] }, labels };
}

async function evidenceOf(rows: number): Promise<TrainingEvidence> {
  const { inputs, labels } = digits(rows);
  const layers: HostMatrix[] = [];
  let x: HostMatrix = {
    values: Float32Array.from(inputs.values, (value) => value / 255),
    shape: inputs.shape,
  };
  for (const [i, layer] of weights.entries()) {
    const product = tf.tidy(() => {
      const left = tf.tensor2d(x.values as Float32Array, [...x.shape]);
      const sums = tf.matMul(left, tf.tensor2d(layer, [sizes[i], sizes[i + 1]]));
      return i < 2 ? tf.relu(sums) : sums;
    });
    x = { values: await product.data<"float32">(), shape: [rows, sizes[i + 1]] };
    product.dispose();
    layers.push(x);
  }
  const head: Head = {
    weights: { values: weights[2], shape: [256, 10] },
    bias: new Float32Array(10),
  };
  return { inputs, labels, head, logits: layers[2], activations: layers.slice(0, 2) };
}

const training = await evidenceOf(12_000);
const test = await evidenceOf(10_000);
const fitted: Detector[] = [];
for (const kind of detectors) {
  // The size of a mixture does not change much here, and choosing it takes time.
  const own = kind.name.startsWith("gmm") ? { components: [20], maxIterations: 5 } : {};
  fitted.push(await kind(training, { ...own, heldOut: test }));
}

for (const detector of fitted) {
  Deno.bench(detector.name, async () => {
    await detector.score(test);
  });
}

Deno.bench("all detectors", { n: 5, warmup: 1 }, async () => {
  for (const detector of fitted) await detector.score(test);
});
