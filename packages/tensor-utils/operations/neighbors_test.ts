import assert from "node:assert/strict";
import type { NeighborAttributes } from "@mixtape/operations";
import { useBackend } from "../backend.ts";
import { withKernel } from "../testing/with_kernel.ts";
import { openNeighbors } from "./neighbors.ts";
import { openReferenceNeighbors } from "./neighbors_reference.ts";

/** Gives the attributes and the factor of some queries that a kernel gets. */
async function factorsOf(
  points: readonly (readonly number[])[],
  k: number,
  queries: readonly (readonly number[])[],
): Promise<NeighborAttributes & { queryFactor: Float32Array }> {
  const d = points[0].length;
  let given: NeighborAttributes | undefined;
  let queryFactor = new Float32Array();
  let disposed = 0;
  const open = ({ attrs }: { attrs: NeighborAttributes }) => {
    given = attrs;
    return {
      kthDistances: (own: Float64Array, factor: Float32Array) => {
        assert.deepEqual([...own], queries.flat());
        queryFactor = factor as Float32Array<ArrayBuffer>;
        return Float64Array.of(7);
      },
      [Symbol.dispose]: () => void disposed++,
    };
  };
  await withKernel("MixtapeNeighbors", open, async () => {
    {
      using search = await openNeighbors(Float32Array.from(points.flat()), d, k);
      const more = Float64Array.from([...queries.flat(), 9]);
      assert.deepEqual(await search.kthDistances(more, queries.length), Float64Array.of(7));
    }
    assert.equal(disposed, 1);
  });
  return { ...given!, queryFactor };
}

/** A point of d coordinates with some that are not 0. */
function point(d: number, some: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: d }, (_, j) => some[j] ?? 0);
}

Deno.test("openNeighbors() gives points as leading coordinates, the length of the rest and half the square", async () => {
  const points = [point(65, { 0: 8, 64: 0.5 }), point(65, { 1: 2, 63: -1, 64: -0.25 })];
  const query = point(65, { 2: 3, 63: 4, 64: -0.75 });
  const { pointFactor, queryFactor, width, group, groups, doubt } = await factorsOf(points, 2, [
    query,
    point(65, { 0: 7, 64: 1 }),
  ]);
  assert.deepEqual([width, group, groups], [66, 4, 1]);
  assert.equal(doubt, 73 * 2 ** -23);
  assert.deepEqual([...pointFactor], [
    ...[...points[0].slice(0, 64), 0.5, -64.25 / 2],
    ...[...points[1].slice(0, 64), 0.25, -5.0625 / 2],
    ...[...point(65, {}), -8],
    ...[...point(65, {}), -8],
  ]);
  assert.deepEqual([...queryFactor], [
    ...query.slice(0, 64),
    0.75,
    1,
    ...point(64, { 0: 7 }),
    1,
    1,
  ]);
});

Deno.test("openNeighbors() takes 64 coordinates one by one, and 32 more while the rest holds more than 1/64", async () => {
  const leadingOf = async (points: number[][]) => (await factorsOf(points, 1, [])).width - 2;
  assert.equal(await leadingOf([point(64, { 0: 1 })]), 64);
  assert.equal(await leadingOf([point(140, { 0: 1 })]), 64);
  // 63 and 1 of 64 squares, the last of them in either half.
  const most = { 0: 7, 31: 3, 32: 2, 63: 1 };
  assert.equal(await leadingOf([point(140, most), point(140, { 64: 1 })]), 64);
  assert.equal(await leadingOf([point(140, { ...most, 130: 1 })]), 64);
  assert.equal(await leadingOf([point(140, { ...most, 64: 1, 95: 1 })]), 96);
  assert.equal(await leadingOf([point(140, { ...most, 64: 1, 96: 1 })]), 96);
  assert.equal(await leadingOf([point(140, { ...most, 96: 1, 97: 1 })]), 128);
  assert.equal(await leadingOf([point(140, { ...most, 130: 1, 139: 1 })]), 140);
});

Deno.test("openNeighbors() forms groups of up to 48 points, four of them for each neighbour", async () => {
  const groupsOf = async (n: number, k: number) => {
    const { group, groups, pointFactor } = await factorsOf(Array(n).fill([1]), k, []);
    assert.equal(pointFactor.length, 3 * group * groups);
    assert.deepEqual([...pointFactor.subarray(0, 3)], [1, 0, -0.5]);
    return [group, groups];
  };
  assert.deepEqual(await groupsOf(1, 1), [4, 1]);
  assert.deepEqual(await groupsOf(47, 1), [8, 6]);
  assert.deepEqual(await groupsOf(96, 2), [12, 8]);
  assert.deepEqual(await groupsOf(191, 1), [44, 5]);
  assert.deepEqual(await groupsOf(192, 1), [48, 4]);
  assert.deepEqual(await groupsOf(300, 1), [48, 7]);
});

/** Points on a line with scores that need not be theirs, so that what is measured can be told from what is not. */
function scored(points: number[], scores: number[], change: Partial<NeighborAttributes> = {}) {
  return openReferenceNeighbors({
    points: Float32Array.from(points),
    dimensions: 1,
    k: 2,
    pointFactor: Float32Array.from(scores),
    width: 1,
    group: 2,
    groups: scores.length / 2,
    doubt: 2 ** -5,
    ...change,
  });
}

Deno.test("openReferenceNeighbors() measures the best points of the best groups, and those that scores leave", async () => {
  await useBackend("cpu");
  // From 2, the best two are at 1/16 and 1/4: scores from (4 − 1/4) / 2 − 1/32 on may be nearer.
  const limit = 1.84375;
  const below = limit - 2 ** -20;
  const good = [2.25, 1.5];
  const kth = async (others: number[], scores: number[]) => {
    const points = [good[0], others[0], good[1], others[1], others[2]];
    using search = scored(points, [1.95, scores[0], 1.9, scores[1], scores[2], -8]);
    // A second query, whose scores are all better.
    return (await search.kthDistances(Float64Array.of(2, 2), Float32Array.of(1, 2)))[0];
  };
  assert.equal(await kth([2, 2, 2], [below, below, below]), 0.25);
  for (const at of [0, 1, 2]) {
    const scores = [below, below, below].with(at, limit);
    assert.equal(await kth([2, 2, 2], scores), 0.0625, `the score of ${at}`);
    assert.equal(await kth([9, 9, 9].with(at, 2), scores), 0.0625, `the point of ${at}`);
    assert.equal(await kth([2, 2, 2].with(at, 9), scores), 0.25, `the other points than ${at}`);
  }
});

Deno.test("openReferenceNeighbors() bounds distances from the origin by scores that are negative", async () => {
  await useBackend("cpu");
  // The best two are at 1/16 and 1/4: scores from −1/8 − 1/32 on may be nearer.
  for (const [score, expected] of [[-0.15625, 0.0625], [-0.15626, 0.25]]) {
    using search = scored([0.25, 9, 0.5, 9, 0], [-0.05, -9, -0.1, -9, score, -8]);
    assert.deepEqual([...await search.kthDistances(Float64Array.of(0), Float32Array.of(1))], [
      expected,
    ]);
  }
});

Deno.test("openReferenceNeighbors() measures each point once, whatever the scores", async () => {
  await useBackend("cpu");
  const points = [7, 6, 1, 5, 3];
  for (const scores of [[9, 9, 9, 9, 9, 9], [9, 8, 9, 8, 9, 8], [8, 9, 8, 9, 8, 9]]) {
    for (const k of [1, 2, 3, 4, 5]) {
      using search = scored(points, scores, { k });
      const found = await search.kthDistances(Float64Array.of(0), Float32Array.of(1));
      assert.deepEqual([...found], [[1, 3, 5, 6, 7][k - 1] ** 2]);
    }
  }
});

Deno.test("openReferenceNeighbors() searches for any number of queries", async () => {
  await useBackend("cpu");
  for (const rows of [255, 256, 257, 513]) {
    const queries = Float64Array.from({ length: rows }, (_, i) => i / 1024);
    using search = await openNeighbors(Float32Array.of(0, 1), 1, 2);
    const expected = queries.map((query) => (1 - query) ** 2);
    for (const [i, query] of queries.entries()) expected[i] = Math.max(expected[i], query ** 2);
    assert.deepEqual(await search.kthDistances(queries, rows), expected);
  }
});

Deno.test("openNeighbors() ends with the reason of its signal, and opens nothing then", async () => {
  const open = () => assert.fail("a session was opened");
  const signal = AbortSignal.abort(new TypeError("enough"));
  await withKernel("MixtapeNeighbors", open, async () => {
    await assert.rejects(
      openNeighbors(Float32Array.of(0, 1), 1, 1, signal),
      (error) => error === signal.reason,
    );
  });
});

Deno.test("openReferenceNeighbors() ends at the query before which its signal was aborted", async () => {
  await useBackend("cpu");
  using search = scored([0.25, 9, 0.5, 9, 0], [-0.05, -9, -0.1, -9, -1, -8]);
  const signal = AbortSignal.abort(new TypeError("enough"));
  await assert.rejects(
    async () => await search.kthDistances(Float64Array.of(0), Float32Array.of(1), signal),
    (error) => error === signal.reason,
  );
});
