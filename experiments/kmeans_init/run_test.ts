import {
  adjustedRandIndex,
  kMeans,
  type KMeansModel,
  normalizedMutualInformation,
} from "@mixtape/clustering";
import { useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { recordRun } from "../run/testing/record_run.ts";
import { rowsOf, tinyData } from "../run/testing/tiny_data.ts";
import type { KMeansRun, KMeansStart } from "./result.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const data = tinyData();
const { train } = data.inDistribution;
const seed = 3;
const parameters = {
  seeds: 3,
  tolerance: 0.005,
  maxIterations: 6,
  samplesPerCluster: 2,
  framesAt: [0, 2],
};
const plan: readonly (readonly [KMeansStart, number])[] = [
  ["random", 3],
  ["random", 4],
  ["random", 5],
  ["k-means++", 3],
  ["k-means++", 4],
  ["k-means++", 5],
  ["class-means", 3],
];

function fit(init: KMeansStart, seed: number, maxIterations = 6): Promise<KMeansModel> {
  const { images, labels } = train;
  const options = { clusters: 3, init, labels, seed, restarts: 1, tolerance: 0.005, maxIterations };
  return kMeans(images, options);
}

/** Training images by class (row) and cluster (column). */
function tableOf({ labels }: Pick<KMeansModel, "labels">): number[][] {
  return [0, 1, 2].map((truth) =>
    [0, 1, 2].map((cluster) =>
      train.labels.filter((label, row) => label === truth && labels[row] === cluster).length
    )
  );
}

/** Clusters in an order, such as that of a result. */
function inOrder({ labels, centroids }: KMeansModel, order: readonly number[]) {
  const values = order.flatMap((cluster) =>
    Array.from(centroids.values).slice(16 * cluster, 16 * (cluster + 1))
  );
  return { labels: labels.map((label) => order.indexOf(label)), centroids: { values } };
}

type Clusters = ReturnType<typeof inOrder>;

/** The least root mean squared difference of centroids over all orders, and the order. */
function matched(model: KMeansModel, reference: Clusters): { order: number[]; sum: number } {
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
  return orders.map((order) => {
    const { centroids: { values } } = inOrder(model, order);
    const sum = values.reduce(
      (sum, value, at) => sum + (value - reference.centroids.values[at]) ** 2,
      0,
    );
    return { order, sum };
  }).reduce((a, b) => a.sum <= b.sum ? a : b);
}

/** The clusters of the best run, in the order of their majority classes, the larger first. */
async function referenceOf({ runs }: { runs: readonly KMeansRun[] }) {
  const { start, seed } = runs.reduce((a, b) => a.inertia <= b.inertia ? a : b);
  using model = await fit(start, seed);
  const table = tableOf(model);
  const column = (cluster: number) => table.map((row) => row[cluster]);
  const key = (cluster: number) => {
    const counts = column(cluster);
    return 1000 * counts.indexOf(Math.max(...counts)) - counts.reduce((a, b) => a + b);
  };
  return { start, model: inOrder(model, [0, 1, 2].sort((a, b) => key(a) - key(b))) };
}

Deno.test("kmeans-init runs each start with each seed, class means once", async () => {
  const { payload, stages, notes } = await recordRun(run, data, seed, parameters);
  assert.equal(payload.clusters, 3);
  assert.deepEqual(payload.runs.map((one) => [one.start, one.seed]), plan);
  assert.deepEqual(stages, ["random", "k-means++", "class-means", "representatives"]);
  assert.deepEqual(notes, plan.map(([start, seed]) => `${start}, seed ${seed}`));
  for (const { elapsedMs, purity, ...measured } of payload.runs) {
    using model = await fit(measured.start, measured.seed);
    assert.deepEqual(measured, {
      start: measured.start,
      seed: measured.seed,
      iterations: model.iterations,
      converged: model.converged,
      inertia: model.inertia,
      inertiaHistory: [...model.inertiaHistory],
      nmi: normalizedMutualInformation(train.labels, model.labels),
      ari: adjustedRandIndex(train.labels, model.labels),
    });
    const table = tableOf(model);
    const majorities = [0, 1, 2].map((cluster) => Math.max(...table.map((row) => row[cluster])));
    assertAllClose([purity], [majorities.reduce((a, b) => a + b) / 41], { rtol: 1e-12 });
    assert(elapsedMs > 0 && elapsedMs < 60_000);
  }
});

Deno.test("kmeans-init describes the run of lowest inertia from each start", async () => {
  const { payload, images } = await recordRun(run, data, seed, parameters);
  assert.deepEqual(payload.representatives.map(({ start }) => start), [
    "random",
    "k-means++",
    "class-means",
  ]);
  const reference = await referenceOf(payload);
  for (const one of payload.representatives) {
    const runs = payload.runs.filter(({ start }) => start === one.start);
    const lowest = Math.min(...runs.map(({ inertia }) => inertia));
    assert.equal(one.seed, runs.find(({ inertia }) => inertia === lowest)!.seed);
    using found = await fit(one.start, one.seed);
    const model = inOrder(found, matched(found, reference.model).order);
    const table = tableOf(model);
    const sizes = [0, 1, 2].map((cluster) => table.reduce((sum, row) => sum + row[cluster], 0));
    assert.deepEqual(one.contingency, table);
    assert.deepEqual(one.clusterSizes, sizes);
    const sum = one.matches.reduce((sum, match) => sum + 16 * match.centroidDifference ** 2, 0);
    assertAllClose([sum], [matched(found, reference.model).sum], { rtol: 1e-9, atol: 1e-9 });
    one.matches.forEach(({ sharedRows }, cluster) => {
      const both = [...model.labels.keys()].map((row) =>
        [model, reference.model].filter(({ labels }) => labels[row] === cluster).length
      );
      const share = both.filter((count) => count === 2).length /
        both.filter((count) => count > 0).length;
      assertAllClose([sharedRows], [share], { rtol: 1e-12 });
    });
    if (one.start === reference.start) {
      assert.deepEqual(model, reference.model);
      assert(one.matches.every(({ sharedRows }) => sharedRows === 1));
    }
    const majorities = [0, 1, 2].map((cluster) => {
      const column = table.map((row) => row[cluster]);
      return column.indexOf(Math.max(...column));
    });
    assert.deepEqual(one.majorityClasses, majorities);
    const recall = table.map((row, truth) =>
      row.reduce((sum, count, cluster) => sum + (majorities[cluster] === truth ? count : 0), 0) /
      row.reduce((a, b) => a + b)
    );
    assertAllClose(one.classRecall, recall, { rtol: 1e-12 });

    const name = one.start.replace("++", "pp");
    const drawn = (what: string) => images.get(`${name}-${what}`)!;
    const size = { shape: { height: 4, width: 4 }, maxValue: 15 };
    assert.deepEqual(drawn("centroids"), {
      values: Float64Array.from(model.centroids.values),
      ...size,
      columns: 3,
    });
    const nearest = [0, 1, 2].map((cluster) => membersOf(model, cluster));
    assert.deepEqual(drawn("nearest"), {
      values: rowsOf(train, nearest.flatMap((rows) => rows.slice(0, 2))).images.values,
      ...size,
      columns: 2,
    });
    assert.deepEqual(drawn("farthest"), {
      values: rowsOf(train, nearest.flatMap((rows) => rows.toReversed().slice(0, 2))).images.values,
      ...size,
      columns: 2,
    });
    for (const what of ["centroids", "nearest", "farthest"] as const) {
      assert.equal(one[what].file, `${name}-${what}.png`);
    }
  }
});

/** The rows of a cluster, the nearest to its centroid first. */
function membersOf({ labels, centroids }: Clusters, cluster: number): number[] {
  const distance = (row: number) =>
    Array.from(
      { length: 16 },
      (_, j) => (train.images.values[16 * row + j] - centroids.values[16 * cluster + j]) ** 2,
    )
      .reduce((a, b) => a + b);
  return [...labels.keys()].filter((row) => labels[row] === cluster)
    .sort((a, b) => distance(a) - distance(b));
}

Deno.test("kmeans-init draws the centroids after some updates and at the end", async () => {
  const { payload, images } = await recordRun(run, data, seed, parameters);
  const reference = await referenceOf(payload);
  for (const { start, seed, frames } of payload.representatives) {
    using model = await fit(start, seed);
    const { order } = matched(model, reference.model);
    const at = [...[0, 2].filter((updates) => updates < model.iterations), model.iterations];
    assert.deepEqual(frames.iterations, at);
    const { values, ...sheet } = images.get(`${start.replace("++", "pp")}-frames`)!;
    assert.deepEqual(sheet, { shape: { height: 4, width: 4 }, maxValue: 15, columns: 3 });
    assert.equal(frames.centroids.count, 3 * at.length);
    for (const [frame, updates] of at.entries()) {
      if (updates === 0) continue;
      using until = await fit(start, seed, updates);
      const shown = Array.from(values).slice(48 * frame, 48 * (frame + 1));
      assertAllClose(shown, inOrder(until, order).centroids.values, { rtol: 1e-9, atol: 1e-9 });
      if (updates < model.iterations) {
        assert.equal(frames.inertia[frame], model.inertiaHistory[updates]);
      }
    }
    assert.equal(frames.inertia[0], model.inertiaHistory[0]);
    assert.equal(frames.inertia.at(-1), model.inertia);
  }
});

Deno.test("kmeans-init lists classes that share a cluster, the largest shares first", async () => {
  // Classes that have nothing to do with the images, so that clusters share all of them.
  const labels = train.labels.map((_, row) => [0, 0, 1, 2, 1, 2, 0, 0][row % 8]);
  const mixed = { ...data.inDistribution, train: { ...train, labels } };
  const { payload } = await recordRun(run, { ...data, inDistribution: mixed }, seed, parameters);
  const pairs = payload.representatives.flatMap(({ contingency, sharedClusters }) => {
    const sizes = contingency.map((row) => row.reduce((a, b) => a + b));
    const expected = [0, 1, 2].flatMap((cluster) =>
      [[0, 1], [0, 2], [1, 2]].flatMap((pair) => {
        const shares = pair.map((label) => contingency[label][cluster] / sizes[label]);
        if (Math.min(...shares) < 0.2) return [];
        const classes = pair.toSorted((a, b) => contingency[b][cluster] - contingency[a][cluster]);
        const counts = classes.map((label) => contingency[label][cluster]);
        return [{ weight: Math.min(...shares), shared: { cluster, classes, counts } }];
      })
    ).sort((a, b) => b.weight - a.weight);
    const found = sharedClusters.map((one) => JSON.stringify(one));
    assert.deepEqual(found.toSorted(), expected.map((one) => JSON.stringify(one.shared)).sort());
    const weightOf = (text: string) =>
      expected.find((one) => JSON.stringify(one.shared) === text)!.weight;
    assert.deepEqual(found.map(weightOf), expected.map((one) => one.weight));
    return expected;
  });
  assert(new Set(pairs.map(({ weight }) => weight)).size > 2);
});

Deno.test("kmeans-init shows no more images of a cluster than the smallest one has", async () => {
  const { payload } = await recordRun(run, data, seed, { ...parameters, samplesPerCluster: 100 });
  for (const { clusterSizes, nearest, farthest } of payload.representatives) {
    const smallest = Math.min(...clusterSizes);
    assert.deepEqual([nearest.columns, nearest.count], [smallest, 3 * smallest]);
    assert.deepEqual([farthest.columns, farthest.count], [smallest, 3 * smallest]);
  }
});
