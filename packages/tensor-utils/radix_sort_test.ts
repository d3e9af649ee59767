import assert from "node:assert/strict";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { random } from "./random.ts";
import { radixSort } from "./radix_sort.ts";
import { radixSteps } from "./radix_steps.ts";

const source = random(testSeed());
const normal = () => source.normal();
const ulps = (value: number, count: number) => value * (1 + count * Number.EPSILON);

const kinds: Record<string, () => number> = {
  "of both signs": normal,
  "in float32": () => Math.fround(normal()),
  "of every magnitude": () => normal() * 2 ** (source.integer(2000) - 1000),
  "that vanish or nearly overflow": () => (source.next() < 0.5 ? 5e-324 : 1e308) * normal(),
  "with many ties": () => source.integer(7) / 7 - 0.5,
  "that differ in their last bits": () => ulps(source.integer(3) - 1.5, source.integer(1000)),
  "in runs of a few that differ in their last bits": () =>
    ulps(1 + source.integer(400), source.integer(5)),
  "zero of either sign": () => (source.integer(3) - 1) * 0,
};

for (const [kind, draw] of Object.entries(kinds)) {
  Deno.test(`radixSort() sorts numbers ${kind} as the engine does`, () => {
    for (const n of [1, 2047, 2048, 5000, 12_000]) {
      const values = Float64Array.from({ length: n }, draw).map((value) => Math.min(value, 1e308));
      // With a neighbour on each side that must stay.
      const all = Float64Array.of(9, ...values, -9);
      const found = radixSort(all.subarray(1, n + 1));
      // Adding 0 makes both zeros one: they are equal scores.
      assert.deepEqual(found.map((value) => value + 0), values.sort().map((value) => value + 0));
      assert.deepEqual([all[0], all[n + 1]], [9, -9]);
    }
  });
}

Deno.test("radixSteps() yields while it sorts numbers that differ by less than a millionth", () => {
  const values = Float64Array.from({ length: 2 ** 20 }, () => ulps(1, source.integer(2 ** 20)));
  const expected = values.toSorted();
  // As many pieces are counted, and counted, moved twice and set as one run.
  const yields = [...radixSteps(values)].length;
  assert.ok(yields >= 5 * 4, `${yields} yields`);
  assert.deepEqual(values, expected);
});
