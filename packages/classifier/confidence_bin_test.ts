import assert from "node:assert/strict";
import fc from "fast-check";
import { confidenceBin } from "./confidence_bin.ts";

Deno.test("confidenceBin() puts every edge into the bin below it, and what follows into the one above", () => {
  for (let bins = 1; bins <= 1000; bins++) {
    for (let i = 1; i <= bins; i++) {
      const edge = i / bins;
      assert.equal(confidenceBin(edge, bins), i - 1, `${i}/${bins}`);
      assert.equal(confidenceBin(edge + edge * Number.EPSILON, bins), Math.min(i, bins - 1));
    }
  }
  assert.equal(confidenceBin(0, 25), 0);
  assert.equal(confidenceBin(1.0005, 25), 24);
});

Deno.test("confidenceBin() property: from < confidence ≤ to", () => {
  const confidence = fc.oneof(
    fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true }),
    fc.float({ min: Math.fround(1e-30), max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(confidence, fc.integer({ min: 1, max: 1000 }), (confidence, bins) => {
      const bin = confidenceBin(confidence, bins);
      assert.ok(bin / bins < confidence && confidence <= (bin + 1) / bins);
    }),
    { seed: 2, numRuns: 2000 },
  );
});
