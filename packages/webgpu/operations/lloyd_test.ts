import assert from "node:assert/strict";
import type { HostMatrix } from "@mixtape/operations";
import { countTraffic } from "../testing/count_traffic.ts";
import { assertAllClose, plainStep, stepWithLabels } from "@mixtape/tensor-utils/testing";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { means, open, rows, unlike } from "../testing/lloyd_session.ts";
import { nearest } from "./nearest.ts";
import { openPlusPlus } from "./plus_plus.ts";

const ignore = !hasAdapter;

/** The kinds of data that the kernels treat differently, each with weights or without. */
function problems(): Record<string, { x: HostMatrix; weights?: Float64Array }> {
  const [bytes, floats] = [rows("bytes", 3000, 9), rows("floats", 3000, 9)];
  const { shape } = floats;
  const far = { values: Float32Array.from(floats.values, (value) => 1000 + value), shape };
  const double = { values: Float64Array.from(floats.values, (value) => 1e5 * value), shape };
  const weights = Float64Array.from({ length: 3000 }, (_, i) => (i % 7) * Math.exp(Math.sin(i)));
  return {
    ...{ bytes: { x: bytes }, floats: { x: floats } },
    "floats far from the origin": { x: far },
    "float64 numbers": { x: double },
    "weighted bytes": { x: bytes, weights },
    "weighted floats": { x: floats, weights },
    "weighted float64 numbers": { x: double, weights },
  };
}

for (const [kind, { x, weights }] of Object.entries(problems())) {
  const [, d] = x.shape;
  const start = Float64Array.from(x.values.subarray(0, 12 * d));

  Deno.test(
    `16 steps of Lloyd on ${kind} after the first take 4 dispatches each, and 2 reads`,
    { ignore },
    async () => {
      using session = await open(x, weights);
      let centroids: Float64Array = start;
      let { labels: before } = plainStep(x, start);
      const first = await session.step(centroids);
      centroids = means(first.sums, first.counts, d);
      const traffic = await countTraffic(async () => {
        for (let step = 0; step < 16; step++) {
          const { sums, counts, changed } = await session.step(centroids);
          const expected = plainStep(x, centroids, weights);
          assert.ok(changed > 0);
          assert.equal(changed, unlike(expected.labels, before));
          assertAllClose(counts, expected.counts, { rtol: 1e-12 });
          assertAllClose(sums, expected.sums, { rtol: 1e-9, atol: 1e-9 });
          before = expected.labels;
          centroids = means(sums, counts, d);
        }
      });
      assert.deepEqual(traffic, { dispatches: 64, submits: 2, reads: 2 });
      assert.deepEqual(await session.labels?.(), before);
    },
  );

  Deno.test(
    `Lloyd and k-means++ on ${kind} have the same bits in four runs`,
    { ignore },
    async () => {
      const backend = await startWebGpu();
      const run = async () => {
        const seen: number[] = [];
        using choice = openPlusPlus({ inputs: {}, attrs: { x }, backend });
        const closest = new Float64Array(x.shape[0]).fill(Infinity);
        await choice.accept(7, closest);
        seen.push(...(await choice.candidates(Uint32Array.of(1, 2999), closest)).potentials);
        using session = await open(x, weights);
        let centroids: Float64Array = start;
        for (let step = 0; step < 10; step++) {
          const { sums, counts, inertia, changed } = await session.step(centroids);
          centroids = means(sums, counts, d);
          seen.push(inertia, changed, ...centroids);
        }
        return seen;
      };
      const first = await run();
      for (let again = 1; again < 4; again++) assert.deepEqual(await run(), first);
    },
  );

  Deno.test(
    `steps of Lloyd on ${kind} from elsewhere than the means are right too`,
    { ignore },
    async () => {
      const elsewhere = start.map((value, at) => value * (1 + 0.1 * Math.sin(at)));
      using session = await open(x, weights);
      for (const centroids of [start, elsewhere, start, elsewhere.slice(0, 3 * d), start]) {
        session.reset();
        const step = await stepWithLabels(session, centroids);
        using fresh = await open(x, weights);
        const expected = await stepWithLabels(fresh, centroids);
        assert.deepEqual(step.labels, expected.labels);
        assert.deepEqual(step.sums, expected.sums);
        assert.deepEqual(step.counts, expected.counts);
      }
    },
  );
}

Deno.test(
  "steps of Lloyd with weights make buffers for the first step alone",
  { ignore },
  async () => {
    const x = rows("floats", 300, 5);
    using session = await open(x, new Float64Array(300).fill(2));
    const start = Float64Array.from(x.values.subarray(0, 15));
    await session.step(start);
    const { createBuffer } = GPUDevice.prototype;
    let buffers = 0;
    GPUDevice.prototype.createBuffer = function (descriptor) {
      buffers++;
      return createBuffer.call(this, descriptor);
    };
    try {
      const elsewhere = start.map((value) => value / 2);
      const { labels } = await stepWithLabels(session, elsewhere);
      assert.deepEqual(labels, plainStep(x, elsewhere).labels);
      assert.equal(buffers, 0);
      await session.step(start.slice(0, 10));
      assert.ok(buffers > 0);
    } finally {
      GPUDevice.prototype.createBuffer = createBuffer;
    }
  },
);

Deno.test(
  "Lloyd and k-means++ on one array upload it once, and free it with the last session",
  { ignore },
  async () => {
    const backend = await startWebGpu();
    const x = rows("floats", 300, 5);
    const wide: HostMatrix = { values: x.values, shape: [150, 10] };
    const { createBuffer } = GPUDevice.prototype;
    const uploaded: GPUBuffer[] = [];
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      if (descriptor.mappedAtCreation) uploaded.push(buffer);
      return buffer;
    };
    let freed = 0;
    const { destroy } = GPUBuffer.prototype;
    GPUBuffer.prototype.destroy = function () {
      if (uploaded.includes(this)) freed++;
      return destroy.call(this);
    };
    const start = (x: HostMatrix) => Float64Array.from(x.values.subarray(0, 3 * x.shape[1]));
    try {
      const session = await open(x);
      const choice = openPlusPlus({ inputs: {}, attrs: { x }, backend });
      const other = await open(wide);
      await choice.accept(0, new Float64Array(300).fill(Infinity));
      await session.step(start(x));
      await other.step(start(wide));
      assert.equal(uploaded.length, 2, "one of each shape");
      choice[Symbol.dispose]();
      choice[Symbol.dispose]();
      assert.equal(freed, 0);
      for (const [own, data] of [[session, x], [other, wide]] as const) {
        assert.deepEqual(
          (await stepWithLabels(own, start(data))).labels,
          plainStep(data, start(data)).labels,
        );
        own[Symbol.dispose]();
      }
      assert.equal(freed, 2);
      using again = await open(x);
      assert.deepEqual(
        (await stepWithLabels(again, start(x))).labels,
        plainStep(x, start(x)).labels,
      );
      assert.equal(uploaded.length, 3);
    } finally {
      GPUDevice.prototype.createBuffer = createBuffer;
      GPUBuffer.prototype.destroy = destroy;
    }
  },
);

Deno.test("a session throws when its device is lost, and others do not", { ignore }, async () => {
  const x = rows("bytes", 500, 5);
  const start = Float64Array.from(x.values.subarray(0, 10));
  const backend = await startWebGpu();
  using session = await open(x);
  await session.step(start);
  backend.device.destroy();
  await backend.device.lost;
  await assert.rejects(async () => await session.step(start.map((value) => value + 1)), {
    name: "DeviceLostError",
  });
  using other = await open(x);
  assert.equal((await other.step(start)).changed, 500);
});

Deno.test(
  "a session that was disposed of says so, and may be disposed of twice",
  { ignore },
  async () => {
    const x = rows("bytes", 20, 3);
    const session = await open(x);
    session[Symbol.dispose]();
    session[Symbol.dispose]();
    await assert.rejects(async () => await session.step(new Float64Array(3)), TypeError);
  },
);

Deno.test("rows beyond the largest binding are divided among buffers", { ignore }, async () => {
  const backend = await startWebGpu();
  const d = 32;
  const n = Math.ceil(backend.device.limits.maxStorageBufferBindingSize / (4 * d)) + 1000;
  if (n > 2 ** 21) return; // more than a test should hold
  const values = new Float32Array(n * d);
  for (let i = 0; i < n; i++) values[i * d + 3] = i % 7 < 3 ? -0.5 : 0.5;
  const centroids = new Float64Array(2 * d);
  [centroids[3], centroids[d + 3]] = [0.4, -0.4];
  const attrs = { x: { values, shape: [n, d] }, centroids, k: 2, labelsAlone: true } as const;
  const { labels } = await nearest({ inputs: {}, attrs, backend });
  assert.equal(labels.length, n);
  assert.equal(labels.findIndex((label, i) => label !== (i % 7 < 3 ? 1 : 0)), -1);
});
