import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import fc from "fast-check";
import { gapTest } from "./distance_gap.ts";
import { nearDuplicates, type NearPair } from "./mod.ts";
import { identicalRows } from "./identical_rows.ts";
import { openRowSearch } from "./row_search.ts";

function normals(seed: number, n: number, d: number): number[][] {
  const source = random(seed);
  return Array.from({ length: n }, () => Array.from({ length: d }, () => source.normal()));
}

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, j) => value - b[j]));

const pairsOf = (pairs: readonly NearPair[]) => pairs.map(({ row, other }) => [row, other]);

/** Rows of which some are copies, exact ones and others with noise. */
const copied = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  n: fc.integer({ min: 20, max: 90 }),
  d: fc.integer({ min: 1, max: 12 }),
  copies: fc.integer({ min: 0, max: 8 }),
  noise: fc.constantFrom(0, 1e-9, 1e-4, 0.01),
}).map(({ seed, n, d, copies, noise }) => {
  const x = normals(seed, n, d);
  const source = random(seed + 1);
  for (let copy = 0; copy < copies; copy++) {
    x.push(x[source.integer(x.length)].map((value) => value + noise * source.normal()));
  }
  return x;
});

/** The same by all distances, one by one. */
function plainly(x: readonly (readonly number[])[]) {
  const identical = x.map((row, at) => x.findIndex((other) => distance(row, other) === 0) - at)
    .map((off, at) => off === 0 ? -1 : off + at);
  const rows = [...x.keys()].filter((row) => identical[row] === -1);
  const near = rows.map((row) =>
    rows.filter((other) => other !== row)
      .map((other) => ({ other, distance: distance(x[row], x[other]) }))
      .sort((a, b) => a.distance - b.distance)
  );
  const spacings = near.map((list) =>
    list.slice(0, 29).map((one, j) => (j + 1) * Math.log(list[j + 1]?.distance / one.distance))
      .filter((spacing) => !Number.isNaN(spacing))
  );
  const middle = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[values.length >> 1];
  const usual = middle(near.map((list) => list[5].distance));
  const spacing = middle(spacings.flatMap((list) => list.slice(0, 5))) / Math.LN2;
  const tests = spacings.map((list) => {
    const others = list.slice(5);
    const sum = others.reduce((a, b) => a + b);
    const first = list.slice(0, 5);
    const largest = Math.max(...first);
    const local = (1 + largest / sum) ** -others.length;
    const p = Math.min(1, 5 * Math.max(local, Math.exp(-largest / spacing)));
    return { p, before: first.indexOf(Math.max(...first)) + 1 };
  });
  const pairs = new Set<string>();
  const order = [...rows.keys()].sort((a, b) => tests[a].p - tests[b].p);
  for (const [rank, at] of order.entries()) {
    if (near[at][0].distance > usual / 10) continue;
    if (tests[at].p * (rows.length - rank) > 0.05) break;
    for (const { other, distance } of near[at].slice(0, tests[at].before)) {
      if (distance <= usual / 10) pairs.add([rows[at], other].sort((a, b) => a - b).join());
    }
  }
  return { identical, pairs, usual };
}

Deno.test("nearDuplicates() finds what comparing all rows finds", async () => {
  await fc.assert(
    fc.asyncProperty(copied, async (x) => {
      const { identical, pairs, usual } = await nearDuplicates(x);
      const plain = plainly(x);
      assert.deepEqual([...identical], plain.identical);
      assertAllClose([usual], [plain.usual], { rtol: 1e-12 });
      assert.deepEqual(new Set(pairsOf(pairs).map((pair) => pair.join())), plain.pairs);
      for (const pair of pairs) {
        assertAllClose([pair.distance], [distance(x[pair.row], x[pair.other])], { rtol: 1e-9 });
      }
    }),
    { seed: testSeed(), numRuns: 40 },
  );
});

Deno.test("nearDuplicates() finds planted copies, in groups too, and leads each to its first row", async () => {
  for (const d of [4, 30]) {
    const x = normals(testSeed(), 300, d);
    const near = (row: number) => x[row].map((value) => value + 1e-6 * Math.sin(value * 1e4));
    x.push(near(10), near(20), [...x[30]], near(40));
    x.push(near(303)); // a copy of the copy of 40
    const { pairs, originals, identical } = await nearDuplicates(x);
    const expected = [[10, 300], [20, 301], [40, 303], [40, 304], [303, 304]];
    assert.deepEqual(pairsOf(pairs).sort((a, b) => a[0] - b[0] || a[1] - b[1]), expected);
    assert.deepEqual(
      [...originals].flatMap((first, row) => first === -1 ? [] : [[row, first]]),
      [[300, 10], [301, 20], [302, 30], [303, 40], [304, 40]],
    );
    assert.equal(identical.filter((row) => row !== -1).length, 1);
    assert(pairs.every(({ adjusted }) => adjusted <= 0.05));
  }
});

Deno.test("nearDuplicates() pairs rows no farther apart than a tenth of what is usual, in a group too", async () => {
  const x = normals(5, 200, 8);
  const [from] = x;
  // The usual distance is 2.2: the ends of the three are too far apart, and the gap is behind them.
  for (const off of [0.15, 0.3]) x.push(from.map((value, j) => j === 0 ? value + off : value));
  const { pairs, usual } = await nearDuplicates(x);
  assert.ok(usual > 1.5 && usual < 3, `${usual}`);
  assert.deepEqual(pairsOf(pairs).sort((a, b) => a[1] - b[1]), [[0, 200], [200, 201]]);
});

Deno.test("nearDuplicates() tells rows apart that have one hash", async () => {
  const { identical } = await nearDuplicates([[-0.902559], [0.692191], [-0.902559]]);
  assert.deepEqual([...identical], [-1, -1, 0]);
});

Deno.test("nearDuplicates() names a pair among even rows in at most 5% of samples", async () => {
  const kinds: ((seed: number) => number[][])[] = [
    (seed) => normals(seed, 80, 1),
    (seed) => normals(seed, 80, 2),
    (seed) => normals(seed, 60, 8),
    // A curve, two clusters of unlike width, and a grid with many ties.
    (seed) => normals(seed, 80, 1).map(([t]) => [Math.sin(t), Math.cos(2 * t), t]),
    (seed) => normals(seed, 80, 3).map((row, i) => row.map((v) => i % 2 ? v / 50 : v + 9)),
    (seed) => normals(seed, 120, 2).map((row) => row.map((v) => Math.round(4 * v))),
  ];
  for (const [kind, draw] of kinds.entries()) {
    let alarms = 0;
    for (let run = 0; run < 60; run++) {
      const { pairs } = await nearDuplicates(draw(1000 * testSeed() + 100 * kind + run));
      if (pairs.length > 0) alarms++;
    }
    // 3 are expected at most; more than 11 have a probability of 2e-5.
    assert(alarms <= 11, `${alarms} of 60 of kind ${kind}`);
  }
});

Deno.test("nearDuplicates() names pairs whose adjusted p-value is at most the level, with seed 0", async () => {
  const x = normals(4, 90, 6);
  x.push(x[5].map((value) => value + 0.001));
  const found = await nearDuplicates(x);
  const [{ adjusted }] = found.pairs;
  assert.equal((await nearDuplicates(x, { alpha: adjusted })).pairs.length, 1);
  assert.equal((await nearDuplicates(x, { alpha: adjusted / 2 })).pairs.length, 0);
  assert.deepEqual(await nearDuplicates(x, { alpha: 0.05, seed: 0 }), found);
  await assert.rejects(nearDuplicates(x, { signal: AbortSignal.abort() }), { name: "AbortError" });
});

Deno.test("nearDuplicates() stops between two rows when it is told", async () => {
  const stop = new AbortController();
  const search = nearDuplicates(normals(1, 6000, 12), { signal: stop.signal });
  setTimeout(() => stop.abort(), 20);
  await assert.rejects(search, { name: "AbortError" });
});

Deno.test("nearDuplicates() looks at its signal before it searches for any row", async () => {
  const { signal } = new AbortController();
  const look = signal.throwIfAborted.bind(signal);
  let looks = 0;
  signal.throwIfAborted = () => {
    looks++;
    look();
  };
  await nearDuplicates(normals(1, 500, 3), { signal });
  // A hundred rows that tell the usual distance, and all rows.
  assert.ok(looks >= 600, `${looks}`);
});

Deno.test("nearDuplicates() does not depend on scale, place and order", async () => {
  const x = normals(3, 120, 5);
  x.push(x[5].map((value) => value + 1e-7));
  const { pairs } = await nearDuplicates(x);
  assert.deepEqual(pairsOf(pairs), [[5, 120]]);
  for (const factor of [2 ** -600, 2 ** 40, 2 ** 700]) {
    const scaled = await nearDuplicates(x.map((row) => row.map((value) => value * factor)));
    assert.deepEqual(pairsOf(scaled.pairs), [[5, 120]], `${factor}`);
    assertAllClose([scaled.pairs[0].distance / factor], [pairs[0].distance], { rtol: 1e-9 });
  }
  const turned = await nearDuplicates(x.toReversed());
  assert.deepEqual(pairsOf(turned.pairs), [[0, 115]]);
  assert.equal(turned.pairs[0].adjusted, pairs[0].adjusted);
});

Deno.test("nearDuplicates() looks for equal rows only where there are few, and takes −0 for 0", async () => {
  const few = await nearDuplicates([[0, 1], [1, 2], [-0, 1], [5, 1 + 1e-12]]);
  assert.deepEqual([...few.identical], [-1, -1, 0, -1]);
  assert.deepEqual([few.pairs, Number.isNaN(few.usual)], [[], true]);
  await assert.rejects(nearDuplicates([[1]]), RangeError);
  await assert.rejects(nearDuplicates([[1], [2]], { alpha: 1 }), /Cannot use alpha: 1 was given/);
});

Deno.test("gapTest() has evenly distributed p-values under its model, whatever the dimension", () => {
  const source = random(testSeed());
  for (const m of [1, 7]) {
    let [below, twice] = [0, 0];
    for (let run = 0; run < 2000; run++) {
      // Volumes of balls that hold so many points of a Poisson process.
      let volume = 0;
      const distances = Array.from({ length: 30 }, () => {
        volume -= Math.log(1 - source.next());
        return volume ** (1 / m);
      });
      const { pValue } = gapTest(distances, 0);
      if (pValue <= 0.05) below++;
      if (pValue <= 0.01) twice++;
    }
    // Bonferroni for five gaps costs little at small p-values: 96 and 20 of 2,000 are expected.
    assert(below > 60 && below < 140, `${below} of 2,000 at 5%, m = ${m}`);
    assert(twice > 5 && twice < 40, `${twice} of 2,000 at 1%, m = ${m}`);
  }
});

Deno.test("gapTest() takes rows at one distance for no measure of gaps", () => {
  assert.deepEqual(gapTest([1, 1, ...Array(10).fill(2)], 0), { pValue: 1, before: 2 });
  // The first rows at one distance, and no spacing that is usual.
  assert.deepEqual(gapTest([1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6], 0), { pValue: 1, before: 1 });
});

Deno.test("openRowSearch() finds the nearest rows, and only those within a distance", async () => {
  const seed = testSeed();
  for (const [n, d] of [[1, 2], [40, 1], [400, 3], [150, 14]]) {
    const x = normals(seed, n, d);
    const search = await openRowSearch({ values: Float64Array.from(x.flat()), shape: [n, d] });
    for (const row of [0, n >> 1, n - 1]) {
      const all = x.map((other, at) => ({ at, distance: distance(x[row], other) }))
        .filter(({ at }) => at !== row).sort((a, b) => a.distance - b.distance);
      const expected = all.slice(0, 7);
      const found = await search.nearest(row, 7);
      assert.deepEqual(found.rows, expected.map(({ at }) => at));
      assertAllClose(found.distances, expected.map(({ distance }) => distance), { rtol: 1e-12 });
      if (n < 5) continue;
      const within = await search.nearest(row, 7, (all[2].distance + all[3].distance) / 2);
      assert.deepEqual(within.rows, found.rows.slice(0, 3));
    }
  }
});

Deno.test("identicalRows() finds the first of equal rows among more than it looks at at once", async () => {
  const n = 40_000;
  const values = Float64Array.from({ length: n }, (_, row) => row % 25_000);
  const identical = await identicalRows({ values, shape: [n, 1] });
  assert.ok(identical.every((first, row) => first === (row < 25_000 ? -1 : row - 25_000)));
});
