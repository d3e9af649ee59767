import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostMatrix } from "../matrix.ts";
import { squaredDistance } from "../distances.ts";
import { random } from "../random.ts";
import { useBackend } from "../backend.ts";
import { assertAllClose, assertNoLeak } from "../testing/mod.ts";
import { openPlusPlus } from "./plus_plus.ts";

await useBackend("cpu");

const problem = fc.record({
  n: fc.integer({ min: 2, max: 30 }),
  d: fc.integer({ min: 1, max: 19 }),
  magnitude: fc.constantFrom(1e-20, 1, 1e20),
  offset: fc.constantFrom(0, 100),
  seed: fc.integer({ min: 0, max: 99 }),
  weighted: fc.boolean(),
});

Deno.test("openPlusPlus() property: potentials equal plain float64", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ n, d, magnitude, offset, seed, weighted }) => {
      const source = random(seed);
      const values = Float32Array.from(
        { length: n * d },
        () => magnitude * (offset + source.normal()),
      );
      const x: HostMatrix = { values, shape: [n, d] };
      const weights = weighted
        ? Float64Array.from({ length: n }, () => source.integer(3))
        : undefined;
      using session = openPlusPlus(x, weights);
      const closest = new Float64Array(n).fill(Infinity);
      await session.accept(0, closest);
      const toFirst = closest.map((_, i) => squaredDistance(x, i, x, 0));
      assertAllClose(closest, toFirst, { rtol: 1e-4 });
      assert.equal(closest[0], 0);
      const rows = new Uint32Array([1, n - 1]);
      const { potentials } = await session.candidates(rows, closest);
      const expected = [...rows].map((row) =>
        toFirst.reduce(
          (sum, distance, i) =>
            sum + (weights?.[i] ?? 1) * Math.min(distance, squaredDistance(x, i, x, row)),
          0,
        )
      );
      assertAllClose(potentials, expected, { rtol: 1e-4 });
    }),
    { seed: 1, numRuns: 100 },
  );
});

Deno.test("openPlusPlus() finds a distance of 0 between equal rows far from the others", async () => {
  const values = new Float32Array([1e6 + 0.5, 3, 1e6 + 0.5, 3, -1e6, 0]);
  using session = openPlusPlus({ values, shape: [3, 2] });
  const closest = new Float64Array(3).fill(Infinity);
  await session.accept(0, closest);
  assert.equal(closest[1], 0);
});

Deno.test("openPlusPlus() accepts a row that was a candidate and one that was not alike", async () => {
  const x: HostMatrix = { values: new Float32Array([0, 1, 8, 9]), shape: [4, 1] };
  using session = openPlusPlus(x);
  const tried = new Float64Array(4).fill(Infinity);
  await session.candidates(new Uint32Array([1, 3]), tried);
  await session.accept(3, tried);
  const untried = new Float64Array(4).fill(Infinity);
  await session.accept(0, new Float64Array(4));
  await session.accept(3, untried);
  assert.deepEqual(tried, untried);
});

Deno.test("openPlusPlus() leaves no tensor behind", async () => {
  await assertNoLeak(async () => {
    using session = openPlusPlus({ values: new Float32Array(12), shape: [4, 3] });
    await session.accept(1, new Float64Array(4));
  });
});
