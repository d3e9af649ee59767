import assert from "node:assert/strict";
import fc from "fast-check";
import { replaceLargest } from "./largest_first.ts";

Deno.test("replaceLargest() keeps the smallest numbers seen, the largest of them first", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 9 }), (values, size) => {
      const heap = new Float64Array(size).fill(Infinity);
      for (const value of values) if (value < heap[0]) replaceLargest(heap, value);
      const kept = [...values, ...new Array(size).fill(Infinity)].sort((a, b) => a - b)
        .slice(0, size);
      assert.equal(heap[0], kept.at(-1));
      assert.deepEqual(Array.from(heap).sort((a, b) => a - b), kept);
    }),
    { seed: 1, numRuns: 300 },
  );
});
