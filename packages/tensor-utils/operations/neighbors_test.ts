import assert from "node:assert/strict";
import fc from "fast-check";
import { openNeighbors, random, useBackend } from "../mod.ts";
import { assertAllClose, assertNoLeak } from "../testing/mod.ts";

/** Rows of length 1, in clusters so narrow that float32 cannot order their distances. */
function clustered(seed: number, rows: number, d: number, width: number): Float64Array {
  const source = random(seed);
  const values = new Float64Array(rows * d);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * d, (i + 1) * d).map((_, j) => {
      return (j === i % 3 ? 1 : 0) + width * source.normal();
    });
    values.set(row.map((value) => value / Math.hypot(...row)), i * d);
  }
  return values;
}

for (const backend of ["cpu", "simd"] as const) {
  Deno.test(`openNeighbors() finds what sorting finds, on ${backend}`, async () => {
    await useBackend(backend);
    const sizes = { n: fc.integer({ min: 1, max: 400 }), d: fc.integer({ min: 3, max: 90 }) };
    const widths = fc.constantFrom(1, 0.01, 1e-6);
    const property = fc.asyncProperty(
      sizes.n,
      sizes.d,
      widths,
      fc.nat(),
      async (n, d, width, seed) => {
        const points = Float32Array.from(clustered(seed, n, d, width));
        const queries = clustered(seed + 1, 4, d, width);
        queries.fill(0, 3 * d); // a row of zeros keeps its length
        const k = 1 + random(seed).integer(n);
        const expected = Array.from({ length: 4 }, (_, q) => {
          const distances = new Float64Array(n).map((_, i) => {
            let sum = 0;
            for (let j = 0; j < d; j++) sum += (points[i * d + j] - queries[q * d + j]) ** 2;
            return sum;
          });
          return distances.sort()[k - 1];
        });
        await assertNoLeak(async () => {
          using search = openNeighbors(points, d, k);
          assertAllClose(await search.kthDistances(queries, 4), expected, { rtol: 1e-12 });
        });
      },
    );
    await fc.assert(property, { numRuns: 40, seed: 0 });
  });
}

Deno.test("openNeighbors() takes fewer queries than there is room for", async () => {
  await useBackend("cpu");
  using search = openNeighbors(Float32Array.of(1, 0, 0, 1), 2, 1);
  assert.deepEqual([...await search.kthDistances(Float64Array.of(0, 1, 9, 9), 1)], [0]);
});

Deno.test("openNeighbors() gives the same bits on one and two threads, and to a query alone", async () => {
  const [n, d, rows] = [3001, 100, 300];
  const points = Float32Array.from(clustered(1, n, d, 0.2));
  const queries = clustered(2, rows, d, 0.3);
  const results: Float64Array[] = [];
  for (const threads of [1, 2]) {
    await useBackend("simd", { threads });
    using search = openNeighbors(points, d, 9);
    results.push(await search.kthDistances(queries, rows));
    const alone = await search.kthDistances(queries.slice(7 * d, 8 * d), 1);
    assert.equal(alone[0], results[0][7]);
  }
  assert.deepEqual(results[1], results[0]);
});
