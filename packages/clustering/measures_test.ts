import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak } from "@mixtape/tensor-utils/testing";
import { adjustedMutualInformation } from "./adjusted_mutual_information.ts";
import { adjustedRandIndex } from "./adjusted_rand_index.ts";
import { contingencyTable, majorityClasses } from "./contingency_table.ts";
import { inertia } from "./inertia.ts";
import { normalizedMutualInformation } from "./normalized_mutual_information.ts";
import { perClassRecall } from "./per_class_recall.ts";
import { purity } from "./purity.ts";
import { silhouette } from "./silhouette.ts";

await useBackend("cpu");

const measures = [
  purity,
  normalizedMutualInformation,
  adjustedMutualInformation,
  adjustedRandIndex,
];

const division = fc.tuple(
  fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 })), { minLength: 2, maxLength: 40 }),
  fc.integer({ min: 0, max: 99 }),
);

Deno.test("measures property: renaming classes or clusters changes nothing", () => {
  fc.assert(
    fc.property(division, ([rows, seed]) => {
      const classes = rows.map(([first]) => first);
      const labels = rows.map(([, second]) => second);
      const names = random(seed).permutation(5);
      const renamed = labels.map((label) => names[label]);
      for (const measure of measures) {
        const value = measure(classes, labels);
        assertAllClose([measure(classes, renamed)], [value], { rtol: 1e-9, atol: 1e-9 });
        assert.ok(value <= 1 + 1e-12);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("measures property: a division agrees fully with itself", () => {
  fc.assert(
    fc.property(division, ([rows]) => {
      const classes = rows.map(([first]) => first);
      for (const measure of measures) {
        assertAllClose([measure(classes, classes)], [1], { rtol: 1e-9 });
      }
    }),
    { seed: 1 },
  );
});

Deno.test("contingencyTable() counts pairs, and gives their sums", () => {
  const table = contingencyTable([0, 0, 2, 2, 2], [1, 1, 0, 1, 0]);
  assert.deepEqual([...table.counts], [0, 2, 0, 0, 2, 1]);
  assert.deepEqual([...table.classSizes], [2, 0, 3]);
  assert.deepEqual([...table.clusterSizes], [2, 3]);
  assert.deepEqual([table.classes, table.clusters, table.total], [3, 2, 5]);
});

Deno.test("contingencyTable() refuses no rows, unequal lengths and negative labels", () => {
  assert.throws(() => contingencyTable([], []), { message: /there are no rows/ });
  assert.throws(() => contingencyTable([0], [0, 1]), { message: /^Cannot use classes: 1 were/ });
  assert.throws(() => contingencyTable([0, 0], [0, -1]), { message: /row 1 has -1/ });
});

Deno.test("majorityClasses() takes the lowest class among equals", () => {
  assert.deepEqual([...majorityClasses(contingencyTable([0, 1, 1, 0, 1], [0, 0, 1, 2, 2]))], [
    0,
    1,
    0,
  ]);
});

Deno.test("perClassRecall() has no number for a class without rows", () => {
  assert.deepEqual([...perClassRecall([0, 2], [0, 1])], [1, NaN, 1]);
});

Deno.test("inertia() takes the nearest centroid or the labels given, and leaks nothing", async () => {
  const x: HostMatrix = { values: new Uint8Array([0, 0, 4, 3]), shape: [2, 2] };
  const centroids: HostMatrix = { values: new Float32Array([0, 0, 4, 4]), shape: [2, 2] };
  await assertNoLeak(async () => {
    assert.equal(await inertia(x, centroids), 1);
    assert.equal(await inertia(x, centroids, [0, 0]), 25);
  });
  await assert.rejects(inertia(x, centroids, [0, 2]), {
    message: "Cannot use labels: row 1 has 2, there are 2 centroids",
  });
});

Deno.test("silhouette() gives 0 to a row that is alone, and to rows that all coincide", async () => {
  const x: HostMatrix = { values: new Float32Array([0, 0, 5]), shape: [3, 1] };
  assert.deepEqual([...(await silhouette(x, [0, 0, 1])).values], [1, 1, 0]);
  const same: HostMatrix = { values: new Float32Array(4), shape: [4, 1] };
  assert.equal((await silhouette(same, [0, 0, 1, 1])).mean, 0);
});

Deno.test("silhouette() draws the same sample for the same seed", async () => {
  const source = random(1);
  const x: HostMatrix = {
    values: Float64Array.from({ length: 200 }, () => source.normal()),
    shape: [100, 2],
  };
  const labels = Array.from({ length: 100 }, (_, i) => i % 2);
  const a = await silhouette(x, labels, { sampleSize: 30, seed: 1 });
  const b = await silhouette(x, labels, { sampleSize: 30, seed: 1 });
  const c = await silhouette(x, labels, { sampleSize: 30, seed: 2 });
  assert.equal(a.rows.length, 30);
  assert.deepEqual(a, b);
  assert.notDeepEqual(a.rows, c.rows);
});

Deno.test("silhouette() refuses one cluster, and a cluster a row", async () => {
  const x: HostMatrix = { values: new Float32Array([0, 1, 2]), shape: [3, 1] };
  await assert.rejects(silhouette(x, [0, 0, 0]), { message: /are in 1 cluster, between 2 and 2/ });
  await assert.rejects(silhouette(x, [0, 1, 2]), { message: /are in 3 clusters/ });
});
