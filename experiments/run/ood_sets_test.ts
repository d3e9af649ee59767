import assert from "node:assert/strict";
import { madeOodSets, makeOodSet } from "./ood_sets.ts";

const dataset = {
  test: {
    images: { values: Uint8Array.of(0, 1, 2, 3, 16, 8, 4, 2), shape: [2, 4] as const },
    labels: Int32Array.of(0, 1),
  },
  imageShape: { height: 2, width: 2 },
  maxValue: 16,
};

Deno.test("makeOodSet() turns, inverts and blends as it says", () => {
  const values = (
    name: Parameters<typeof makeOodSet>[0],
  ) => [...makeOodSet(name, dataset, 0).values];
  assert.deepEqual(values("rotated"), [1, 3, 0, 2, 8, 2, 16, 4]);
  assert.deepEqual(values("inverted"), [16, 15, 14, 13, 0, 8, 12, 14]);
  assert.deepEqual(values("blended"), [8, 5, 3, 3, 8, 5, 3, 3]);
  assert.deepEqual(values("shuffled-pixels").slice(0, 4).sort(), [0, 1, 2, 3]);
});

Deno.test("makeOodSet() stays within the range of pixels and repeats itself", () => {
  for (const name of madeOodSets) {
    const made = makeOodSet(name, dataset, 3);
    assert.deepEqual(made.shape, [2, 4]);
    assert.ok(made.values.every((value) => value <= 16), name);
    assert.deepEqual(makeOodSet(name, dataset, 3), made);
  }
});

Deno.test("makeOodSet() refuses what cannot be made", () => {
  assert.throws(() => makeOodSet("other-data-set", dataset, 0), RangeError);
  const wide = { ...dataset, imageShape: { height: 1, width: 4 } };
  assert.throws(() => makeOodSet("rotated", wide, 0), /square images are needed/);
});
