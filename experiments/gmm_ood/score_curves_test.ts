import { histogramOf, rocOf } from "./score_curves.ts";
import assert from "node:assert/strict";

Deno.test("histogramOf() spans the bins from low to high", () => {
  const counts = { below: 1, counts: [2, 3, 4], above: 0 };
  const roc = { outAccepted: [0, 5], inAccepted: [0, 10] };
  const { edges, inDistribution } = histogramOf({
    low: -1,
    high: 0.5,
    inDistribution: counts,
    outOfDistribution: counts,
    roc,
  });
  assert.deepEqual(edges, [-1, -0.5, 0, 0.5]);
  assert.equal(inDistribution, counts);
});

Deno.test("rocOf() divides each kind by its own rows", () => {
  const rows = { fitted: 9, heldOut: 1, inDistribution: 10, outOfDistribution: 4 };
  assert.deepEqual(
    rocOf({ outAccepted: [0, 1, 4], inAccepted: [0, 9, 10] }, rows),
    [{ x: 0, y: 0 }, { x: 0.25, y: 0.9 }, { x: 1, y: 1 }],
  );
});
