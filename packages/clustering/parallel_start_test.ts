import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type HostMatrix,
  matrixSource,
  random,
  RowReader,
  type RowSource,
  squaredDistance,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose, normalMatrix, testSeed } from "@mixtape/tensor-utils/testing";
import { chooseStarts } from "./choose_starts.ts";
import { drawCandidates } from "./draw_candidates.ts";
import { fitKMeans, kMeans } from "./kmeans.ts";
import { checkKMeansOptions, type KMeansOptions } from "./kmeans_options.ts";
import { parallelStart } from "./parallel_start.ts";
import { plusPlusOverBlocks } from "./plus_plus_blocks.ts";

const backends = [["cpu", 1], ["simd", 1], ["simd", 2]] as const;

/** Returns a reader of blocks of `blockRows` rows, of a source that is cut every `cut` rows. */
function readerOf(x: HostMatrix, blockRows: number, cut = blockRows): RowReader {
  return new RowReader(matrixSource(x, cut), "x", { blockValues: blockRows * x.shape[1] });
}

function changed({ values, shape }: HostMatrix, change: (value: number) => number): HostMatrix {
  return { values: Float64Array.from(values, change), shape };
}

/** Rows of which some are equal, as are some distances. */
function wholeNumbers(seed: number, n: number, d: number): HostMatrix {
  return changed(normalMatrix(seed, n, d), (value) => Math.round(2 * value));
}

/** Rows about centres, of which some are far off and rare. */
function blobs(n: number, d: number, centres: number, reach: number, seed: number): HostMatrix {
  const source = random(seed);
  const means = Float64Array.from({ length: centres * d }, () => reach * source.normal());
  const own = Uint16Array.from({ length: n }, () => centres * source.next() ** 2);
  const value = (_: unknown, at: number) =>
    means[own[Math.floor(at / d)] * d + at % d] + source.normal();
  return { values: Float32Array.from({ length: n * d }, value), shape: [n, d] };
}

Deno.test("drawCandidates() property: draws each row apart from the others, in proportion to its part of the cost", async () => {
  const problem = fc.record({
    seed: fc.nat({ max: 1e6 }),
    rows: fc.integer({ min: 1, max: 60 }),
    d: fc.integer({ min: 1, max: 9 }),
    candidates: fc.integer({ min: 1, max: 20 }),
    draws: fc.integer({ min: 0, max: 30 }),
    blockRows: fc.integer({ min: 1, max: 60 }),
    isWeighted: fc.boolean(),
  });
  for (const [backend, threads] of backends) {
    await useBackend(backend, { threads });
    await fc.assert(
      fc.asyncProperty(
        problem,
        async ({ seed, rows, d, blockRows, draws, isWeighted, ...given }) => {
          const x = wholeNumbers(seed, rows, d);
          const m = given.candidates;
          const candidates = wholeNumbers(seed + 1, m, d);
          const weights = Float64Array.from({ length: rows }, (_, i) => isWeighted ? i % 3 : 1);
          const counts = new Float64Array(m);
          const costs = weights.map((weight, row) => {
            const all = Array.from(counts, (_, at) => squaredDistance(x, row, candidates, at));
            const nearest = Math.min(...all);
            counts[all.indexOf(nearest)] += weight;
            return weight * nearest;
          });
          const cost = costs.reduce((sum, own) => sum + own, 0);
          const drawn = Array.from(costs.keys()).filter((row) => {
            const first = row - row % blockRows;
            const stream = random(seed).split(first);
            for (let before = first; before < row; before++) stream.next();
            return stream.next() < draws * costs[row] / cost;
          });
          const found = await drawCandidates(
            readerOf(x, blockRows),
            { candidates: Float64Array.from(candidates.values), draws, seed },
            { sampleWeight: isWeighted ? weights : undefined },
          );
          assert.deepEqual(found.counts, counts);
          assertAllClose([found.cost], [cost], { rtol: 1e-9 });
          const expected = drawn.flatMap((row) => [...x.values.slice(row * d, (row + 1) * d)]);
          assert.deepEqual([...found.rows], expected);
        },
      ),
      { seed: testSeed(), numRuns: 40 },
    );
  }
});

Deno.test("parallelStart() chooses the same however rows are cut, on 1 and 2 threads, and in memory", async () => {
  const x = blobs(2000, 7, 12, 4, 3);
  for (const sampleWeight of [undefined, Float64Array.from({ length: 2000 }, (_, i) => i % 4)]) {
    const seen: Float64Array[] = [];
    for (const threads of [1, 2]) {
      await useBackend("simd", { threads });
      for (const cut of [13, 300, 2000]) {
        seen.push(await parallelStart(readerOf(x, 300, cut), 12, random(5), { sampleWeight }));
      }
    }
    for (const start of seen) assert.deepEqual(start, seen[0]);
  }
  await useBackend("simd");
  const wide = blobs(150, 2 ** 15, 3, 1, 4);
  const options = checkKMeansOptions(wide, { clusters: 3, init: "k-means||", restarts: 2 });
  const starts = await chooseStarts(wide, options);
  assert.deepEqual(starts, await chooseStarts(new RowReader(matrixSource(wide, 9)), options));
  assert.notDeepEqual(starts[0], starts[1]);
});

Deno.test("parallelStart() leads to as low an inertia as k-means++ does", async () => {
  await useBackend("simd");
  const sets: [name: string, x: HostMatrix, clusters: number][] = [
    ["clusters apart", blobs(3000, 6, 20, 20, 1), 20],
    ["clusters that overlap", blobs(3000, 16, 10, 1, 2), 10],
    ["more clusters than are asked for", blobs(3000, 3, 50, 9, 3), 8],
    ["no clusters", normalMatrix(4, 3000, 5), 15],
    ["a tail", changed(normalMatrix(5, 3000, 2), (value) => value ** 5), 12],
  ];
  for (const [name, x, clusters] of sets) {
    const mean = async (start: typeof parallelStart) => {
      let total = 0;
      for (let seed = 0; seed < 10; seed++) {
        const values = await start(readerOf(x, 500), clusters, random(testSeed() + seed));
        const init = { values, shape: [clusters, x.shape[1]] as const };
        using model = await kMeans(x, { clusters, init });
        total += model.inertia;
      }
      return total;
    };
    const ratio = await mean(parallelStart) / await mean(plusPlusOverBlocks);
    assert.ok(ratio < 1.1, `${name}: ${ratio} times the inertia`);
  }
});

Deno.test("parallelStart() misses none of clusters that lie apart", async () => {
  await useBackend("simd");
  const x = blobs(3000, 6, 20, 20, 1);
  const inertias: number[] = [];
  for (let seed = 0; seed < 100; seed++) {
    const values = await parallelStart(readerOf(x, 500), 20, random(seed));
    using model = await kMeans(x, { clusters: 20, init: { values, shape: [20, 6] } });
    inertias.push(model.inertia);
  }
  assert.ok(Math.max(...inertias) < 1.01 * Math.min(...inertias));
});

Deno.test("parallelStart() reads up to a first row, and then four times", async () => {
  await useBackend("cpu");
  const x = blobs(500, 3, 9, 5, 1);
  for (const clusters of [2, 9, 40]) {
    let readings = 0;
    const { shape, blocks } = matrixSource(x, 100);
    const counted: RowSource = { shape, blocks: (signal) => (readings++, blocks(signal)) };
    const rows = new RowReader(counted, "x", { blockValues: 300 });
    const start = await parallelStart(rows, clusters, random(2));
    assert.equal(start.length, 3 * clusters);
    assert.equal(readings, 5);
  }
});

Deno.test("kMeans() from k-means‖ finds every row where there are as many as clusters, and copes with fewer distinct ones", async () => {
  for (const [backend, threads] of backends) {
    await useBackend(backend, { threads });
    const fit = async (x: HostMatrix, options: Pick<KMeansOptions, "clusters" | "seed">) => {
      const rows = readerOf(x, 7);
      return await fitKMeans(rows, checkKMeansOptions(rows, { ...options, init: "k-means||" }));
    };
    const all = normalMatrix(testSeed(), 30, 2);
    using each = await fit(all, { clusters: 30, seed: testSeed() });
    assert.equal(each.inertia, 0);

    const few = {
      values: Float64Array.from({ length: 30 }, (_, i) => i % 3),
      shape: [30, 1] as const,
    };
    using three = await fit(few, { clusters: 5 });
    assert.equal(three.inertia, 0);
    assert.deepEqual([...new Set(three.centroids.values)].sort(), [0, 1, 2]);

    using equal = await fit({ values: new Float64Array(30).fill(4), shape: [30, 1] }, {
      clusters: 3,
    });
    assert.deepEqual([...equal.centroids.values], [4, 4, 4]);

    // Rows without weight are far off, and never drawn.
    const values = Float64Array.from({ length: 40 }, (_, i) => i % 2 ? 1e6 + i : i % 6);
    const sampleWeight = Float64Array.from(values, (value) => value < 1e6 ? 2 : 0);
    const start = await parallelStart(readerOf({ values, shape: [40, 1] }, 7), 3, random(1), {
      sampleWeight,
    });
    assert.deepEqual([...start].sort(), [0, 2, 4]);
  }
});

Deno.test("parallelStart() stops when its signal is aborted, and starts alike at any scale", async () => {
  await useBackend("simd");
  const x = blobs(600, 4, 5, 3, 2);
  const controller = new AbortController();
  let readings = 0;
  const { shape, blocks } = matrixSource(x, 50);
  const source: RowSource = {
    shape,
    blocks: (signal) => {
      if (readings++ === 2) controller.abort();
      return blocks(signal);
    },
  };
  const rows = new RowReader(source, "x", { blockValues: 200 });
  const { signal } = controller;
  await assert.rejects(parallelStart(rows, 5, random(0), { signal }), { name: "AbortError" });
  assert.equal(readings, 3);

  const values = Float64Array.from(x.values);
  for (const scale of [2 ** -700, 2 ** 500]) {
    const scaled = { values: values.map((value) => scale * value), shape: x.shape };
    using model = await kMeans(scaled, { clusters: 5, init: "k-means||" });
    using plain = await kMeans({ values, shape: x.shape }, { clusters: 5, init: "k-means||" });
    const expected = plain.centroids.values.map((value) => scale * value);
    assert.deepEqual(model.centroids.values, expected);
  }
});
