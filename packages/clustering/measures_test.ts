import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, type Label, random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak } from "@mixtape/tensor-utils/testing";
import { adjustedMutualInformation } from "./adjusted_mutual_information.ts";
import { adjustedRandIndex } from "./adjusted_rand_index.ts";
import { contingencyTable, majorityClasses } from "./contingency_table.ts";
import { expectedMutualInformation } from "./expected_mutual_information.ts";
import { inertia } from "./inertia.ts";
import { mutualInformation } from "./mutual_information.ts";
import { normalizedMutualInformation } from "./normalized_mutual_information.ts";
import { perClassRecall } from "./per_class_recall.ts";
import { purity } from "./purity.ts";
import { silhouette, silhouettes } from "./silhouette.ts";

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

/** All divisions of n rows into parts, each part named by its lowest row's turn. */
function divisions(n: number): number[][] {
  if (n === 0) return [[]];
  return divisions(n - 1).flatMap((first) => {
    const parts = Math.max(-1, ...first) + 1;
    return Array.from({ length: parts + 1 }, (_, part) => [...first, part]);
  });
}

Deno.test("measures are exactly 1 for the same division under any names, and only for it", () => {
  const names = ["q", "", "b", "Z", "é", "7", "-1", "a"];
  for (let n = 1; n <= 8; n++) {
    for (const classes of divisions(n)) {
      const renamed = classes.map((part) => names[part]);
      for (const measure of measures) assert.equal(measure(classes, renamed), 1);
    }
  }
  for (const classes of divisions(5)) {
    for (const labels of divisions(5)) {
      const same = classes.every((part, row) => part === labels[row]);
      for (const measure of measures.slice(1)) {
        assert.equal(measure(classes, labels) === 1, same, `${measure.name} ${classes} ${labels}`);
      }
    }
  }
});

const kindsOfLabels: ((label: number) => Label)[] = [
  (label) => -1 - label,
  (label) => 1e9 * label,
  (label) => 20240131 + label,
  (label) => label / 3,
  (label) => BigInt(label) - 2n ** 62n,
  (label) => `cluster ${label}`,
];

Deno.test("measures property: labels of any kind give what small whole numbers give", async () => {
  await fc.assert(
    fc.asyncProperty(division, async ([rows]) => {
      const classes = rows.map(([first]) => first);
      const labels = rows.map(([, second]) => second);
      for (const name of kindsOfLabels) {
        for (const measure of measures) {
          const value = measure(classes, labels);
          // The order of names is that of sums.
          assertAllClose([measure(classes.map(name), labels.map(name))], [value], {
            rtol: 1e-12,
            atol: 1e-12,
          });
        }
      }
      const booleans = labels.map((label) => label > 2);
      for (const measure of measures) {
        assert.equal(measure(classes, booleans), measure(classes, booleans.map(Number)));
      }
      const x: HostMatrix = {
        values: Float64Array.from(rows, ([first], row) => first + Math.sin(row)),
        shape: [rows.length, 1],
      };
      const count = new Set(labels).size;
      if (count < 2 || count === rows.length) return;
      const { values } = await silhouette(x, labels);
      for (const name of kindsOfLabels) {
        assertAllClose((await silhouette(x, labels.map(name))).values, values, { rtol: 1e-12 });
      }
    }),
    { seed: 1 },
  );
});

Deno.test("adjustedMutualInformation() property: its expectation is the mean over all tables", () => {
  const permutations = (rows: number[]): number[][] =>
    rows.length < 2
      ? [rows]
      : rows.flatMap((row, i) =>
        permutations(rows.filter((_, j) => j !== i)).map((rest) => [row, ...rest])
      );
  // Only the sizes of the parts matter, so rows of one part may as well follow each other.
  const sorted = divisions(5).filter((parts) =>
    parts.every((part, i) => part >= (parts[i - 1] ?? 0))
  );
  const orders = permutations([0, 1, 2, 3, 4]);
  for (const classes of sorted) {
    for (const labels of sorted) {
      const sum = orders.reduce(
        (sum, order) =>
          sum + mutualInformation(contingencyTable(classes, order.map((row) => labels[row]))),
        0,
      );
      const expected = expectedMutualInformation(contingencyTable(classes, labels));
      assertAllClose([expected], [sum / orders.length], { rtol: 1e-12, atol: 1e-14 });
    }
  }
});

Deno.test("measures are exact where differences are all that counts", () => {
  // One row per class: whatever the clusters are, the information is that of chance.
  const own = Int32Array.from({ length: 3000 }, (_, i) => i);
  const labels = own.map((row) => Math.max(1, row));
  assert.ok(Math.abs(adjustedMutualInformation(own, labels)) < 1e-9);
  assert.equal(adjustedRandIndex(own, labels), 0);
  // (both·all − chance) / … with a million rows, all but one in one part: −1 / (n − 1).
  const first = new Uint8Array(1e6), last = new Uint8Array(1e6);
  first[0] = last[999999] = 1;
  assertAllClose([adjustedRandIndex(first, last)], [-1 / 999999], { rtol: 1e-12 });
});

Deno.test("measures need no table of all pairs: 1000 × 1000 labels, and one per row", () => {
  const source = random(5);
  const draw = () => Int32Array.from({ length: 200_000 }, () => source.integer(1000));
  const many = [draw(), draw()];
  const own = Float64Array.from({ length: 60_000 }, (_, i) => 1e9 - 7919 * i);
  const swapped = own.slice().sort();
  // Two rows in one part, so that the divisions differ.
  swapped[0] = swapped[1];
  for (const measure of measures) {
    assert.ok(measure(many[0], many[1]) < 0.3);
    assert.equal(measure(own, own), 1);
    assert.ok(measure(own, swapped) <= 1);
  }
});

Deno.test("contingencyTable() counts the pairs there are, and gives their sums", () => {
  const table = contingencyTable([0, 0, 2, 2, 2], [1, 1, 0, 1, 0]);
  assert.deepEqual([table.classes, table.clusters, table.total], [[0, 2], [0, 1], 5]);
  assert.deepEqual([...table.cells.classes], [0, 1, 1]);
  assert.deepEqual([...table.cells.clusters], [1, 0, 1]);
  assert.deepEqual([...table.cells.counts], [2, 2, 1]);
  assert.deepEqual([...table.classSizes], [2, 3]);
  assert.deepEqual([...table.clusterSizes], [2, 3]);
});

Deno.test("contingencyTable() refuses no rows, unequal lengths and NaN", () => {
  assert.throws(() => contingencyTable([], []), { message: /there are no rows/ });
  assert.throws(() => contingencyTable([0], [0, 1]), {
    message: /there are 1 classes and 2 labels/,
  });
  for (const measure of [...measures, perClassRecall]) {
    assert.throws(() => measure([0, 0], [0, NaN]), { message: /labels: row 1 has NaN/ });
    assert.throws(() => measure([NaN, 0], [0, 1]), { message: /classes: row 0 has NaN/ });
  }
});

Deno.test("majorityClasses() takes the lowest class among equals", () => {
  const table = contingencyTable([5, -1, -1, 5, -1], ["a", "a", "b", "c", "c"]);
  assert.deepEqual(majorityClasses(table), [-1, -1, -1]);
  assert.deepEqual(majorityClasses(contingencyTable([5, -1, 5], [0, 0, 0])), [5]);
});

Deno.test("perClassRecall() has a number for each class that has rows", () => {
  assert.deepEqual([...perClassRecall([0, 2], [0, 1])], [1, 1]);
  assert.deepEqual([...perClassRecall([7, 7, -2], [0, 0, 0])], [0, 1]);
});

Deno.test("inertia() takes the nearest centroid or the labels given, and leaks nothing", async () => {
  const x: HostMatrix = { values: new Uint8Array([0, 0, 4, 3]), shape: [2, 2] };
  const centroids: HostMatrix = { values: new Float32Array([0, 0, 4, 4]), shape: [2, 2] };
  await assertNoLeak(async () => {
    assert.equal(await inertia(x, centroids), 1);
    assert.equal(await inertia(x, centroids, { labels: [0, 0] }), 25);
  });
  await assert.rejects(inertia(x, centroids, { labels: [0, 2] }), {
    message: "Cannot use labels: row 1 has 2, a number from 0 to 1 is needed",
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
  const a = await silhouette(x, labels, { maxRows: 30, seed: 1 });
  const b = await silhouette(x, labels, { maxRows: 30, seed: 1 });
  const c = await silhouette(x, labels, { maxRows: 30, seed: 2 });
  assert.equal(a.rows.length, 30);
  assert.deepEqual(a, b);
  assert.notDeepEqual(a.rows, c.rows);
});

Deno.test("silhouette() rejects one cluster, and one cluster per row", async () => {
  const x: HostMatrix = { values: new Float32Array([0, 1, 2]), shape: [3, 1] };
  await assert.rejects(silhouette(x, [0, 0, 0]), { message: /are in 1 cluster, between 2 and 2/ });
  await assert.rejects(silhouette(x, [0, 1, 2]), { message: /are in 3 clusters/ });
});

Deno.test("silhouettes() property: gives what silhouette() gives for each clustering", async () => {
  const source = random(3);
  const x = {
    values: Float64Array.from({ length: 300 }, () => source.normal()),
    shape: [100, 3],
  } as const;
  const labelings = [2, 3, 7].map((k) => Array.from({ length: 100 }, (_, i) => (i * i) % k));
  const options = { maxRows: 40, seed: 5 };
  const all = await silhouettes(x, labelings, options);
  for (const [at, labels] of labelings.entries()) {
    assert.deepEqual(all[at], await silhouette(x, labels, options));
  }
  assert.deepEqual(await silhouettes(x, []), []);
});

Deno.test("silhouettes() says which clustering it cannot use", async () => {
  const x: HostMatrix = { values: new Float32Array([0, 1, 2]), shape: [3, 1] };
  await assert.rejects(silhouettes(x, [[0, 0, 1], [0, 1]]), {
    name: "RangeError",
    message: "Cannot use labelings[1]: 2 were given for 3 rows, one per row is needed",
  });
  // @ts-expect-error: not an array of labels
  await assert.rejects(silhouettes(x, new Map()), {
    name: "TypeError",
    message: /Cannot use labelings/,
  });
});

Deno.test("silhouette() ends when its signal is aborted", async () => {
  const x = { values: new Float64Array(4000 * 40), shape: [4000, 40] } as const;
  const labels = Array.from({ length: 4000 }, (_, i) => i % 2);
  const controller = new AbortController();
  const measured = silhouette(x, labels, { maxRows: 4000, signal: controller.signal });
  setTimeout(() => controller.abort(new RangeError("enough")), 5);
  await assert.rejects(measured, { message: "enough" });
});
