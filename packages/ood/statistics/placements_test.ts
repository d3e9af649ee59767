import assert from "node:assert/strict";
import fc from "fast-check";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { aurocInterval } from "./auroc_interval.ts";
import { compareAurocs } from "./compare_aurocs.ts";
import { placements, sampleCovariance } from "./placements.ts";

const scores = fc.array(fc.integer({ min: -6, max: 9 }), { minLength: 1, maxLength: 30 });
const won = (id: number, ood: number) => id > ood ? 1 : id === ood ? 0.5 : 0;
const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
const variance = (values: number[]) =>
  values.length < 2
    ? 0
    : values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1);

Deno.test("placements() are the share of the other class on the right side, ties counting half", () => {
  fc.assert(
    fc.property(scores, scores, (id, ood) => {
      const { auroc, ofId, ofOod } = placements(id, ood);
      const expectedId = id.map((a) => mean(ood.map((b) => won(a, b))));
      const expectedOod = ood.map((b) => mean(id.map((a) => won(a, b))));
      assertAllClose(ofId, expectedId, { rtol: 1e-12, atol: 1e-14 });
      assertAllClose(ofOod, expectedOod, { rtol: 1e-12, atol: 1e-14 });
      assertAllClose([auroc], [mean(expectedId)], { rtol: 1e-12, atol: 1e-14 });
    }),
    { seed: testSeed() },
  );
});

Deno.test("sampleCovariance() has the divisor n − 1, and 0 for one row", () => {
  const [a, b] = [Float64Array.of(1, 4, 7, 20), Float64Array.of(-3, 5, 0, 2)];
  // Means 8 and 1: (−7·−4 − 4·4 + 1 + 12·1)/3.
  assertAllClose([sampleCovariance(a, b)], [(28 - 16 + 1 + 12) / 3], { rtol: 1e-15 });
  assert.equal(sampleCovariance(Float64Array.of(9), Float64Array.of(2)), 0);
});

Deno.test("DeLong's errors add the variance over each class, divided by its own number of rows", () => {
  const second = (values: number[]) => values.map((value, i) => value + (i * i) % 5 - 2);
  fc.assert(
    fc.property(scores, scores, (id, ood) => {
      const first = { idScores: id, oodScores: ood };
      const other = { idScores: second(id), oodScores: second(ood) };
      const of = ({ idScores, oodScores }: typeof first) => ({
        id: idScores.map((a) => mean(oodScores.map((b) => won(a, b)))),
        ood: oodScores.map((b) => mean(idScores.map((a) => won(a, b)))),
      });
      const [a, b] = [of(first), of(other)];
      const error = Math.sqrt(variance(a.id) / id.length + variance(a.ood) / ood.length);
      assertAllClose([aurocInterval(id, ood).standardError], [error], { atol: 1e-12 });
      const difference = Math.sqrt(
        variance(a.id.map((v, i) => v - b.id[i])) / id.length +
          variance(a.ood.map((v, i) => v - b.ood[i])) / ood.length,
      );
      const found = compareAurocs(first, other);
      assertAllClose([found.standardError], [difference], { atol: 1e-12 });
      assertAllClose([found.difference], [mean(a.id) - mean(b.id)], { atol: 1e-12 });
      if (found.standardError > 0.01) {
        assertAllClose([found.z], [found.difference / found.standardError], {
          rtol: 1e-9,
          atol: 0,
        });
      }
    }),
    { seed: testSeed() },
  );
});

Deno.test("compareAurocs() is as certain of a difference that no row contradicts as so many signs allow", () => {
  const found = compareAurocs({ idScores: [3, 4], oodScores: [1, 2] }, {
    idScores: [1, 2],
    oodScores: [3, 4],
  });
  assert.deepEqual(found, { difference: 1, standardError: 0, z: Infinity, pValue: 1 / 8 });
  assert.throws(
    () =>
      compareAurocs({ idScores: [1, 2], oodScores: [0] }, { idScores: [1, 2], oodScores: [0, 3] }),
    {
      name: "RangeError",
      message:
        "Cannot pair the scores: 2 + 1 rows and 2 + 2 rows, both detectors must score the same rows",
    },
  );
});
