import assert from "node:assert/strict";
import fc from "fast-check";
import { float64Product } from "../mod.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { testRounds } from "../testing/mod.ts";

const shapes = fc.record({
  m: fc.integer({ min: 1, max: 47 }),
  n: fc.integer({ min: 1, max: 35 }),
  k: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 505, max: 530 })),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  lower: fc.boolean(),
  triangle: fc.boolean(),
  scale: fc.constantFrom(1, 1e-150, 1e120),
});

function values(size: number, scale: number, phase: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => scale * Math.sin(i * 1.7 + phase));
}

conform("MixtapeFloat64Product", "is exact but for float64 rounding, whatever the shape", () => {
  const property = fc.property(shapes, ({ scale, triangle, ...shape }) => {
    const { m, n, k, transposeA, transposeB, lower } = shape;
    const a = values(m * k + 3, scale, 0);
    const b = values(k * n + 3, 1, 1);
    const atB = (step: number, column: number) =>
      transposeB ? column * k + step : step * n + column;
    for (let column = 0; triangle && column < n; column++) {
      for (let step = column + 1; step < k; step++) b[atB(step, column)] = 0;
    }
    const product = float64Product({ ...shape, a, b });
    assert.equal(product.length, m * n);
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < (lower ? Math.min(n, row + 1) : n); column++) {
        let [sum, size] = [0, 0];
        for (let step = 0; step < k; step++) {
          const term = a[transposeA ? step * m + row : row * k + step] * b[atB(step, column)];
          sum += term;
          size += Math.abs(term);
        }
        const error = Math.abs(product[row * n + column] - sum);
        assert.ok(error <= 2 ** -51 * Math.sqrt(k + 3) * size, `[${row}, ${column}]: ${error}`);
      }
    }
  });
  fc.assert(property, { numRuns: testRounds(60), seed: 3 });
});

conform(
  "MixtapeFloat64Product",
  "adds to other numbers in place, below the diagonal if no others are needed",
  () => {
    const property = fc.property(shapes, ({ scale, triangle: _, ...shape }) => {
      const { m, n, k, lower } = shape;
      const [a, b] = [values(m * k, scale, 0), values(k * n, 1, 1)];
      const before = values(m * n, scale, 2);
      const addTo = before.slice();
      assert.equal(float64Product({ ...shape, a, b, addTo }), addTo);
      const product = float64Product({ ...shape, a, b });
      for (let row = 0; row < m; row++) {
        for (let column = 0; column < n; column++) {
          const at = row * n + column;
          const added = lower && column > row ? 0 : product[at];
          const error = Math.abs(addTo[at] - before[at] - added);
          assert.ok(
            error <= (added === 0 ? 0 : 2 ** -48 * k * scale),
            `[${row}, ${column}]: ${error}`,
          );
        }
      }
    });
    fc.assert(property, { numRuns: testRounds(60), seed: 4 });
  },
);

conform("MixtapeFloat64Product", "multiplies numbers by themselves, as by a copy of them", () => {
  const [m, k] = [83, 517];
  const a = values(m * k, 1, 0);
  const size = { m, n: m, k, transposeB: true };
  assert.deepEqual(
    float64Product({ ...size, a, b: a }),
    float64Product({ ...size, a, b: a.slice() }),
  );
});

conform("MixtapeFloat64Product", "gives a row the same bits whatever rows are beside it", () => {
  const [m, n, k] = [203, 61, 530];
  const [a, b] = [values(m * k, 1, 0), values(n * k, 1, 1)];
  const together = float64Product({ a, b, m, n, k, transposeB: true });
  for (const row of [0, 4, 101, 202]) {
    const own = a.subarray(row * k, (row + 1) * k);
    const alone = float64Product({ a: own, b, m: 1, n, k, transposeB: true });
    assert.deepEqual(alone, together.slice(row * n, (row + 1) * n));
  }
});

conformThreads("MixtapeFloat64Product", () => {
  const [m, n, k] = [203, 131, 517];
  return float64Product({ a: values(m * k, 1, 0), b: values(n * k, 1, 1), m, n, k });
});
