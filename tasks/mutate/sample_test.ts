import assert from "node:assert/strict";
import { sampleEvenly } from "./sample.ts";

const lists = [Array.from({ length: 50 }, (_, i) => `a${i}`), ["b0", "b1"], [
  "c0",
  "c1",
  "c2",
  "c3",
]];

Deno.test("sampleEvenly() draws as many from each list, as far as they reach", () => {
  for (let seed = 0; seed < 100; seed++) {
    const drawn = sampleEvenly(lists, 9, seed);
    assert.equal(new Set(drawn).size, 9);
    const counts = Map.groupBy(drawn, (name) => name[0]);
    assert.equal(counts.get("b")?.length, 2);
    assert.equal(counts.get("a")!.length + counts.get("c")!.length, 7);
    assert.ok(Math.abs(counts.get("a")!.length - counts.get("c")!.length) <= 1);
  }
});

Deno.test("sampleEvenly() draws all when there are no more", () => {
  assert.deepEqual(sampleEvenly(lists, 1000, 3).toSorted(), lists.flat().toSorted());
});

Deno.test("sampleEvenly() draws the same for the same seed, and others for another", () => {
  assert.deepEqual(sampleEvenly(lists, 9, 1), sampleEvenly(lists, 9, 1));
  assert.notDeepEqual(sampleEvenly(lists, 9, 1), sampleEvenly(lists, 9, 2));
});
