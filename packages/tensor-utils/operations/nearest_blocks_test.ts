import assert from "node:assert/strict";
import { useBackend } from "../backend.ts";
import type { HostMatrix } from "../matrix.ts";
import { assertNoLeak } from "../testing/mod.ts";
import { RowBlocks, squaredDistanceWithin } from "./nearest_blocks.ts";

await useBackend("cpu");

function matrix(values: number[], d = 1): HostMatrix {
  return { values: Float64Array.from(values), shape: [values.length / d, d] };
}

Deno.test("RowBlocks holds rows about their mean, at most 1 wide, and their lengths", async () => {
  await assertNoLeak(async () => {
    using blocks = new RowBlocks(matrix([1, -2, 3, -2, 8, -2], 2), 1);
    assert.equal(blocks.scale, 1 / 4);
    assert.deepEqual([...blocks.squaredNorms], [9 / 16, 1 / 16, 1]);
    assert.deepEqual([...blocks.normalize(Float64Array.of(0, 2, 12, -6))], [-1, 1, 2, -1]);
    const seen: unknown[] = [];
    await blocks.forEach(
      (rows, norms) => [rows.clone(), norms.clone()],
      (start, end, rows, norms) => seen.push(start, end, [...rows], [...norms]),
    );
    assert.deepEqual(seen, [0, 3, [-0.75, 0, -0.25, 0, 1, 0], [0.75, 0.25, 1]]);
  });
});

Deno.test("RowBlocks scales by the power of two that leads to between 1/2 and 1, where that is in float64", () => {
  const scaleOf = (largest: number) => {
    using blocks = new RowBlocks(matrix([-largest, largest]), 1);
    return blocks.scale;
  };
  assert.deepEqual([5, 4, 2 ** -900, 2 ** 900].map(scaleOf), [1 / 8, 1 / 4, 2 ** 900, 2 ** -900]);
  assert.deepEqual([0, 1e-300, 1e300].map(scaleOf), [1, 1, 1]);
  using first = new RowBlocks(matrix([-8, 4, 4]), 1);
  assert.equal(first.scale, 1 / 8);
});

Deno.test("RowBlocks divides rows into blocks of 16 MiB", async () => {
  const bounds = async (n: number, widest: number) => {
    using blocks = new RowBlocks(matrix(Array.from({ length: n }, (_, i) => i)), widest);
    const seen: number[][] = [];
    await blocks.forEach((...all) => all.map((one) => one.clone()), (start, end, rows, norms) => {
      assert.equal(rows.length, end - start);
      assert.deepEqual(norms, rows.map(Math.abs));
      assert.equal(rows[0], (start - (n - 1) / 2) * blocks.scale);
      seen.push([start, end]);
    });
    return seen;
  };
  assert.deepEqual(await bounds(33, 2 ** 18), [[0, 16], [16, 32], [32, 33]]);
  assert.deepEqual(await bounds(16, 2 ** 18), [[0, 16]]);
  assert.deepEqual(await bounds(2, 2 ** 23), [[0, 1], [1, 2]]);
});

Deno.test("squaredDistanceWithin() adds up all columns, unless 64 of them exceed the limit", () => {
  const d = 130;
  const x = matrix([...Array(d).fill(9), ...Array(d).fill(3)], d);
  const points = Float64Array.from({ length: 2 * d }, (_, at) => at < d ? 7 : 1);
  const within = (limit?: number) => squaredDistanceWithin(x, 1, points, 1, limit);
  assert.equal(within(), 4 * 130);
  assert.equal(within(4 * 130), 4 * 130);
  assert.equal(within(4 * 64), 4 * 128, "the limit itself is not exceeded");
  assert.equal(within(4 * 64 - 1), 4 * 64);
  assert.equal(squaredDistanceWithin(x, 0, points, 1), 64 * 130);
});
