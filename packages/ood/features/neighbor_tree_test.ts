import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { buildNeighborTree, type NeighborTree, neighborTreeState } from "./neighbor_tree.ts";

const source = random(testSeed());

/** Points whose widest axis is another one in each part, with many equal coordinates. */
function pointsOf(n: number, d: number): Float32Array {
  return Float32Array.from(
    { length: n * d },
    (_, at) => at % 3 === 0 ? source.integer(9) : source.normal() * (1 + at % d),
  );
}

const rowsOf = (points: Float32Array, d: number) =>
  Array.from({ length: points.length / d }, (_, i) => points.subarray(i * d, (i + 1) * d));

// Leaves hold at most 128 points; boxes bound at most 10 axes.
for (
  const [n, d, parts] of [
    [1, 2, 1],
    [128, 9, 1],
    [129, 10, 3],
    [256, 11, 3],
    [257, 12, 7],
    [700, 3, 15],
    [1024, 1, 15],
    [1025, 4, 31],
  ]
) {
  Deno.test(`buildNeighborTree() halves ${n} points of ${d} axes along the widest axis, in ${parts} parts`, () => {
    const points = pointsOf(n, d);
    const tree = buildNeighborTree(points, d);
    const { starts, ends, boxes, boxAxes } = tree;
    assert.deepEqual([tree.dimensions, boxAxes, starts.length], [d, Math.min(d, 10), parts]);
    const sorted = (rows: Float32Array[]) => rows.map(String).sort();
    assert.deepEqual(sorted(rowsOf(tree.points, d)), sorted(rowsOf(points, d)));
    assert.deepEqual([starts[0], ends[0]], [0, n]);
    for (let part = 0; part < parts; part++) {
      const rows = rowsOf(tree.points, d).slice(starts[part], ends[part]);
      const axis = (j: number) => rows.map((row) => row[j]);
      const lowest = Array.from({ length: boxAxes }, (_, j) => Math.min(...axis(j)));
      const highest = lowest.map((_, j) => Math.max(...axis(j)));
      const box = [...boxes.subarray(part * 2 * boxAxes, (part + 1) * 2 * boxAxes)];
      assert.deepEqual(box, [...lowest, ...highest]);
      const [left, right] = [2 * part + 1, 2 * part + 2];
      if (right >= parts) {
        assert.ok(rows.length <= 128);
        continue;
      }
      const middle = starts[part] + Math.floor(rows.length / 2);
      assert.deepEqual([starts[left], ends[left]], [starts[part], middle]);
      assert.deepEqual([starts[right], ends[right]], [middle, ends[part]]);
      const widths = highest.map((high, j) => high - lowest[j]);
      const widest = axis(widths.indexOf(Math.max(...widths)));
      const half = middle - starts[part];
      assert.ok(Math.max(...widest.slice(0, half)) <= Math.min(...widest.slice(half)));
    }
  });
}

Deno.test("neighborTreeState takes the trees that are built, and no other parts or boxes", () => {
  const tree = buildNeighborTree(pointsOf(300, 12), 12);
  const check = (changes: Partial<NeighborTree>) =>
    neighborTreeState.check({ ...tree, ...changes }, "state.tree", new Map());
  assert.deepEqual(check({}), tree);
  const other = (values: Float64Array, at: number) => {
    const copy = values.slice();
    copy[at] += 1;
    return copy;
  };
  for (const at of [0, 9, 10, 19, 20, tree.boxes.length - 1]) {
    assert.throws(
      () => check({ boxes: other(tree.boxes, at) }),
      /^RangeError: Cannot use state\.tree: boxes are not those of its points$/,
    );
  }
  assert.throws(
    () => check({ starts: Uint32Array.of(0, 0, 150, 0, 76, 150, 225) }),
    /^RangeError: Cannot use state\.tree: starts are not those of 300 points, split in halves$/,
  );
  const ends = tree.ends.slice();
  ends[4] -= 1;
  assert.throws(() => check({ ends }), /: ends are not those of 300 points, split in halves$/);
  const narrow = buildNeighborTree(pointsOf(300, 9), 9);
  assert.throws(
    () => check({ boxAxes: 9, boxes: narrow.boxes }),
    /: boxAxes is 9, 10 is needed$/,
  );
});
