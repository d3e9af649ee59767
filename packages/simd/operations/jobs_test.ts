import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { NEXT_BLOCK } from "../pool/control_block.ts";
import { registerSimdBackend } from "../register.ts";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { matrix, wave } from "../testing/both_backends.ts";
import { type Use, uses, usesOf } from "../testing/uses.ts";
import { bootstrap } from "./bootstrap.ts";
import { fusedClasses, fusedForward } from "./dense/forward.ts";
import { measureDistances } from "./distances.ts";
import { inverseFactors } from "./inverse_factors.ts";
import { nearest } from "./lloyd.ts";
import { measureMoments } from "./moments.ts";
import { observeColumns } from "./moments/observe_columns.ts";
import { product } from "./product.ts";
import { product64 } from "./product64.ts";
import { projectRows } from "./projection.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

/** A job, the number of blocks that it was announced with, and the number that the kernel took. */
interface Job {
  readonly name: string;
  readonly announced: number;
  readonly taken: number;
}

/** Returns the jobs that some work runs on one thread, which takes all blocks of a job, then finds that none is left. */
function jobsOf(work: () => void): Job[] {
  const jobs: Job[] = [];
  const { run } = SimdRuntime.prototype;
  SimdRuntime.prototype.run = function (module, name, args, blocks, options) {
    run.call(this, module, name, args, blocks, options);
    const taken = new Int32Array(this.memory.buffer)[NEXT_BLOCK] - 1;
    jobs.push({ name, announced: blocks, taken });
  };
  try {
    work();
  } finally {
    SimdRuntime.prototype.run = run;
  }
  return jobs;
}

/** Sizes that fill a block of 16,384 elements, or a stripe of 64 columns, and sizes just beyond. */
const long = [16384, 16385].map((size) => () => wave([size]));
const many = (columns: number) =>
  [0, 1].map((more) => wave([Math.floor(16384 / columns) + more, columns]) as tf.Tensor2D);

const operations: Readonly<Record<string, () => unknown>> = {
  unary: () => [tf.exp(matrix()), ...long.map((x) => tf.exp(x()))],
  binary: () => [
    tf.add(matrix(), 1),
    ...long.map((x) => tf.add(x(), x())),
    ...many(5).map((x) => tf.add(x, wave([5]))),
  ],
  sums: () => [
    tf.sum(matrix()),
    ...long.map((x) => tf.sum(x())),
    ...many(5).map((x) => [tf.sum(x, 1), tf.sum(x, 0)]),
  ],
  rows: () => many(7).map((x) => [tf.max(x, 1), tf.softmax(x)]),
  movement: () => [
    ...[64, 65].map((columns) => tf.transpose(wave([3, 5, columns]), [0, 2, 1])),
    ...many(5).map((x) => tf.gather(x, tf.range(0, x.shape[0], 1, "int32"))),
  ],
  product: () => tf.matMul(wave([41, 66]), wave([66, 49])),
};

Deno.test("operations announce as many blocks as their kernels take", async () => {
  registerSimdBackend({ threads: 1 });
  await tf.setBackend("simd");
  for (const [operation, compute] of Object.entries(operations)) {
    const jobs = jobsOf(() => tf.tidy(() => void compute()));
    assert.ok(jobs.some(({ taken }) => taken > 1), operation);
    for (const { name, announced, taken } of jobs) assert.equal(announced, taken, name);
  }
});

function resultsOf({ open, steps }: Pick<Use, "open" | "steps">, runtime: SimdRuntime): unknown[] {
  const session = open(runtime);
  const results = steps.map((step) => step(session));
  session[Symbol.dispose]();
  return results;
}

/** Values about 100, the same every time. */
const values = (length: number) =>
  Float32Array.from({ length }, (_, i) => 100 + 9 * Math.sin(i * i));

function moments(runtime: SimdRuntime, map: (value: number) => number) {
  const [n, d] = [512, 40];
  const x = { values: values(n * d).map(map), shape: [n, d] } as const;
  const found = now(measureMoments({ inputs: {}, attrs: { x }, backend: { runtime } }));
  for (let a = 0; a < d; a++) found.scatter.fill(0, a * d + a + 1, a * d + d);
  return found;
}

/** Operations without a session, at sizes that fill blocks. */
const calls: Readonly<Record<string, (runtime: SimdRuntime) => unknown>> = {
  MixtapeBootstrap: (runtime) =>
    bootstrap({
      inputs: {},
      attrs: {
        idAccepted: Uint32Array.from({ length: 300 }, (_, t) => t + 1),
        oodAccepted: Uint32Array.from({ length: 300 }, (_, t) => t >> 1),
        streams: Int32Array.from({ length: 8 * 30 }, (_, at) => at * at),
      },
      backend: { runtime },
    }),
  MixtapeDistances: (runtime) =>
    measureDistances({
      inputs: {},
      attrs: {
        x: { values: values(40 * 6), shape: [40, 6] },
        points: Float64Array.from(values(8 * 6)),
        k: 8,
      },
      backend: { runtime },
    }),
  MixtapeNearest: (runtime) =>
    nearest({
      inputs: {},
      attrs: {
        x: { values: values(128 * 24), shape: [128, 24] },
        centroids: Float64Array.from(values(12 * 24)),
        k: 12,
      },
      backend: { runtime },
    }),
  MixtapeDenseClasses: (runtime) =>
    fusedClasses(runtime, {
      x: { values: values(128 * 16), shape: [128, 16] },
      layers: [{ units: 8, activation: "relu" }, { units: 4, activation: "linear" }],
      weights: [values(8 * 16), values(8), values(32), values(4)],
      inputScale: 1 / 255,
    }),
  MixtapeDenseForward: (runtime) =>
    fusedForward(runtime, {
      // Rows that go forward as they are, and as sparse ones of which half are full.
      x: { values: values(128 * 16).fill(0, 64 * 16, 96 * 16), shape: [128, 16] },
      layers: [{ units: 8, activation: "silu" }, { units: 4, activation: "linear" }],
      weights: [values(8 * 16), values(8), values(32), values(4)],
      inputScale: 1 / 255,
      keep: [0, 1],
    }),
  MixtapeFloat64Product: (runtime) => {
    const [a, b] = [40 * 64, 64 * 16].map((length) => Float64Array.from(values(length)));
    return product64(runtime, { a, b, m: 40, n: 16, k: 64 });
  },
  MixtapeInverseFactors: (runtime) => {
    const [d, count] = [96, 2];
    const matrices = Float64Array.from(values(count * d * d));
    for (let row = 0; row < count * d; row++) matrices[row * d + row % d] = 1e4;
    return now(inverseFactors({ inputs: {}, attrs: { matrices, d }, backend: { runtime } }));
  },
  "MixtapeMoments (bytes)": (runtime) => moments(runtime, Math.round),
  "MixtapeMoments (whole)": (runtime) => moments(runtime, (value) => Math.round(50 * value)),
  "MixtapeMoments (fractions)": (runtime) => moments(runtime, (value) => value),
  MixtapeObserved: (runtime) => {
    const x = {
      values: values(4100 * 18).map((v) => v > 108 ? NaN : v),
      shape: [4100, 18],
    } as const;
    const missing = new Uint8Array(4100 * 18);
    return {
      ...now(observeColumns({ inputs: {}, attrs: { x, missing }, backend: { runtime } })),
      missing,
    };
  },
  MixtapeProjection: (runtime) =>
    projectRows({
      inputs: {},
      attrs: {
        x: { values: values(80 * 64), shape: [80, 64] },
        means: Float64Array.from(values(64)),
        directions: Float64Array.from(values(16 * 64)),
      },
      backend: { runtime },
    }),
  product: (runtime) => {
    const { memory } = runtime;
    const [a, b] = [40 * 64, 64 * 16].map((length) => memory.place(values(length)).address);
    return memory.borrow(4 * 40 * 16, (output) => {
      product(runtime, { a, b, output, m: 40, n: 16, k: 64 });
      [a, b].forEach((address) => memory.free(address));
      return memory.float32(output, 40 * 16).slice();
    });
  },
};

const asUses = Object.entries(calls).map(([operation, call]) => ({
  operation,
  open: (runtime: SimdRuntime) => Object.assign({ [Symbol.dispose]: () => {} }, { runtime }),
  steps: [(opened: Disposable) => call((opened as unknown as { runtime: SimdRuntime }).runtime)],
}));

/** Jobs whose blocks are shared out only if there is enough work, or that have none. */
const announcedAsOne = ["labelBatch", "sortBatch"];

Deno.test("sessions announce as many blocks as their kernels take", () => {
  for (const { operation, open, steps } of [...uses, ...usesOf(2048), ...asUses.slice(0, 3)]) {
    const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
    const jobs = jobsOf(() => resultsOf({ open, steps }, runtime));
    for (const { name, announced, taken } of jobs) {
      // It only prepares, and has no blocks.
      if (name === "prepare") continue;
      assert.equal(announced, announcedAsOne.includes(name) ? 1 : taken, `${operation}: ${name}`);
    }
  }
});

Deno.test("products announce their blocks from the size on that is worth other threads", async () => {
  const runtime = new SimdRuntime({ threads: 1, shared: true, relaxed: true });
  const wide = (m: number, n: number, k: number) => {
    const [a, b] = [new Float64Array(m * k), new Float64Array(k * n)];
    return () => void product64(runtime, { a, b, m, n, k });
  };
  registerSimdBackend({ threads: 1 });
  await tf.setBackend("simd");
  const narrow = (m: number, n: number, k: number) => () =>
    tf.tidy(() => void tf.matMul(wave([m, k]), wave([k, n])));
  for (
    const [below, above] of [
      [wide(64, 31, 33), wide(64, 32, 32)],
      [narrow(64, 62, 33), narrow(64, 64, 32)],
    ]
  ) {
    for (const { announced, taken } of jobsOf(below)) assert.ok(announced === 1 && taken > 1);
    for (const { announced, taken } of jobsOf(above)) assert.ok(announced === taken && taken > 1);
  }
});

Deno.test("sessions give the same results whatever memory held before, and write to all that they take and no more", () => {
  for (const use of [...usesOf(2048), ...asUses]) {
    const [fresh, poisoned] = [1, 2].map(() =>
      new SimdRuntime({ threads: 1, shared: true, relaxed: true })
    );
    const expected = resultsOf(use, fresh);
    const end = guardMemory((bytes, written) => {
      // Vectors may begin within the last numbers, and room for the longest row may not be needed.
      const unused = bytes - written;
      const most = Math.max(128, bytes / 10);
      assert.ok(unused <= most, `${use.operation} writes ${written} of ${bytes} bytes`);
    });
    try {
      assert.deepEqual(resultsOf(use, poisoned), expected, use.operation);
    } finally {
      end();
    }
  }
});
