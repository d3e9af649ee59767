import assert from "node:assert/strict";
import fc from "fast-check";
import { distance, squaredDistance, squaredDistances } from "./distances.ts";
import { logSumExp } from "./log_sum_exp.ts";
import { assertAllClose, normalMatrix } from "./testing/mod.ts";

Deno.test("squaredDistances() gives the same numbers whatever the block", () => {
  const size = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(size, size, size, size, (n, m, d, block) => {
      const x = normalMatrix(1, n, d), y = normalMatrix(2, m, d);
      const expected = [];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          let sum = 0;
          for (let p = 0; p < d; p++) sum += (x.values[i * d + p] - y.values[j * d + p]) ** 2;
          expected.push(sum);
        }
      }
      const computed = [...squaredDistances(x, y, block)].flatMap(({ values }) => [...values]);
      assert.deepEqual(computed, expected);
    }),
    { seed: 1 },
  );
});

Deno.test("squaredDistances() yields blocks of about 2¹⁷ distances, the last one shorter", () => {
  const rows = (n: number) => ({ values: new Float32Array(n), shape: [n, 1] }) as const;
  const blocksOf = (n: number, m: number) =>
    [...squaredDistances(rows(n), rows(m))].map(({ start, end, values }) => {
      assert.equal(values.length, (end - start) * m);
      return [start, end];
    });
  assert.deepEqual(blocksOf(5, 2 ** 16), [[0, 2], [2, 4], [4, 5]]);
  assert.deepEqual(blocksOf(4, 2 ** 16 + 1), [[0, 1], [1, 2], [2, 3], [3, 4]]);
  assert.deepEqual(blocksOf(2, 2 ** 17 + 1), [[0, 1], [1, 2]]);
  assert.deepEqual(blocksOf(3, 0), [[0, 3]]);
  assert.deepEqual(blocksOf(2 ** 17 + 1, 1), [[0, 2 ** 17], [2 ** 17, 2 ** 17 + 1]]);
});

Deno.test("squaredDistance() and distance() measure one row of each matrix, at any scale", () => {
  for (const unit of [1, 2 ** 1020, 2 ** -1060]) {
    const [x, y] = [[7, 8, 1, 2, 9, 9], [5, 5, 9, 9, 4, 6]].map((values) =>
      ({ values: Float64Array.from(values, (value) => unit * value), shape: [3, 2] }) as const
    );
    assert.equal(distance(x, 1, y, 2), 5 * unit);
    assert.equal(distance(x, 1, y, 2, squaredDistance(x, 1, y, 2)), 5 * unit);
    assert.equal(distance(x, 2, y, 1), 0);
    assert.equal(squaredDistance(x, 1, y, 2), 25 * unit * unit);
  }
  const opposite = { values: Float64Array.of(8e307, -8e307), shape: [2, 1] } as const;
  assertAllClose([distance(opposite, 0, opposite, 1)], [1.6e308], { rtol: 1e-15 });
  const ends = { values: Float64Array.of(1.7e308, -1.7e308, 5e-324, 0), shape: [4, 1] } as const;
  assert.equal(distance(ends, 0, ends, 1), Infinity);
  assert.equal(distance(ends, 2, ends, 3), 5e-324);
});

Deno.test("squaredDistances() keeps small distances far from the origin", () => {
  const x = { values: new Float64Array([1e8 + 1]), shape: [1, 1] } as const;
  const y = { values: new Float64Array([1e8]), shape: [1, 1] } as const;
  assert.deepEqual([...squaredDistances(x, y)][0].values, new Float64Array([1]));
});

Deno.test("squaredDistances() refuses matrices of different widths", () => {
  assert.throws(
    () => [...squaredDistances(normalMatrix(1, 2, 3), normalMatrix(1, 2, 4))],
    {
      name: "RangeError",
      message: "Cannot compute distances: x has 3 columns and y has 4, the same number is needed",
    },
  );
});

Deno.test("logSumExp() neither overflows nor underflows", () => {
  assertAllClose([logSumExp([1000, 1000])], [1000 + Math.log(2)], { rtol: 1e-15 });
  assertAllClose([logSumExp([-1e5, -1e5 - 1])], [-1e5 + Math.log1p(Math.exp(-1))], { rtol: 1e-15 });
  assert.equal(logSumExp([]), -Infinity);
  assert.equal(logSumExp([-Infinity, 3]), 3);
  assert.equal(logSumExp([-Infinity, -Infinity]), -Infinity);
  assert.equal(logSumExp([1000, 0]), 1000);
  assert.equal(logSumExp([5, 1, 2000, 9], 1, 2), 1);
  assert.equal(logSumExp([2000, 1, -2000], 1), 1);
});
