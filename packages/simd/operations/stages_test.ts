// Data larger than what is copied into memory, or worked through, at once.
import type { DenseLayerSpec, DenseTrainingAttributes, MatrixValues } from "@mixtape/operations";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { openDense } from "./dense.ts";
import { fusedForward } from "./dense/forward.ts";
import { openDistanceSums } from "./distance_sums.ts";
import { nearest } from "./lloyd.ts";
import { openMixture } from "./mixture.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();
const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
const call = { inputs: {}, backend: { runtime } };

Deno.test("MixtapeNearest labels rows of few columns beyond 65,536", () => {
  const n = 65536 + 9;
  for (const d of [1, 3]) {
    const values = Float32Array.from({ length: n * d }, (_, at) => Math.sin(at * at));
    const centroids = Float64Array.from({ length: 2 * d }, (_, at) => at < d ? -0.5 : 0.4);
    const attrs = { x: { values, shape: [n, d] as const }, centroids, k: 2, labelsAlone: true };
    const { labels } = now(nearest({ ...call, attrs }));
    for (let i = 0; i < n; i++) {
      let difference = 0;
      for (let p = i * d; p < (i + 1) * d; p++) {
        difference += (values[p] + 0.5) ** 2 - (values[p] - 0.4) ** 2;
      }
      if (Math.abs(difference) > 1e-9) assert.equal(labels[i], Number(difference > 0));
    }
  }
});

Deno.test("MixtapeNearest adds up distances of few columns stage by stage as it would all, unless one is 0", () => {
  const n = 4 * 65536 + 4099;
  for (const d of [1, 3]) {
    const values = Float32Array.from({ length: n * d }, (_, at) => Math.sin(at * at));
    const x = { values, shape: [n, d] as const };
    const centroids = Float64Array.from({ length: 3 * d }, (_, at) => (at - d) / 4 + 1e-3);
    const sum = { from: 3, weights: Float64Array.from({ length: n }, (_, row) => row % 3) };
    const { labels, distances } = now(nearest({ ...call, attrs: { x, centroids, k: 3 } }));
    const expected = distances.reduce((a, b, row) => a + b * sum.weights[row], 3);
    const found = now(nearest({ ...call, attrs: { x, centroids, k: 3, sum } }));
    assert.deepEqual(found.labels, labels);
    assert.deepEqual([found.distances.length, found.sum], [0, expected]);
    // Whichever stage has the row.
    for (const row of [0, 65536, n - 1]) {
      centroids.set(values.subarray(row * d, row * d + d), d);
      const given = now(nearest({ ...call, attrs: { x, centroids, k: 3, sum } }));
      const all = now(nearest({ ...call, attrs: { x, centroids, k: 3 } }));
      assert.deepEqual([given.sum, given.distances[row]], [undefined, 0]);
      assert.deepEqual(given.labels, all.labels);
    }
  }
});

Deno.test("MixtapeMixture scores rows stage by stage as it would some of them, of any kind of numbers", () => {
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  const { runInPieces } = runtime;
  let stages = 0;
  runtime.runInPieces = function (...job: Parameters<typeof runInPieces>) {
    stages++;
    return runInPieces.apply(this, job);
  };
  const k = 3;
  const shape = { block: "matrix", shared: false } as const;
  for (
    const [Kind, n, d] of [[Float32Array, 2 ** 18 + 3, 1], [Float64Array, 2 ** 17, 3]] as const
  ) {
    const values = new Kind(n * d).map((_, at) => 2 * Math.sin(at * at));
    const factor = Float64Array.from({ length: d * d }, (_, at) => at % (d + 1) ? 0.1 : 1.5);
    const terms = {
      ...{ k, constants: Float64Array.of(-1, -2, -1.5) },
      means: Float64Array.from({ length: k * d }, (_, at) => Math.cos(at)),
      precisionFactors: Float64Array.of(...factor, ...factor, ...factor),
    };
    const scores = (first: number, rows: number) => {
      const part = values.subarray(first * d, (first + rows) * d);
      const attrs = { values: part, rows, columns: d, shape };
      using session = openMixture({ inputs: {}, attrs, backend: { runtime } });
      return [now(session.logDensity(terms)), now(session.responsibilities(terms))] as const;
    };
    stages = 0;
    const [densities, responsibilities] = scores(0, n);
    assert.equal(stages, Math.ceil(n / 2 ** 17) + Math.ceil(n / (85 * 512)));
    for (const first of [0, 85 * 512 - 2, 2 * 85 * 512 - 2, 2 ** 17 - 5, n - 5]) {
      const [some, shares] = scores(first, 5);
      assert.deepEqual(densities.subarray(first, first + 5), some, `${first}`);
      assert.deepEqual(responsibilities.subarray(k * first, k * (first + 5)), shares, `${first}`);
    }
  }
});

for (const array of [Uint8Array, Float32Array]) {
  Deno.test(`MixtapeNearest measures sparse rows beyond 4 MiB, ${array.name}`, () => {
    const [n, d] = [4300, 1000];
    const values = new array(n * d);
    for (let i = 0; i < n; i++) values[i * d + i % d] = 1 + i % 250;
    const centroids = new Float64Array(2 * d);
    centroids.fill(1, d);
    const attrs = { x: { values, shape: [n, d] as const }, centroids, k: 2 };
    const { labels, distances } = now(nearest({ ...call, attrs }));
    assert.ok(labels.every((label) => label === 0));
    assertAllClose(distances, Array.from({ length: n }, (_, i) => (1 + i % 250) ** 2), {
      rtol: 1e-12,
    });
  });
}

Deno.test("MixtapeDenseForward gives rows beyond 8 MiB what their numbers say", () => {
  const [n, d] = [2110, 1000];
  const values = new Float32Array(n * d);
  for (let i = 0; i < n; i++) values[i * d + i % d] = 1 + i % 7;
  const kernel = Float32Array.from({ length: 2 * d }, (_, at) => Math.sin(at));
  const [output] = now(fusedForward(runtime, {
    x: { values, shape: [n, d] },
    layers: [{ units: 2, activation: "linear" }],
    weights: [kernel, Float32Array.of(0.5, -0.25)],
    inputScale: 1,
    keep: [0],
  }));
  const expected = Array.from({ length: n }, (_, i) => [
    (1 + i % 7) * kernel[i % d * 2] + 0.5,
    (1 + i % 7) * kernel[i % d * 2 + 1] - 0.25,
  ]);
  assertAllClose(output, expected.flat(), { rtol: 1e-6, atol: 1e-6 });
});

/** Weights after two steps of training on some rows of data. */
function trained(values: MatrixValues, d: number, labels: Int32Array, rows: Uint32Array) {
  const wave = (length: number) => Float32Array.from({ length }, (_, i) => 0.3 * Math.sin(i));
  const attrs: DenseTrainingAttributes = {
    x: { values, shape: [labels.length, d] },
    labels,
    layers: [{ units: 4, activation: "relu" }, { units: 3, activation: "linear" }],
    weights: [wave(4 * d), wave(4), wave(12), wave(3)],
    options: {
      ...{ inputScale: 1 / 255, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      ...{ weightDecay: 0.01, labelSmoothing: 0.1 },
    },
  };
  const session = openDense({ ...call, attrs });
  const losses = [now(session.trainBatch(rows)), now(session.trainBatch(rows))];
  const weights = now(session.weights());
  session[Symbol.dispose]();
  return [losses, ...weights];
}

Deno.test("MixtapeDense trains on rows beyond 8 MiB as on the same rows by themselves", () => {
  const [n, d] = [8500, 1000];
  const values = new Uint8Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 20; j++) values[i * d + (i * 37 + j * j) % d] = 1 + (i + 13 * j) % 255;
  }
  const labels = Int32Array.from({ length: n }, (_, i) => i % 3);
  const rows = Uint32Array.of(3, 8387, 8388, 8389, 8499);
  const own = new Uint8Array(rows.length * d);
  rows.forEach((row, at) => own.set(values.subarray(row * d, (row + 1) * d), at * d));
  const alone = trained(
    own,
    d,
    Int32Array.from(rows, (row) => row % 3),
    Uint32Array.of(0, 1, 2, 3, 4),
  );
  trained(values, d, labels, rows).forEach((part, at) => {
    assertAllClose(part, alone[at], { rtol: 1e-6, atol: 1e-7 });
  });
});

Deno.test("MixtapeDense adds up the gradients of wide layers over more than 1024 rows", () => {
  const [n, d] = [600, 20];
  const layers: DenseLayerSpec[] = [
    { units: 264, activation: "relu" },
    { units: 252, activation: "silu" },
    { units: 3, activation: "linear" },
  ];
  const wave = (length: number, scale: number) =>
    Float32Array.from({ length }, (_, i) => scale * Math.sin(i * i));
  const attrs: DenseTrainingAttributes = {
    x: { values: wave(n * d, 1), shape: [n, d] },
    labels: Int32Array.from({ length: n }, (_, i) => i % 3),
    layers,
    weights: layers.flatMap(({ units }, i) => {
      const inputs = i === 0 ? d : layers[i - 1].units;
      return [wave(inputs * units, 1 / Math.sqrt(inputs)), wave(units, 0.1)];
    }),
    // So that steps follow gradients, small ones too.
    options: {
      ...{ inputScale: 1, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 0.1 },
      ...{ weightDecay: 0, labelSmoothing: 0 },
    },
  };
  const after = (rows: Uint32Array) => {
    const session = openDense({ ...call, attrs });
    for (let step = 0; step < 3; step++) now(session.trainBatch(rows));
    const weights = now(session.weights());
    session[Symbol.dispose]();
    return weights;
  };
  // The mean over rows that all come twice is that over the rows.
  const once = after(Uint32Array.from({ length: n }, (_, i) => i));
  const twice = after(Uint32Array.from({ length: 2 * n }, (_, i) => i % n));
  twice.forEach((part, at) => {
    assertAllClose(part, once[at], { rtol: 1e-5, atol: 1e-6 });
    assert.ok(part.some((weight, i) => Math.abs(weight - attrs.weights[at][i]) > 1e-4));
  });
});

Deno.test("MixtapeDistanceSums goes through wide rows in steps", () => {
  // Two pairs of blocks take a step; a row holds the same number everywhere.
  const [n, d] = [200, 6000];
  const number = (i: number) => Math.sin(i * i);
  const values = Float64Array.from({ length: n * d }, (_, at) => number(Math.floor(at / d)));
  const labels = Int32Array.from({ length: n }, (_, i) => i % 3);
  const attrs = {
    x: { values, shape: [n, d] as const },
    labelings: [{ labels, clusters: 3 }],
  };
  const session = openDistanceSums({ ...call, attrs });
  let steps = 1;
  while (session.advance()) steps++;
  // Four blocks meet themselves in two steps, then each other in three rounds of two pairs.
  assert.equal(steps, 2 + 3);
  const expected = new Float64Array(3 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      expected[3 * i + j % 3] += Math.abs(number(i) - number(j)) * Math.sqrt(d);
    }
  }
  assertAllClose(session.sums()[0], expected, { rtol: 1e-12 });
  session[Symbol.dispose]();
});
