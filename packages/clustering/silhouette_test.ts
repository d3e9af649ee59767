import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, takeRows, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, normalMatrix, testSeed } from "@mixtape/tensor-utils/testing";
import { silhouette } from "./silhouette.ts";

/** Silhouettes by Rousseeuw's definition, one pair of rows at a time. */
function plainSilhouettes({ values, shape: [n, d] }: HostMatrix, labels: readonly number[]) {
  const distance = (i: number, j: number) => {
    let sum = 0;
    for (let p = 0; p < d; p++) sum += (values[i * d + p] - values[j * d + p]) ** 2;
    return Math.sqrt(sum);
  };
  const members = Map.groupBy(labels.keys(), (row) => labels[row]);
  return Array.from({ length: n }, (_, i) => {
    const meanTo = (rows: readonly number[]) =>
      rows.reduce((sum, j) => sum + distance(i, j), 0) / rows.length;
    const alike = members.get(labels[i])!.filter((j) => j !== i);
    if (alike.length === 0) return 0;
    const own = meanTo(alike);
    const others = [...members].filter(([label]) => label !== labels[i]);
    const other = Math.min(...others.map(([, rows]) => meanTo(rows)));
    return Math.max(own, other) === 0 ? 0 : (other - own) / Math.max(own, other);
  });
}

Deno.test("silhouette() property: follows its definition, on any division", async () => {
  const problem = fc.record({
    seed: fc.nat(),
    d: fc.integer({ min: 1, max: 3 }),
    labels: fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(problem, async ({ seed, d, labels }) => {
      const clusters = new Set(labels).size;
      fc.pre(clusters >= 2 && clusters < labels.length);
      const x = normalMatrix(seed, labels.length, d);
      const { values, mean, rows } = await silhouette(x, labels);
      const expected = plainSilhouettes(x, labels);
      assertAllClose(values, expected, { rtol: 1e-9, atol: 1e-12 });
      const sum = expected.reduce((total, value) => total + value, 0);
      assertAllClose([mean], [sum / labels.length], { rtol: 1e-9, atol: 1e-12 });
      assert.deepEqual([...rows], labels.map((_, row) => row));
    }),
    { seed: testSeed(), numRuns: 60 },
  );
});

Deno.test("silhouette() follows its definition in every block of distances, however many rows one has", async () => {
  // A block has 131,072 distances: 264 rows of 496, then 232 in the second.
  const x = normalMatrix(1, 496, 1, (i) => 3 * (i % 3));
  const labels = Array.from({ length: 496 }, (_, i) => i % 7 === 0 ? 4 : i % 3);
  const { values } = await silhouette(x, labels);
  const expected = plainSilhouettes(x, labels);
  for (const row of [0, 263, 264, 265, 495]) {
    assertAllClose([values[row]], [expected[row]], { rtol: 1e-9 });
  }
  assertAllClose(values, expected, { rtol: 1e-9 });
});

Deno.test("silhouette() of a sample is that of the rows it names, in their order", async () => {
  const x = normalMatrix(2, 60, 2, (i) => 2 * (i % 4));
  const labels = Array.from({ length: 60 }, (_, i) => [7, 3, 9, 3][i % 4]);
  for (let seed = 0; seed < 5; seed++) {
    const { rows, values } = await silhouette(x, labels, { maxRows: 20, seed });
    assert.deepEqual([...rows], [...new Set(rows)].sort((a, b) => a - b));
    const expected = plainSilhouettes(takeRows(x, rows), [...rows].map((row) => labels[row]));
    assertAllClose(values, expected, { rtol: 1e-9, atol: 1e-12 });
  }
});

Deno.test("silhouette() draws 2,000 rows, and with seed 0, unless told otherwise", async () => {
  const x = normalMatrix(3, 2001, 1);
  await assert.rejects(silhouette(x, new Array(2001).fill("same")), {
    message:
      /^Cannot compute a silhouette: the 2000 rows of the sample are in 1 cluster, between 2/,
  });
  const labels = Array.from(x.values, (value) => value > 0);
  const { rows } = await silhouette(x, labels, { maxRows: 50 });
  assert.deepEqual(rows, (await silhouette(x, labels, { maxRows: 50, seed: 0 })).rows);
});

Deno.test("silhouette() takes three rows, of which two are in one cluster, and no fewer", async () => {
  const x: HostMatrix = { values: Float64Array.of(0, 1, 5), shape: [3, 1] };
  const { values } = await silhouette(x, ["b", "b", "a"], { maxRows: 3 });
  assertAllClose(values, [0.8, 0.75, 0], { rtol: 1e-15 });
  await assert.rejects(silhouette(x, [0, 0, 1], { maxRows: 2 }), /maxRows: 2/);
  const two: HostMatrix = { values: Float64Array.of(0, 1), shape: [2, 1] };
  await assert.rejects(silhouette(two, [0, 1]), { name: "RangeError", message: /2 rows/ });
});

Deno.test("silhouette() holds the sums of so many clusters that several passes are needed", async () => {
  await useBackend("simd");
  // One row per cluster, then a hundred clusters of two, all in a line.
  const [alone, n] = [4100, 4300];
  const x: HostMatrix = { values: Float64Array.from({ length: n }, (_, i) => i), shape: [n, 1] };
  const labels = Array.from({ length: n }, (_, i) => i < alone ? i : alone + (i - alone >> 1));
  const { values } = await silhouette(x, labels, { maxRows: n });
  assert.ok(values.subarray(0, alone).every((value) => value === 0));
  const third = 1 / 3;
  assertAllClose(values.subarray(alone, alone + 3), [0, third, third], { rtol: 1e-12 });
  assertAllClose(values.subarray(n - 3), [third, third, 0.6], { rtol: 1e-12 });
});
