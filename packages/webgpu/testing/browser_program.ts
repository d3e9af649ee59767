// Program of a page: Lloyd's algorithm on webgpu and in plain float64, for `page_browser_test.ts` to compare.
import {
  denseForward,
  type HostMatrix,
  openDenseTraining,
  openLloyd,
  openNeighbors,
  openPlusPlus,
  useBackend,
} from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { plainForward, plainTraining } from "../../tensor-utils/testing/plain_dense.ts";
import { plainStep, stepWithLabels } from "../../tensor-utils/testing/plain_lloyd.ts";

/** Result that the page passes to the test. */
export interface PageOutcome {
  /** Description of the adapter. */
  readonly adapter: string;
  /** Operations that run on the processor. */
  readonly missing: readonly string[];
  /** For each kind of data, the steps that were right in every label, count and sum. */
  readonly right: Readonly<Record<string, boolean[]>>;
  /** Squared distance of the last row to the first, by the kernel of k-means++, less the true one. */
  readonly distanceError: number;
  /** Largest error of squared distances to neighbours. */
  readonly searchError: number;
  /** Largest error of a network's outputs, in units of the bounds of float32's. */
  readonly outputError: number;
  /** Largest error of the losses of a training. */
  readonly lossError: number;
}

interface Input {
  readonly values: HostMatrix["values"];
  readonly weights?: Float64Array;
}

async function run(): Promise<PageOutcome> {
  registerWebGpuBackend();
  const backend = await useBackend("webgpu");
  const { adapter } = backend;
  // It is kernels that are to be tested, whatever the size.
  Object.assign(tf.backend(), { leavesSmall: false });
  const missing = backend.missing.map(({ feature }) => feature);
  // Chromium's adapter of software takes more than a minute to compile the scores of many clusters.
  const [n, d, k] = [3000, 20, 3];
  const bytes = Uint8Array.from({ length: n * d }, (_, i) => 128 + 127 * Math.sin(i * i));
  const right: Record<string, boolean[]> = {};
  const floats = Float32Array.from(bytes, (value) => value / 255 - 0.5);
  const doubles = Float64Array.from(bytes, (value) => value * Math.PI);
  const weights = Float64Array.from({ length: n }, (_, i) => 1 / (1 + i % 5));
  const inputs = {
    ...{ bytes: { values: bytes }, floats: { values: floats }, doubles: { values: doubles } },
    ...{
      "weighted bytes": { values: bytes, weights },
      "weighted floats": { values: floats, weights },
    },
  };
  for (const [kind, { values, weights }] of Object.entries<Input>(inputs)) {
    const x = { values, shape: [n, d] } as const;
    using session = openLloyd(x, weights);
    let centroids = Float64Array.from(values.subarray(0, k * d));
    const steps: boolean[] = right[kind] = [];
    for (let step = 0; step < 10; step++) {
      const { labels, sums, counts } = await stepWithLabels(session, centroids);
      const expected = plainStep(x, centroids, weights);
      steps.push(
        labels.every((label, i) => label === expected.labels[i]) &&
          counts.every((count, j) => Math.abs(count - expected.counts[j]) < 1e-9) &&
          sums.every((sum, at) => Math.abs(sum - expected.sums[at]) < 1e-8),
      );
      centroids = Float64Array.from(sums, (sum, at) => sum / counts[Math.floor(at / d)]);
    }
  }
  const x = { values: bytes, shape: [n, d] } as const;
  using choice = openPlusPlus(x);
  const closest = new Float64Array(n).fill(Infinity);
  await choice.accept(0, closest);
  const { distances } = plainStep(x, Float64Array.from(bytes.subarray(0, d)));
  const others = { searchError: await searchError(), ...await networkErrors() };
  return { adapter, missing, right, distanceError: closest[n - 1] - distances[n - 1], ...others };
}

/** Returns the largest error of squared distances to third neighbours. */
async function searchError(): Promise<number> {
  const [n, d] = [700, 6];
  const points = Float32Array.from({ length: n * d }, (_, at) => 0.3 * Math.sin(at * at));
  const queries = Float64Array.from(points.subarray(0, 40 * d), (value) => value + 0.01);
  using search = await openNeighbors(points, d, 3);
  const found = await search.kthDistances(queries, 40);
  return Math.max(...found.map((distance, query) => {
    const own = { values: points, shape: [n, d] } as const;
    const from = queries.slice(query * d, (query + 1) * d);
    return Math.abs(distance - plainStep(own, from).distances.sort()[2]);
  }));
}

/** Returns the largest errors of outputs, in units of their bounds, and of the losses of a training. */
async function networkErrors(): Promise<{ outputError: number; lossError: number }> {
  const [n, d] = [200, 12];
  const x = {
    values: Uint8Array.from({ length: n * d }, (_, i) => 128 + 127 * Math.sin(i * i)),
    shape: [n, d],
  } as const;
  const layers = [{ units: 7, activation: "silu" }, { units: 3, activation: "linear" }] as const;
  const weights = [d * 7, 7, 7 * 3, 3].map((size) =>
    Float32Array.from({ length: size }, (_, at) => Math.sin(at * at + size) / 3)
  );
  const outputs = await denseForward(x, layers, weights, 1 / 255, [0, 1]);
  const errors = plainForward(x, layers, weights, 1 / 255).map(({ values, bounds }, layer) =>
    Math.max(...values.map((value, at) => Math.abs(outputs[layer][at] - value) / bounds[at]))
  );
  const adam = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
  const options = { ...adam, inputScale: 1 / 255, labelSmoothing: 0.1 };
  const labels = Int32Array.from({ length: n }, (_, i) => i % 3);
  const batches = [0, 64, 128].map((first) =>
    Uint32Array.from({ length: 64 }, (_, at) => first + at)
  );
  const expected = plainTraining({ x, labels, layers, weights, options }, batches);
  using training = openDenseTraining(x, labels, layers, weights, options);
  const losses = await Promise.all(batches.map((batch) => training.trainBatch(batch)));
  const lossError = Math.max(...losses.map((loss, step) => Math.abs(loss - expected[step])));
  return { outputError: Math.max(...errors), lossError };
}

const outcome = await run().catch((error) => `${error?.stack ?? error}`);
Object.assign(globalThis, { outcome });
