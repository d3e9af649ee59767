import { testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { pacedOrder, pacedSort, sortedColumn } from "./paced_sort.ts";
import { random } from "./random.ts";

/** Sizes that the engine sorts, and such that numbers are moved in one piece and in several. */
const sizes = [0, 1, 2, 1000, 1024, 65536, 65537, 3 * 65536 + 5];

Deno.test("pacedSort() sorts as the engine does, however many numbers", async () => {
  const source = random(testSeed());
  for (const n of sizes) {
    const values = Float64Array.from({ length: n }, () => Math.floor(1e5 * source.normal()));
    const expected = values.slice().sort();
    assert.equal(await pacedSort(values), values);
    // Zeros of both signs are equal.
    assert.ok(values.every((value, at) => value === expected[at]));
  }
});

Deno.test("pacedSort() sorts numbers of all signs and magnitudes, and leaves equal ones as they are", async () => {
  const source = random(testSeed());
  const magnitude = () => source.normal() * 2 ** (source.integer(2000) - 1000);
  const kinds = [
    magnitude,
    () => -Math.abs(magnitude()),
    () => -1 - source.next(),
    () => Math.fround(source.normal()),
    () => [0, -Infinity, 5e-324, Infinity, -5e-324, 1.7e308, -1.7e308][source.integer(7)],
    () => -7,
  ];
  for (const draw of kinds) {
    const values = Float64Array.from({ length: 3000 }, draw);
    assert.deepEqual(await pacedSort(values.slice()), values.toSorted());
    // Of a part of an array, no number outside of it moves.
    const whole = values.slice();
    await pacedSort(whole.subarray(500, 2500));
    assert.deepEqual(whole.slice(500, 2500), values.slice(500, 2500).sort());
    assert.deepEqual(whole.slice(0, 500), values.slice(0, 500));
  }
});

Deno.test("pacedOrder() puts places in order of their numbers, equal ones in their own", async () => {
  const source = random(testSeed());
  for (const n of sizes) {
    const values = Float64Array.from({ length: n }, () => source.integer(1000));
    const order = await pacedOrder(values);
    assert.deepEqual(new Set(order).size, n);
    for (let at = 1; at < n; at++) {
      const [before, after] = [order[at - 1], order[at]];
      const difference = values[before] - values[after];
      assert.ok(difference < 0 || (difference === 0 && before < after));
    }
  }
});

Deno.test("sortedColumn() leaves out what is missing", async () => {
  const x = { values: Float32Array.of(3, 1, NaN, 2, -1, 3), shape: [3, 2] as const };
  assert.deepEqual(await sortedColumn(x, 0), Float64Array.of(-1, 3));
  assert.deepEqual(await sortedColumn(x, 1), Float64Array.of(1, 2, 3));
});

Deno.test("pacedSort() ends when it is told", async () => {
  const controller = new AbortController();
  const sorting = pacedSort(new Float64Array(20 * 65536), controller.signal);
  controller.abort("enough");
  await assert.rejects(sorting, (reason) => reason === "enough");
});
