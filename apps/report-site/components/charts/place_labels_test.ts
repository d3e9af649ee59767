import fc from "fast-check";
import assert from "node:assert/strict";
import { placeLabels } from "./place_labels.ts";

Deno.test("placeLabels() leaves labels that have room where they want to be", () => {
  assert.deepEqual(placeLabels([10, 100, 50], 16, { low: 0, high: 200 }), [10, 100, 50]);
});

Deno.test("placeLabels() spreads labels around where they want to be", () => {
  assert.deepEqual(placeLabels([50, 50, 50], 10, { low: 0, high: 200 }), [40, 50, 60]);
});

Deno.test("placeLabels() never lets labels overlap, leave the bounds or change their order", () => {
  const wanted = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(wanted, (list) => {
    const placed = placeLabels(list, 16, { low: 0, high: 300 });
    const order = list.map((_, index) => index).sort((a, b) => list[a] - list[b] || a - b);
    for (let next = 1; next < order.length; next += 1) {
      assert(placed[order[next]] - placed[order[next - 1]] >= 16 - 1e-9);
    }
    for (const place of placed) assert(place >= -1e-9 && place <= 300 + 1e-9);
  }));
});
