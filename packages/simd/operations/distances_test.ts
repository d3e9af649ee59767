import { assertAllClose } from "@mixtape/tensor-utils/testing";
import type { MatrixValues } from "@mixtape/operations";
import assert from "node:assert/strict";
import { SimdRuntime } from "../runtime.ts";
import { guardMemory } from "../testing/guard_memory.ts";
import { openDistanceSums } from "./distance_sums.ts";
import { measureDistances } from "./distances.ts";
import { now, withoutTurns } from "../testing/now.ts";

withoutTurns();

guardMemory();
const backend = { runtime: new SimdRuntime({ threads: 1, shared: true, relaxed: true }) };

/** Values between 0 and 200, of any kind of number. */
const value = (i: number) => 100 + 100 * Math.sin(i * i * 0.37);

function plainDistances(
  x: MatrixValues,
  points: MatrixValues,
  d: number,
): Float64Array {
  const k = points.length / d;
  return Float64Array.from({ length: x.length / d * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    return Math.hypot(...Array.from({ length: d }, (_, p) => x[i * d + p] - points[j * d + p]));
  });
}

Deno.test("MixtapeDistances measures rows at the edges of tiles and blocks, of any kind of number", () => {
  for (const array of [Uint8Array, Float32Array, Float64Array]) {
    for (const n of [1, 5, 6, 7, 23, 24, 25, 53]) {
      for (const [d, k] of [[1, 1], [2, 3], [3, 4], [4, 5], [7, 9]]) {
        const x = new array(n * d).map((_, i) => value(i));
        const points = Float64Array.from({ length: k * d }, (_, i) => value(i + 0.3));
        // One point is a row.
        points.set(x.subarray(0, d));
        const attrs = { x: { values: x, shape: [n, d] as const }, points, k };
        const { values, undecided } = now(measureDistances({ inputs: {}, attrs, backend }));
        const rtol = array === Float32Array ? 2 ** -23 : 1e-12;
        assertAllClose(values, plainDistances(x, points, d), { rtol });
        assert.deepEqual([values[0], undecided], [0, 0]);
      }
    }
  }
});

Deno.test("MixtapeDistances counts what it cannot decide, in every stage of rows", () => {
  // A stage holds a mebibyte of distances.
  const [n, k] = [3000, 100];
  const x = Float64Array.from({ length: n }, (_, i) => value(i));
  for (const i of [0, 1295, 1296, 2999]) x[i] = NaN;
  const points = Float64Array.from({ length: k }, (_, i) => value(i + 0.3));
  const attrs = { x: { values: x, shape: [n, 1] as const }, points, k };
  const { values, undecided } = now(measureDistances({ inputs: {}, attrs, backend }));
  assert.equal(undecided, 4 * k);
  assertAllClose(values, plainDistances(x, points, 1), { rtol: 1e-12 });
});

Deno.test("MixtapeDistances hands back the rows that it read if work is long and one is undecided", () => {
  for (const [n, d, k] of [[4000, 200, 100], [4, 3000, 1000]]) checkAsRead(n, d, k);
});

function checkAsRead(n: number, d: number, k: number): void {
  const x = Float32Array.from({ length: n * d }, (_, i) => value(i));
  x[3 * d + 5] = NaN;
  const points = Float64Array.from({ length: k * d }, (_, i) => value(i + 0.3));
  const attrs = { x: { values: x, shape: [n, d] as const }, points, k };
  const { values, undecided, asRead } = now(measureDistances({ inputs: {}, attrs, backend }));
  assert.equal(undecided, k);
  assert.notEqual(asRead, x);
  assert.deepEqual(asRead, x);
  const last = x.subarray((n - 1) * d);
  const expected = plainDistances(last, points, d);
  assertAllClose(values.subarray((n - 1) * k), expected, { rtol: 2 ** -23 });
}

/** Distances of all pairs of rows: every row is a cluster. */
function pairDistances(values: Float64Array, n: number): Float64Array {
  const labelings = [{ labels: Int32Array.from({ length: n }, (_, i) => i), clusters: n }];
  const x = { values, shape: [n, values.length / n] as const };
  const session = openDistanceSums({ inputs: {}, attrs: { x, labelings }, backend });
  while (session.advance());
  const [sums] = session.sums();
  session[Symbol.dispose]();
  return sums;
}

Deno.test("MixtapeDistanceSums gives a pair the same bits whatever lies beside it, of any size", () => {
  const [n, d] = [70, 9];
  const values = Float64Array.from({ length: n * d }, (_, i) => value(i));
  const apart = pairDistances(values, n);
  // A row onto its neighbour, in the panel of four that both are in: the pair is measured in another way.
  const tied = values.slice();
  tied.copyWithin(5 * d, 4 * d, 5 * d);
  const together = pairDistances(tied, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== 5 && j !== 5) assert.equal(together[i * n + j], apart[i * n + j]);
    }
  }
  assert.equal(together[4 * n + 5], 0);
  for (const unit of [2 ** -455, 2 ** -470, 2 ** -700, 2 ** -735, 2 ** -745, 2 ** -990]) {
    const small = pairDistances(values.map((one) => one * unit), n);
    assertAllClose(small.map((one) => one / unit), apart, { rtol: 1e-12 });
  }
});
