import assert from "node:assert/strict";
import {
  blockRowsFor,
  type HostMatrix,
  matrixSource,
  random,
  RowReader,
  type RowSource,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { assignBlock, totalOfBlocks } from "./assign_block.ts";
import { fitKMeans, kMeans } from "./kmeans.ts";
import type { KMeansModel } from "./kmeans_model.ts";
import { miniBatchKMeans } from "./mini_batch_kmeans.ts";
import { checkKMeansOptions, copyOptions, type KMeansOptions } from "./kmeans_options.ts";

const backends = [["cpu", 1], ["simd", 1], ["simd", 2]] as const;

/** Rows about a few centres, some of them often. */
function blobs(n: number, d: number, centres: number, kind: "float32" | "float64" = "float32") {
  const source = random(7);
  const means = Float64Array.from({ length: centres * d }, () => 5 * source.normal());
  const at = { length: n * d };
  const own = Uint8Array.from({ length: n }, () => source.integer(centres));
  const value = (_: unknown, i: number) =>
    means[own[Math.floor(i / d)] * d + i % d] + source.normal();
  const values = kind === "float32" ? Float32Array.from(at, value) : Float64Array.from(at, value);
  return { x: { values, shape: [n, d] } as HostMatrix, own };
}

/** Fits to a source in blocks of `blockRows` rows, cut by the source every `cut` rows. */
async function fitInBlocks(
  x: HostMatrix,
  cut: number,
  blockRows: number,
  options: KMeansOptions,
): Promise<KMeansModel> {
  const rows = new RowReader(matrixSource(x, cut), "x", { blockValues: blockRows * x.shape[1] });
  return await fitKMeans(rows, checkKMeansOptions(rows, await copyOptions(options)));
}

/** Lloyd's algorithm on a matrix in memory, block by block. */
async function plainFit(x: HostMatrix, blockRows: number, start: Float64Array, most: number) {
  const [n, d] = x.shape;
  let centroids = start;
  const history: number[] = [];
  let labels = new Int32Array(n).fill(-1);
  for (;;) {
    const parts = [];
    for (let row = 0; row < n; row += blockRows) {
      const end = Math.min(n, row + blockRows);
      const values = x.values.slice(row * d, end * d);
      parts.push(await assignBlock({ values, shape: [end - row, d] }, centroids));
    }
    const { sums, counts, inertia } = totalOfBlocks(parts);
    const next = Int32Array.from(parts.flatMap((part) => [...part.labels]));
    const settled = next.every((label, i) => label === labels[i]);
    labels = next;
    if (history.length === most) return { labels, centroids, inertia, history };
    history.push(inertia);
    if (settled) return { labels, centroids, inertia, history };
    centroids = sums.map((sum, i) => sum / counts[Math.floor(i / d)]);
  }
}

Deno.test("kMeans() of a source has the bits of the same blocks in memory, however it is cut, on 1 and 2 threads", async () => {
  for (const [backend, threads] of backends) {
    await useBackend(backend, { threads });
    for (const kind of ["float32", "float64"] as const) {
      const { x } = blobs(350, 7, 5, kind);
      const init = { values: x.values.slice(0, 5 * 7), shape: [5, 7] };
      const start = Float64Array.from(init.values);
      for (const blockRows of [16, 97, 350]) {
        const expected = await plainFit(x, blockRows, start, 6);
        for (const cut of [13, blockRows]) {
          const options = { clusters: 5, init, tolerance: 0, maxIterations: 6 };
          using model = await fitInBlocks(x, cut, blockRows, options);
          assert.deepEqual(model.labels, expected.labels);
          assert.deepEqual(model.centroids.values, expected.centroids);
          assert.equal(model.inertia, expected.inertia);
          assert.deepEqual([...model.inertiaHistory], expected.history);
        }
      }
    }
  }
});

Deno.test("kMeans() of a source is that of the matrix: bit for bit in one block, to the last digits in several", async () => {
  await useBackend("simd");
  const { x, own } = blobs(3000, 6, 4);
  const weights = Float64Array.from({ length: 3000 }, (_, i) => i % 5 / 2);
  const cases: Partial<KMeansOptions>[] = [
    {},
    // Several restarts end at one optimum, and rounding decides which of them is kept.
    { init: "random", restarts: 1, seed: 5 },
    { init: "class-means", labels: own },
    { sampleWeight: weights, seed: 3 },
    { init: "random", restarts: 1, sampleWeight: weights },
    { tolerance: 0.1 },
  ];
  for (const given of cases) {
    const options = { clusters: 4, ...given };
    using expected = await kMeans(x, options);
    using whole = await kMeans(matrixSource(x, 700), options);
    assert.deepEqual(whole.toJSON(), expected.toJSON());
    using model = await fitInBlocks(x, 700, 256, options);
    assert.deepEqual(model.labels, expected.labels);
    assert.equal(model.iterations, expected.iterations);
    assertAllClose(model.centroids.values, expected.centroids.values, { rtol: 1e-12 });
    assertAllClose(model.inertiaHistory, expected.inertiaHistory, { rtol: 1e-9 });
  }
});

Deno.test("kMeans() of a source fills empty clusters, and scales what float64 could not square", async () => {
  for (const [backend, threads] of backends) {
    await useBackend(backend, { threads });
    const values = Float64Array.from({ length: 40 }, (_, i) => i < 20 ? i % 7 : 100 + i % 3);
    for (const unit of [1, 2 ** 450, 2 ** -600]) {
      const x = { values: values.map((value) => unit * value), shape: [40, 1] as const };
      const init = { values: Float64Array.of(0, 100, 5000).map((at) => unit * at), shape: [3, 1] };
      using expected = await kMeans(x, { clusters: 3, init });
      using model = await fitInBlocks(x, 9, 6, { clusters: 3, init });
      assert.deepEqual(model.labels, expected.labels);
      assertAllClose(model.centroids.values, expected.centroids.values, { rtol: 1e-14 });
      assert.ok(model.clusterSizes.every((size) => size > 0));
    }
    const mixed = { values: Float64Array.of(2 ** 600, 1, 2, 2 ** -600), shape: [4, 1] as const };
    await assert.rejects(fitInBlocks(mixed, 2, 2, { clusters: 2 }), {
      name: "RangeError",
      message: /^Cannot fit clusters: values are as large as/,
    });
  }
});

Deno.test("kMeans() of a source of equal rows draws them though none is apart, as in memory", async () => {
  await useBackend("cpu");
  const x = { values: new Float64Array(30).fill(4), shape: [30, 1] as const };
  using model = await fitInBlocks(x, 4, 7, { clusters: 3 });
  assert.deepEqual([...model.centroids.values], [4, 4, 4]);
  assert.equal(model.inertia, 0);
});

Deno.test("miniBatchKMeans() of a source is that of the matrix, bit for bit", async () => {
  await useBackend("simd");
  // Wide rows, of which two blocks are few.
  const d = 256;
  const n = blockRowsFor(d) + 500;
  const x: HostMatrix = { values: new Float32Array(n * d), shape: [n, d] };
  const source = random(5);
  for (let i = 0; i < n; i++) {
    x.values.set([9 * (i % 3) + source.next(), 7 * (i % 2) + source.next()], i * d);
  }
  for (const given of [{}, { batchSize: 100, maxIterations: 1, maxNoImprovement: 30, seed: 4 }]) {
    const options = { clusters: 6, ...given };
    using expected = await miniBatchKMeans(x, options);
    using model = await miniBatchKMeans(matrixSource(x, 1000), options);
    assert.deepEqual(model.labels, expected.labels);
    assert.deepEqual(model.centroids, expected.centroids);
    assert.deepEqual(model.inertiaHistory, expected.inertiaHistory);
    assert.equal(model.inertia, expected.inertia);
  }
});

Deno.test("predict() labels the rows of a source as those of the matrix", async () => {
  for (const [backend, threads] of backends) {
    await useBackend(backend, { threads });
    const { x } = blobs(900, 4, 3);
    using model = await kMeans(x, { clusters: 3 });
    assert.deepEqual(await model.predict(matrixSource(x, 100)), model.labels);
    await assert.rejects(model.predict(matrixSource({ values: x.values, shape: [1200, 3] }, 9)), {
      name: "RangeError",
      message: /its source has 3 columns, 4 are needed/,
    });
  }
});

Deno.test("kMeans() of a source can be aborted in an iteration, reports each, and passes on errors", async () => {
  await useBackend("simd");
  const { x } = blobs(2000, 3, 4);
  const controller = new AbortController();
  const seen: number[] = [];
  const options: KMeansOptions = {
    ...{ clusters: 4, signal: controller.signal },
    onIteration: ({ iteration }) => {
      seen.push(iteration);
      controller.abort();
    },
  };
  await assert.rejects(fitInBlocks(x, 100, 150, options), { name: "AbortError" });
  assert.deepEqual(seen, [0]);

  let reading = 0;
  const shrinking: RowSource = {
    shape: [2000, 3],
    blocks: (signal) => {
      const rows = reading++ < 3 ? 2000 : 1000;
      const part = { values: x.values.subarray(0, 3 * rows), shape: [rows, 3] as const };
      return matrixSource(part, 300).blocks(signal);
    },
  };
  const rows = new RowReader(shrinking, "x", { blockValues: 600 });
  await assert.rejects(fitKMeans(rows, checkKMeansOptions(rows, { clusters: 4 })), {
    name: "RangeError",
    message: /^Cannot read x again: its source has ended after 1000 of 2000 rows/,
  });
  await assert.rejects(kMeans({ shape: [2, 1], async *blocks() {} }, { clusters: 3 }), {
    message: /its source has ended after 0 of 2 rows/,
  });
  await assert.rejects(kMeans(matrixSource(x, 9), { clusters: 2001 }), /x has 2000 rows/);
});

Deno.test("kMeans() of a source refuses numbers that are not finite in whichever reading they come", async () => {
  for (const [backend, threads] of backends) {
    await useBackend(backend, { threads });
    for (const kind of ["float32", "float64"] as const) {
      // Few columns, more, and mostly zeros.
      for (const [d, zeros] of [[2, 0], [7, 0], [70, 0.8]]) {
        const { x: { values } } = blobs(200, d, 3, kind);
        for (let i = 0; i < values.length; i++) if (i / 7 % 1 < zeros) values[i] = 0;
        for (const bad of [NaN, Infinity]) {
          let readings = 0;
          const source: RowSource = {
            shape: [200, d],
            blocks: (signal) => {
              const given = values.slice();
              if (++readings === 4) given[130 * d + 1] = bad;
              return matrixSource({ values: given, shape: [200, d] }, 64).blocks(signal);
            },
          };
          const rows = new RowReader(source, "x", { blockValues: 64 * d });
          const init = { values: values.slice(0, 3 * d), shape: [3, d] };
          const options = await copyOptions({ clusters: 3, init, tolerance: 0, maxIterations: 6 });
          await assert.rejects(fitKMeans(rows, checkKMeansOptions(rows, options)), {
            name: "RangeError",
            message:
              `Cannot use x: the value in row 130, column 1 is ${bad}, finite numbers are needed`,
          });
        }
      }
    }
  }
});

Deno.test("totalOfBlocks() refuses an empty list", () => {
  assert.throws(() => totalOfBlocks([]), { name: "RangeError", message: /there are none/ });
});
