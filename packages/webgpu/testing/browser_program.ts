// Program of a page: Lloyd's algorithm on webgpu and in plain float64, for `page_browser_test.ts` to compare.
import { openLloyd, openPlusPlus, useBackend } from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { plainStep } from "../../tensor-utils/testing/plain_lloyd.ts";

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
  for (const values of [bytes, Float32Array.from(bytes, (value) => value / 255 - 0.5)]) {
    const x = { values, shape: [n, d] } as const;
    using session = openLloyd(x);
    let centroids = Float64Array.from(values.subarray(0, k * d));
    const steps: boolean[] = right[values.constructor.name] = [];
    for (let step = 0; step < 10; step++) {
      const { labels, sums, counts } = await session.step(centroids);
      const expected = plainStep(x, centroids);
      steps.push(
        labels.every((label, i) => label === expected.labels[i]) &&
          counts.every((count, j) => count === expected.counts[j]) &&
          sums.every((sum, at) => Math.abs(sum - expected.sums[at]) < 1e-9),
      );
      centroids = Float64Array.from(sums, (sum, at) => sum / counts[Math.floor(at / d)]);
    }
  }
  const x = { values: bytes, shape: [n, d] } as const;
  using choice = openPlusPlus(x);
  const closest = new Float64Array(n).fill(Infinity);
  await choice.accept(0, closest);
  const { distances } = plainStep(x, Float64Array.from(bytes.subarray(0, d)));
  return { adapter, missing, right, distanceError: closest[n - 1] - distances[n - 1] };
}

const outcome = await run().catch((error) => `${error?.stack ?? error}`);
Object.assign(globalThis, { outcome });
