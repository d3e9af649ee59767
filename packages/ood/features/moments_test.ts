import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { meanRow, secondMoment, unitRows } from "../testing/plain_algebra.ts";
import { groupByLabel, oneGroup } from "./groups.ts";
import { inputCovariance } from "./input_covariance.ts";
import { groupCovariances, groupMeans, pooledCovariance } from "./moments.ts";

// Groups that fill a buffer of 512 rows exactly, not at all, and more than once.
const sizes = [512, 513, 1, 1025, 40];
const [d, kept] = [5, [0, 2, 3]];
const source = random(testSeed());
const order = source.permutation(sizes.reduce((sum, size) => sum + size));
const sorted = sizes.flatMap((size, g) => new Array<number>(size).fill(10 * g + 3));
const labels = Int32Array.from(order, (from) => sorted[from]);
const groups = groupByLabel(labels);

function rowsOf(isSparse: boolean): number[][] {
  return Array.from(labels, (label) =>
    Array.from(
      { length: d },
      (_, j) => isSparse && source.next() < 0.7 ? 0 : label + j * source.normal(),
    ));
}

Deno.test("groupByLabel() numbers the labels that occur, ascending", () => {
  assert.equal(groups.count, 5);
  assert.deepEqual(groups.labels, Int32Array.of(3, 13, 23, 33, 43));
  assert.deepEqual([...groups.sizes], sizes);
  assert.deepEqual(groups.ofRow, labels.map((label) => (label - 3) / 10));
  const one = oneGroup(7);
  assert.deepEqual([one.count, [...one.sizes], [...one.ofRow]], [1, [7], [0, 0, 0, 0, 0, 0, 0]]);
});

for (const isSparse of [false, true]) {
  for (const normalize of [false, true]) {
    const what = `${isSparse ? "mostly zero" : "dense"}${normalize ? ", scaled" : ""}`;
    Deno.test(`moments of groups are their definitions over many blocks: ${what} rows`, async () => {
      const rows = rowsOf(isSparse);
      const x = { values: Float64Array.from(rows.flat()), shape: [rows.length, d] as const };
      const units = { columns: d, kept: Uint32Array.from(kept), normalize };
      const chosen = rows.map((row) => kept.map((j) => row[j]));
      const used = normalize ? unitRows(chosen) : chosen;
      const members = sizes.map((_, g) => used.filter((_, i) => groups.ofRow[i] === g));

      const means = await groupMeans(x, units, groups);
      const expected = members.map(meanRow);
      const tolerance = { rtol: 1e-11, atol: 1e-10 };
      assertAllClose(means, expected.flat(), tolerance);

      const pooled = secondMoment(used, (i) => expected[groups.ofRow[i]]).flat();
      assertAllClose(await pooledCovariance(x, units, groups, means), pooled, tolerance);
      assertAllClose(await inputCovariance(x, units, groups, means), pooled, tolerance);

      const each = members.flatMap((own, g) => secondMoment(own, () => expected[g]).flat());
      assertAllClose(await groupCovariances(x, units, groups, means), each, tolerance);

      const all = oneGroup(rows.length);
      const [mean, plain] = [meanRow(used), await groupMeans(x, units, all)];
      assertAllClose(plain, mean, tolerance);
      const whole = secondMoment(used, () => mean).flat();
      assertAllClose(await inputCovariance(x, units, all, plain), whole, tolerance);
    });
  }
}
