import assert from "node:assert/strict";
import fc from "fast-check";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { autc } from "./autc.ts";
import { auroc } from "./auroc.ts";
import { oscr } from "./oscr.ts";

const scores = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 25 });

Deno.test("autc() is the mean area under both error curves over the threshold", () => {
  fc.assert(fc.property(scores, scores, (id, ood) => {
    const low = Math.min(...id, ...ood);
    const high = Math.max(...id, ...ood);
    fc.pre(low < high);
    const steps = 400;
    let area = 0;
    for (let s = 0; s < steps; s++) {
      const threshold = low + (high - low) * (s + 0.5) / steps;
      const accepted = ood.filter((score) => score >= threshold).length / ood.length;
      const rejected = id.filter((score) => score < threshold).length / id.length;
      area += (accepted + rejected) / 2 / steps;
    }
    assert.ok(Math.abs(autc(id, ood) - area) < 5e-3);
  }));
});

Deno.test("autc() of equal scores is chance, and the classes exchanged are the complement", () => {
  assert.equal(autc([2, 2], [2]), 0.5);
  assertAllClose([autc([1, 5], [0, 2]) + autc([0, 2], [1, 5])], [1]);
  assert.throws(() => autc([1], [NaN]), /OOD scores: not finite in row 0/);
});

Deno.test("oscr() counts pairs whose in-distribution row is classified correctly and above", () => {
  fc.assert(fc.property(scores, scores, fc.nat(), (id, ood, seed) => {
    const correct = id.map((_, i) => (seed >> (i % 20)) % 2 === 1);
    let won = 0;
    id.forEach((a, i) => {
      for (const b of ood) won += correct[i] ? a > b ? 1 : a === b ? 0.5 : 0 : 0;
    });
    assertAllClose([oscr(id, ood, correct)], [won / (id.length * ood.length)], {
      rtol: 1e-12,
    });
  }));
});

Deno.test("oscr() is the AUROC for a perfect classifier and 0 for one that is always wrong", () => {
  assert.equal(oscr([3, 1], [2], [1, 1]), auroc([3, 1], [2]));
  assert.equal(oscr([3, 1], [2], [0, 0]), 0);
  assert.throws(() => oscr([3, 1], [2], [1]), {
    name: "RangeError",
    message:
      "Cannot compute an OSCR: correct has 1 entries for 2 in-distribution rows, one per row is needed",
  });
});
