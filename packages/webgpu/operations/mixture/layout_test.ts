import assert from "node:assert/strict";
import { columnsOf, givenRoundsOf, mostWorkersOf, roundsOf, runsOf, sizesOf } from "./layout.ts";

const sizes = sizesOf(columnsOf(25, { block: "matrix", shared: false }), 20, 2 ** 27);

for (const [name, divide] of Object.entries({ roundsOf, givenRoundsOf })) {
  Deno.test(`${name}() takes every block of every part once, in order, within the buffers`, () => {
    for (const parts of [[1], [469], [512, 1], [300, 700], [700, 700, 20], [100_000]]) {
      for (const mostShares of [3, 450, 1e6]) {
        const tight = { ...sizes, mostBlocks: 7, mostWorkers: 600, mostShares };
        const most = mostWorkersOf(parts, tight);
        const next = parts.map(() => 0);
        for (const launches of divide(parts, tight)) {
          assert.ok(launches.reduce((sum, { workers }) => sum + workers, 0) <= most.ofRound);
          for (const { part, first, blocks, share, workers } of launches) {
            assert.equal(first, next[part]);
            next[part] += blocks;
            assert.ok(share <= 7 && workers * share >= blocks && (workers - 1) * share < blocks);
            assert.ok(workers <= most.ofLaunch && most.ofRound <= 600);
            assert.ok(divide === roundsOf || blocks <= mostShares);
          }
        }
        assert.deepEqual(next, parts);
      }
    }
  });
}

Deno.test("roundsOf() takes data of a million rows in one round", () => {
  assert.equal(roundsOf([8000], sizes).length, 1);
});

Deno.test("runsOf() cuts parts into runs", () => {
  assert.deepEqual(runsOf([5, 2], 2), [
    { part: 0, first: 0, blocks: 2 },
    { part: 0, first: 2, blocks: 2 },
    { part: 0, first: 4, blocks: 1 },
    { part: 1, first: 0, blocks: 2 },
  ]);
});

Deno.test("sizesOf() allows no block where one would take too many turns", () => {
  const wide = columnsOf(280, { block: "matrix", shared: false });
  assert.equal(sizesOf(wide, 10, 2 ** 27).mostBlocks, 0);
  assert.ok(sizesOf(wide, 2, 2 ** 27).mostBlocks > 0);
});
