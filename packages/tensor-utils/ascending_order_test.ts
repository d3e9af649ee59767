import { testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { ascendingOrder, orderSteps } from "./ascending_order.ts";
import { random } from "./random.ts";

const source = random(testSeed());
const normal = () => source.normal();

const kinds: Record<string, () => number> = {
  "of both signs": normal,
  "in float32": () => Math.fround(normal()),
  "of every magnitude": () => normal() * 2 ** (source.integer(2000) - 1000),
  "with many ties": () => source.integer(7) / 7 - 0.5,
  "that differ in their last bits": () =>
    (source.integer(3) - 1.5) * (1 + source.integer(1000) * Number.EPSILON),
  "that are zero of either sign": () => (source.integer(3) - 1) * 0,
  "that are infinite or not": () => normal() / source.integer(2),
};

for (const [kind, draw] of Object.entries(kinds)) {
  Deno.test(`ascendingOrder() of numbers ${kind} is that of a stable sort`, () => {
    for (const n of [0, 1, 2047, 2048, 5000]) {
      const values = Float64Array.from({ length: n }, draw);
      const expected = Uint32Array.from(values.keys())
        .sort((a, b) => values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0);
      // With a neighbour on each side that must stay.
      const all = Float64Array.of(9, ...values, -9);
      assert.deepEqual(ascendingOrder(all.subarray(1, n + 1)), expected);
      assert.deepEqual(
        all,
        Float64Array.of(9, ...Array.from(expected, (place) => values[place] + 0), -9),
      );
    }
  });
}

Deno.test("orderSteps() yields after each few hundred thousand numbers of each digit", () => {
  const n = 2 ** 20;
  const values = Float64Array.from({ length: n }, normal);
  // Four pieces, once to count and once for each of the six digits.
  assert.equal([...orderSteps(values)].length, 4 * 7);
});
