import assert from "node:assert/strict";
import { subspaceDimensions } from "./subspace_dimensions.ts";

Deno.test("subspaceDimensions() changes at exactly 768 and 2048 units", () => {
  for (
    const [units, dimensions] of [
      [1, 0],
      [2, 1],
      [5, 2],
      [767, 383],
      [768, 512],
      [2047, 512],
      [2048, 1000],
      [4096, 1000],
    ]
  ) {
    const notes: string[] = [];
    const found = subspaceDimensions(undefined, units, (note) => notes.push(note));
    assert.equal(found, dimensions, `${units} units`);
    const sentence =
      `the principal subspace has ${dimensions} dimensions, half of the ${units} units of the layer`;
    assert.deepEqual(notes, units < 768 ? [sentence] : []);
  }
});

Deno.test("subspaceDimensions() takes any number that leaves a residual", () => {
  const taken = (wanted: number) => subspaceDimensions(wanted, 5, assert.fail);
  assert.deepEqual([0, 1, 4].map(taken), [0, 1, 4]);
  for (const wanted of [-1, 5, 1.5, NaN]) {
    assert.throws(() => taken(wanted), /RangeError: Cannot use dimensions: /);
  }
});
