import assert from "node:assert/strict";
import fc from "fast-check";
import { scoreHistogram } from "./score_histogram.ts";

Deno.test("scoreHistogram() counts every score once", () => {
  const scores = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  fc.assert(
    fc.property(scores, scores, (a, b) => {
      const histogram = scoreHistogram(Float64Array.from(a), Float64Array.from(b), 10);
      assert.equal(histogram.edges.length, 11);
      assert.ok(histogram.edges.every((edge, i, all) => i === 0 || edge > all[i - 1]));
      for (
        const [counted, given] of [[histogram.inDistribution, a], [
          histogram.outOfDistribution,
          b,
        ]] as const
      ) {
        const total = counted.counts.reduce((sum, count) => sum + count, 0);
        assert.equal(counted.below + total + counted.above, given.length);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("scoreHistogram() leaves an outlier to the tail", () => {
  const inside = Float64Array.from({ length: 1000 }, (_, i) => i === 0 ? -1e9 : i);
  const { edges, inDistribution } = scoreHistogram(inside, inside, 20);
  assert.ok(edges[0] > 0);
  assert.equal(inDistribution.below, 10);
});
