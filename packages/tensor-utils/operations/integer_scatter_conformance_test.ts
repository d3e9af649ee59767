import assert from "node:assert/strict";
import fc from "fast-check";
import { addIntegerScatter } from "../mod.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { testRounds } from "../testing/mod.ts";
import { random } from "../random.ts";

const sizes = fc.record({
  n: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 4090, max: 4110 })),
  d: fc.integer({ min: 1, max: 53 }),
  largest: fc.constantFrom(1, 255, 2048, 32767),
  seed: fc.integer({ min: 0, max: 999 }),
});

function wholeRows(length: number, largest: number, seed: number): Int16Array {
  const source = random(seed);
  // Often the largest, of either sign, so that sums grow as large as they can.
  return Int16Array.from({ length }, () => {
    const drawn = source.integer(4);
    if (drawn < 2) return drawn === 0 ? largest : -largest;
    return source.integer(2 * largest + 1) - largest;
  });
}

conform("MixtapeIntegerScatter", "is exact, and leaves what lies above the diagonal", () => {
  const property = fc.property(sizes, ({ n, d, largest, seed }) => {
    const rows = wholeRows(n * d + 3, largest, seed);
    if (seed % 2 === 0) rows.fill(largest);
    const before = Float64Array.from({ length: d * d }, (_, at) => at % 7);
    const addTo = before.slice();
    assert.equal(addIntegerScatter({ rows, largest, n, d, addTo }), addTo);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        let sum = before[i * d + j];
        for (let r = 0; r < n && j <= i; r++) sum += rows[r * d + i] * rows[r * d + j];
        assert.equal(addTo[i * d + j], sum, `[${i}, ${j}]`);
      }
    }
  });
  fc.assert(property, { numRuns: testRounds(25), seed: 5 });
});

conformThreads("MixtapeIntegerScatter", () => {
  const [n, d] = [1003, 131];
  const rows = wholeRows(n * d, 255, 1);
  return addIntegerScatter({ rows, largest: 255, n, d, addTo: new Float64Array(d * d) });
});
