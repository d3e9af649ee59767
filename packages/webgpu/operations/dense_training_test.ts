import assert from "node:assert/strict";
import type { DenseLayerSpec, DenseTrainingAttributes } from "@mixtape/operations";
import { plainTraining, source } from "@mixtape/tensor-utils/testing";
import { Gpu } from "../gpu.ts";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { countTraffic } from "../testing/count_traffic.ts";
import { openDense } from "./dense.ts";
import { GpuTraining } from "./dense/training.ts";

const ignore = !hasAdapter;

/** The layers of the experiments' network, narrower. */
const layers: readonly DenseLayerSpec[] = [
  { units: 34, activation: "relu" },
  { units: 11, activation: "linear" },
  { units: 6, activation: "silu" },
  { units: 3, activation: "linear" },
];

function task(
  kind: "bytes" | "floats",
  n: number,
  d: number,
  layers: readonly DenseLayerSpec[],
): DenseTrainingAttributes {
  const next = source(n);
  const values = kind === "bytes"
    ? Uint8Array.from({ length: n * d }, () => 256 * next())
    : Float32Array.from({ length: n * d }, () => next() - 0.5);
  const weights = layers.flatMap(({ units }, index) => {
    const inputs = index === 0 ? d : layers[index - 1].units;
    const number = () => (2 * next() - 1) / Math.sqrt(inputs);
    return [inputs * units, units].map((size) => Float32Array.from({ length: size }, number));
  });
  const labels = Int32Array.from({ length: n }, () => 3 * next());
  const inputScale = kind === "bytes" ? 1 / 255 : 1;
  const adam = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const options = { ...adam, inputScale, weightDecay: 0.01, labelSmoothing: 0.1 };
  return { x: { values, shape: [n, d] }, labels, layers, weights, options };
}

function rowsOf(n: number, step: number, size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, i) => (i * 7 + step * 13) % n);
}

/** A device whose buffers may have few bytes. */
class SmallGpu extends Gpu {
  override get mostBytes(): number {
    return 1280;
  }
}

Deno.test(
  "32 steps of the experiments' network take 13 dispatches and a submit each, and one read",
  { ignore },
  async () => {
    const backend = await startWebGpu();
    const attrs = task("bytes", 70, 9, layers);
    using training = openDense({ inputs: {}, attrs, backend });
    await training.trainBatch(rowsOf(70, 0, 70));
    const losses: unknown[] = [];
    const traffic = await countTraffic(async () => {
      for (let step = 0; step < 32; step++) losses.push(training.trainBatch(rowsOf(70, step, 50)));
      await Promise.all(losses);
    });
    assert.deepEqual(traffic, { dispatches: 13 * 32, submits: 32, reads: 1 });
  },
);

Deno.test(
  "training on more than 2,000 rows has the same bits in four runs",
  { ignore },
  async () => {
    const backend = await startWebGpu();
    const attrs = task("floats", 2500, 6, layers);
    const run = async () => {
      using training = openDense({ inputs: {}, attrs, backend });
      const losses = [2500, 2100, 2500].map((size, step) =>
        training.trainBatch(rowsOf(2500, step, size))
      );
      return [await Promise.all(losses), await training.weights()];
    };
    const first = await run();
    for (let again = 1; again < 4; again++) assert.deepEqual(await run(), first);
  },
);

for (const kind of ["bytes", "floats"] as const) {
  Deno.test(
    `training on ${kind} divided among small buffers is that of float64`,
    { ignore },
    async () => {
      const attrs = task(kind, 90, 15, layers);
      const batches = [90, 61, 90].map((size, step) => rowsOf(90, step, size));
      // 1280 bytes hold 8 rows of 34 outputs, the weights of 15 inputs to 20 units, 80 rows of bytes.
      using training = new GpuTraining(new SmallGpu(await startWebGpu()), attrs);
      const losses = await Promise.all(batches.map((rows) => training.trainBatch(rows)));
      plainTraining(attrs, batches).forEach((expected, step) => {
        assert.ok(Math.abs(losses[step] - expected) < 2e-6, `${losses[step]} for ${expected}`);
      });
    },
  );
}

for (const kind of ["bytes", "floats"] as const) {
  Deno.test(
    `training on wide rows of ${kind} that threads do not share evenly is that of float64`,
    { ignore },
    async () => {
      const backend = await startWebGpu();
      for (const d of [124, 127, 128, 261, 519, 1201]) {
        const attrs = task(kind, 20, d, [
          { units: 133, activation: "relu" },
          { units: 3, activation: "linear" },
        ]);
        const batches = [0, 1, 2, 3].map((step) => rowsOf(20, step, 17));
        using training = openDense({ inputs: {}, attrs, backend });
        const losses = await Promise.all(batches.map((rows) => training.trainBatch(rows)));
        plainTraining(attrs, batches).forEach((expected, step) => {
          const found = `${losses[step]} for ${expected} of ${d} columns`;
          assert.ok(Math.abs(losses[step] - expected) < 5e-6, found);
        });
      }
    },
  );
}

Deno.test("data beyond the largest binding are divided among buffers", { ignore }, async () => {
  const backend = await startWebGpu();
  const d = 256;
  const n = Math.ceil(backend.device.limits.maxStorageBufferBindingSize / (4 * d)) + 10;
  if (n > 2 ** 18) return; // more than a test should hold
  const one = [{ units: 3, activation: "linear" }] as const;
  const rows = Uint32Array.of(0, n - 1, n - 11, 5, n - 2);
  const few = task("floats", rows.length, d, one);
  const values = new Float32Array(n * d);
  const labels = new Int32Array(n);
  rows.forEach((row, i) => {
    values.set(few.x.values.subarray(i * d, (i + 1) * d), row * d);
    labels[row] = few.labels[i];
  });
  const attrs = { ...few, labels, x: { values, shape: [n, d] } as const };
  using training = openDense({ inputs: {}, attrs, backend });
  using same = openDense({ inputs: {}, attrs: few, backend });
  const all = Uint32Array.of(0, 1, 2, 3, 4);
  for (let step = 0; step < 2; step++) {
    assert.equal(await training.trainBatch(rows), await same.trainBatch(all));
  }
});

Deno.test("losses of rows that are right for sure keep their digits", { ignore }, async () => {
  const backend = await startWebGpu();
  const one = [{ units: 2, activation: "linear" }] as const;
  const few = task("floats", 1, 1, one);
  const options = { ...few.options, labelSmoothing: 0, weightDecay: 0 };
  const x = { values: Float32Array.of(1), shape: [1, 1] } as const;
  for (const logit of [1, 8, 20]) {
    const weights = [Float32Array.of(logit, 0), new Float32Array(2)];
    const attrs = { x, labels: Int32Array.of(0), layers: one, weights, options };
    using training = openDense({ inputs: {}, attrs, backend });
    const expected = Math.log1p(Math.exp(-logit));
    const loss = await training.trainBatch(Uint32Array.of(0));
    assert.ok(Math.abs(loss / expected - 1) < 1e-5, `${loss} for ${expected}`);
  }
});

Deno.test("training refuses rows that are not there, and to go on when it was disposed of", {
  ignore,
}, async () => {
  const backend = await startWebGpu();
  const training = openDense({ inputs: {}, attrs: task("bytes", 20, 6, layers), backend });
  const train = async (...rows: number[]) => await training.trainBatch(Uint32Array.from(rows));
  await assert.rejects(train(3, 20), /20 was given, indices from 0 to 19 are needed/);
  await assert.rejects(train(), /Cannot train on 0 rows: at least 1 is needed/);
  const left = train(3);
  training[Symbol.dispose]();
  training[Symbol.dispose]();
  await assert.rejects(left, TypeError);
  await assert.rejects(train(3), TypeError);
});

Deno.test("a step says that the device is lost", { ignore }, async () => {
  const backend = await startWebGpu();
  using training = openDense({ inputs: {}, attrs: task("bytes", 20, 6, layers), backend });
  await training.trainBatch(Uint32Array.of(1, 2));
  backend.device.destroy();
  await backend.device.lost;
  await assert.rejects(async () => await training.trainBatch(Uint32Array.of(1, 2)), {
    name: "DeviceLostError",
  });
});
