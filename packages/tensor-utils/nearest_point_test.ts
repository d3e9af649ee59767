import assert from "node:assert/strict";
import fc from "fast-check";
import { distance } from "./distances.ts";
import { nearest } from "./operations/nearest.ts";
import { useBackend } from "./backend.ts";
import { nearestPoint } from "./nearest_point.ts";
import { timesPowerOfTwo } from "./power_of_two.ts";

const coordinate = fc.integer({ min: -40, max: 40 });
const problem = fc.record({
  rows: fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 6 }),
  points: fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 }),
  exponents: fc.array(fc.constantFrom(0, 1000, 700, 511, 300, -511, -600, -1000, -1060), {
    minLength: 6,
    maxLength: 6,
  }),
});

const squared = ([a, b]: number[], [c, e]: number[]) => (a - c) ** 2 + (b - e) ** 2;

Deno.test("nearestPoint() and distance() property: the same at any scale", () => {
  fc.assert(
    fc.property(problem, ({ rows, points, exponents }) => {
      const all = points.map((point) => squared(rows[0], point));
      const lowest = Math.min(...all);
      const [exponent] = exponents;
      const scale = (values: number[]) =>
        Float64Array.from(values, (value) => timesPowerOfTwo(value, exponent));
      const [row, scaled] = [scale(rows[0]), scale(points.flat())];
      const found = nearestPoint(row, scaled);
      assert.equal(found.label, all.indexOf(lowest));
      assert.equal(found.squaredDistance, timesPowerOfTwo(lowest, 2 * exponent));
      const length = distance(
        { values: row, shape: [1, 2] },
        0,
        { values: scaled, shape: [points.length, 2] },
        0,
      );
      assert.equal(length, timesPowerOfTwo(Math.sqrt(all[0]), exponent));
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("nearestPoint() leaves out what is missing, and takes the first of equals", () => {
  const points = Float64Array.of(1e200, 0, 2e200, 5e200, 2e200, 5e200);
  assert.equal(nearestPoint([2e200, NaN], points, [0, 1]).label, 1);
  assert.deepEqual(nearestPoint([7, 7], points, [1, 1]), { label: 0, squaredDistance: 0 });
  const far = nearestPoint([1.7e308], Float64Array.of(-1.7e308, -1.6e308));
  assert.deepEqual(far, { label: 1, squaredDistance: Infinity });
  const farthest = nearestPoint([Number.MAX_VALUE], Float64Array.of(-(2 ** 1000)));
  assert.deepEqual(farthest, { label: 0, squaredDistance: Infinity });
  // Far from the origin and near each other.
  const near = nearestPoint([2 ** 1001, 1], Float64Array.of(2 ** 1001, 5, 2 ** 1001, 4));
  assert.deepEqual(near, { label: 1, squaredDistance: 9 });
  assert.equal(nearestPoint([1e-323], Float64Array.of(0, 1.5e-323)).label, 1);
});

for (const backend of ["cpu", "simd"] as const) {
  Deno.test(`nearest() property: each row has the nearest point at its own scale, on ${backend}`, async () => {
    await useBackend(backend);
    await fc.assert(
      fc.asyncProperty(problem, async ({ rows, points, exponents }) => {
        const values = rows.flatMap((row, i) =>
          row.map((value) => timesPowerOfTwo(value, exponents[i % exponents.length]))
        );
        // At odd counts one point of each scale is among them, at even ones all are ordinary.
        const scales = points.length % 2 === 0 ? [0, 300] : [1000, 300, 0, -600, -1000];
        const centroids = Float64Array.from([
          ...points.flatMap((point, j) =>
            point.map((value) =>
              timesPowerOfTwo(value, scales[(j + exponents[0] ** 2) % scales.length])
            )
          ),
          ...scales.flatMap((exponent) => [3, -5].map((value) => timesPowerOfTwo(value, exponent))),
        ]);
        const k = centroids.length / 2;
        const x = { values: Float64Array.from(values), shape: [rows.length, 2] } as const;
        const { labels, distances } = await nearest(x, centroids, k);
        rows.forEach((_, i) => {
          const one = nearestPoint(x.values.subarray(2 * i, 2 * i + 2), centroids);
          assert.equal(labels[i], one.label);
          assert.equal(distances[i], one.squaredDistance);
        });
      }),
      { seed: 2, numRuns: 300 },
    );
  });
}
