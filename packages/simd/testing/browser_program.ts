// What a page or its worker runs: the same work on TensorFlow.js's backend and on simd, for `policies_browser_test.ts` to compare.
import "@tensorflow/tfjs-backend-cpu";
import { backendInfo, registerSimdBackend, type SimdBackendInfo } from "@mixtape/simd";
import { openDenseTraining, openLloyd } from "@mixtape/tensor-utils";
import * as tf from "@tensorflow/tfjs-core";
import { SimdBackend } from "../backend.ts";
import { READY } from "../pool/control_block.ts";

/** Numbers that a backend computed. */
export interface BrowserResults {
  /** A product of matrices. */
  readonly product: number[];
  /** Labels of two steps of k-means. */
  readonly labels: number[];
  /** Sums of clusters, and the inertia, of the second. */
  readonly sums: number[];
  /** Losses of two steps of training. */
  readonly losses: number[];
}

/** Result that the page passes to the test. */
export interface BrowserOutcome {
  readonly isolated: boolean;
  readonly info: SimdBackendInfo | undefined;
  /** True if a worker has run. */
  readonly worked: boolean;
  readonly cpu: BrowserResults;
  readonly simd: BrowserResults;
}

function wave(length: number, phase: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7 + phase));
}

async function compute(): Promise<BrowserResults> {
  const product = tf.tidy(() => {
    const a = tf.tensor2d(wave(300 * 200, 0), [300, 200]);
    return tf.matMul(a, tf.tensor2d(wave(200 * 100, 1), [200, 100])).dataSync();
  });
  const [n, d, k] = [5000, 24, 7];
  const values = Uint8Array.from(wave(n * d, 2), (value) => value < 0.6 ? 0 : 255 * value);
  const x = { values, shape: [n, d] } as const;
  using lloyd = openLloyd(x);
  const first = await lloyd.step(Float64Array.from(values.subarray(0, k * d)));
  const labels = [...first.labels];
  const means = first.sums.map((sum, at) => sum / first.counts[Math.floor(at / d)]);
  const { labels: next, sums, inertia } = await lloyd.step(means);
  const layers = [{ units: 16, activation: "relu" }, { units: 3, activation: "linear" }] as const;
  const weights = [wave(d * 16, 3), wave(16, 4), wave(48, 5), wave(3, 6)];
  const classes = Int32Array.from({ length: n }, (_, i) => i % 3);
  using training = openDenseTraining(x, classes, layers, weights, {
    ...{ inputScale: 1 / 255, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    ...{ weightDecay: 0, labelSmoothing: 0 },
  });
  const rows = Uint32Array.from({ length: 1000 }, (_, i) => 3 * i);
  const losses = [await training.trainBatch(rows), await training.trainBatch(rows)];
  return { product: [...product], labels: [...labels, ...next], sums: [...sums, inertia], losses };
}

async function run(): Promise<BrowserOutcome> {
  await tf.setBackend("cpu");
  const cpu = await compute();
  registerSimdBackend({ threads: 2 });
  await tf.setBackend("simd");
  let simd = await compute();
  const backend = tf.backend();
  const worked = () =>
    backend instanceof SimdBackend && backend.runtime.memory.int32(0, READY + 2)[READY + 1] === 1;
  // A worker starts once the page lets it, and from then on takes part.
  const end = performance.now() + 20_000;
  while ((backendInfo()?.threads ?? 1) > 1 && !worked() && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  simd = await compute();
  return { isolated: crossOriginIsolated, info: backendInfo(), worked: worked(), cpu, simd };
}

const outcome = await run().catch((error) => `${error?.stack ?? error}`);
if (typeof document === "object") Object.assign(globalThis, { outcome });
else postMessage(outcome);
