import assert from "node:assert/strict";
import type { HostMatrix } from "@mixtape/operations";
import { plainStep, source, stepWithLabels } from "@mixtape/tensor-utils/testing";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { means, open, rows } from "../testing/lloyd_session.ts";
import { nearest } from "./nearest.ts";
import { openPlusPlus } from "./plus_plus.ts";

const ignore = !hasAdapter;

Deno.test(
  "steps of Lloyd are right where weights are too unlike for the device's sums",
  { ignore },
  async () => {
    const [n, d] = [400, 3];
    const x = rows("floats", n, d);
    const isHeavy = (row: number) => row % 2 === 0;
    // Rows that weigh next to nothing lie apart, and have clusters of their own.
    for (let row = 0; row < n; row++) x.values[row * d] += isHeavy(row) ? 2 : -2;
    const next = source(3);
    for (const lightest of [1e-9, 1e-13, 1e-14, 1e-15, 1e-17, 1e-40]) {
      const weights = Float64Array.from({ length: n }, (_, row) => {
        return (isHeavy(row) ? 1 : lightest) * (1 + next());
      });
      using session = await open(x, weights);
      let centroids = Float64Array.from(x.values.subarray(0, 5 * d));
      for (let step = 0; step < 12; step++) {
        const { labels, sums, counts } = await stepWithLabels(session, centroids);
        const expected = plainStep(x, centroids);
        assert.deepEqual(labels, expected.labels, `weights of ${lightest}, step ${step}`);
        centroids = Float64Array.from(means(sums, counts, d));
      }
    }
  },
);

Deno.test(
  "steps of Lloyd are right where one row lies much farther out than others",
  { ignore },
  async () => {
    const next = source(5);
    const values = Float32Array.from({ length: 400_000 }, () => 2e-5 * (next() - 0.5));
    values[7] = 1;
    const x: HostMatrix = { values, shape: [values.length, 1] };
    using session = await open(x);
    // The row stays in a cluster of many, so that all means are small.
    let centroids: Float64Array = Float64Array.of(-5e-6, 5e-6);
    for (let step = 0; step < 5; step++) {
      const { labels, sums, counts } = await stepWithLabels(session, centroids);
      assert.deepEqual(labels, plainStep(x, centroids).labels, `step ${step}`);
      centroids = means(sums, counts, 1);
    }
  },
);

Deno.test(
  "a batch of Lloyd ends where the host decides otherwise than the device",
  { ignore },
  async () => {
    let near = 0;
    for (let seed = 0; seed < 30; seed++) {
      const next = source(seed);
      const left = [0, 1, 2].map(() => Math.fround(-0.4 - 0.2 * next()));
      const right = [0, 1, 2].map(() => Math.fround(0.4 + 0.2 * next()));
      // Beside the mean of the left it lies half way to that of the right, to fewer bits than the device has.
      const sum = left[0] + left[1] + left[2];
      right[2] = Math.fround(-3 / 4 * sum - right[0] - right[1]);
      const middle = (sum + 4 / 3 * (right[0] + right[1] + right[2])) / 7;
      const values = Float32Array.of(...left, middle + (next() - 0.5) * 2 ** -30, ...right);
      const x: HostMatrix = { values, shape: [7, 1] };
      using session = await open(x);
      let centroids: Float64Array = Float64Array.of(-0.3, 0.4);
      for (let step = 0; step < 4; step++) {
        const { labels, sums, counts } = await stepWithLabels(session, centroids);
        const expected = plainStep(x, centroids);
        assert.deepEqual(labels, expected.labels, `seed ${seed}, step ${step}`);
        const [first, second] = centroids.map((centroid) => Math.abs(values[3] - centroid));
        if (step > 0 && Math.abs(first - second) < 2 ** -29) near++;
        centroids = means(sums, counts, 1);
      }
    }
    assert.ok(near > 10, `${near} rows half way`);
  },
);

/** Problems for which a thread of a kernel would take more turns of its loops than some devices allow. */
const large = {
  "all rows in doubt between many clusters": { n: 140_000, d: 1, k: 64, isDistinct: false },
  "many clusters of many columns": { n: 40, d: 784, k: 6000, isDistinct: true },
  "very wide rows": { n: 40, d: 70_000, k: 3, isDistinct: true },
};

for (const [name, { n, d, k, isDistinct }] of Object.entries(large)) {
  for (const kind of ["bytes", "floats"] as const) {
    Deno.test(`steps of Lloyd on ${kind} are right with ${name}`, { ignore }, async () => {
      const x = rows(kind, n, d);
      const centroids = Float64Array.from({ length: k * d }, (_, at) => {
        if (!isDistinct) return x.values[at % d];
        const row = Math.floor(at / d) % n;
        return 0.9 * x.values[row * d + at % d] + 0.1 * x.values[(at * 31) % (n * d)];
      });
      using session = await open(x);
      const { labels } = await stepWithLabels(session, centroids);
      assert.deepEqual(labels, plainStep(x, centroids).labels);
    });
  }
}

Deno.test("what is too large for turns or buffers is left to simd", { ignore }, async () => {
  const x = rows("bytes", 2, 200_000);
  const start = Float64Array.from(x.values.subarray(0, 200_000));
  const refusal = {
    name: "RangeError",
    message: /more columns and clusters than .* use the backend simd/,
  };
  using session = await open(x);
  await assert.rejects(async () => await session.step(start), refusal);
  const backend = await startWebGpu();
  using many = await open(rows("bytes", 2, 300));
  const { maxStorageBufferBindingSize: most } = backend.device.limits;
  if (most < 2 ** 28) {
    await assert.rejects(async () => await many.step(new Float64Array(300 * most / 2048)), refusal);
  }
  assert.throws(() => openPlusPlus({ inputs: {}, attrs: { x }, backend }), refusal);
  const attrs = { x, centroids: start, k: 1, labelsAlone: true };
  await assert.rejects(async () => await nearest({ inputs: {}, attrs, backend }), refusal);
});

Deno.test(
  "nearest hands back the first row that is not finite as it was read",
  { ignore },
  async () => {
    const backend = await startWebGpu();
    const x = rows("floats", 50, 3);
    x.values[43] = NaN;
    x.values[62] = Infinity;
    const read = x.values.slice(42, 45);
    const centroids = Float64Array.from(x.values.subarray(0, 6));
    const attrs = { x, centroids, k: 2, labelsAlone: true };
    const found = nearest({ inputs: {}, attrs, backend });
    x.values.fill(0);
    const { labels, notFinite } = await found;
    assert.deepEqual([labels[14], labels[20]], [-1, -1]);
    assert.deepEqual(notFinite, { row: 14, x: { values: read, shape: [1, 3] } });
  },
);

Deno.test(
  "ties in the middle of a batch go to the lowest index, and the steps after it are right",
  { ignore },
  async () => {
    let ties = 0;
    for (let seed = 0; seed < 40; seed++) {
      const next = source(seed);
      const x: HostMatrix = {
        values: Uint8Array.from({ length: 24 }, () => 2 * Math.floor(12 * next())),
        shape: [24, 1],
      };
      using session = await open(x);
      let centroids: Float64Array = Float64Array.from(x.values.subarray(0, 3));
      for (let step = 0; step < 8; step++) {
        const expected = plainStep(x, centroids);
        const { labels, sums, counts } = await stepWithLabels(session, centroids);
        assert.deepEqual(labels, expected.labels, `seed ${seed}, step ${step}`);
        assert.deepEqual([sums, counts], [expected.sums, expected.counts], `seed ${seed}`);
        if (counts.includes(0)) break;
        const isTie = (value: number, i: number) =>
          centroids.some((c, j) =>
            j !== labels[i] && Math.abs(value - c) === Math.abs(value - centroids[labels[i]])
          );
        if (step > 0 && [...x.values].some(isTie)) ties++;
        centroids = means(sums, counts, 1);
      }
    }
    assert.ok(ties > 5, `${ties} steps with ties`);
  },
);
