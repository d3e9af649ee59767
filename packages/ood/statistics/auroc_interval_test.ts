import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import reference from "../fixtures/statistics.json" with { type: "json" };
import { auroc } from "../measures/auroc.ts";
import { aurocInterval } from "./auroc_interval.ts";
import { compareAurocs } from "./compare_aurocs.ts";
import { normalCdf, normalCritical } from "./normal_distribution.ts";

Deno.test("normalCdf() and normalCritical() agree with SciPy, in the tails too", () => {
  assertAllClose(reference.normal.z.map(normalCdf), reference.normal.cdf, { rtol: 1e-12 });
  assertAllClose(reference.critical.level.map(normalCritical), reference.critical.z);
});

for (const [i, one] of reference.delong.entries()) {
  const [first, second] = [one.first, one.second];

  Deno.test(`aurocInterval() agrees with DeLong's definition, case ${i}`, () => {
    const { auroc, standardError, low, high } = aurocInterval(first[0], first[1]);
    const expected = [one.auroc, one.standardError, one.low, one.high];
    assertAllClose([auroc, standardError, low, high], expected, { rtol: 1e-10 });
  });

  Deno.test(`compareAurocs() agrees with DeLong's definition, case ${i}`, () => {
    const { difference, standardError, pValue } = compareAurocs(
      { idScores: first[0], oodScores: first[1] },
      { idScores: second[0], oodScores: second[1] },
    );
    const expected = [one.difference, one.differenceError, one.pValue];
    assertAllClose([difference, standardError, pValue], expected, { rtol: 1e-9 });
  });
}

Deno.test("aurocInterval() covers the true AUROC about as often as it says", () => {
  // Scores uniform on [0, 1] and [−0.9, 0.1] overlap in a tenth: the AUROC is 1 − 0.1²/2 = 0.995.
  let covered = 0;
  for (let seed = 0; seed < 400; seed++) {
    const source = random(seed);
    const id = Float64Array.from({ length: 150 }, () => source.next());
    const ood = Float64Array.from({ length: 150 }, () => source.next() - 0.9);
    const { low, high } = aurocInterval(id, ood);
    if (low <= 0.995 && 0.995 <= high) covered++;
  }
  assert.ok(covered / 400 > 0.91, `covered ${covered} of 400`);
});

Deno.test("aurocInterval() of perfect scores does not claim to be certain", () => {
  const perfect = aurocInterval([2, 3, 4], new Float64Array(1000).fill(1));
  assert.deepEqual([perfect.auroc, perfect.standardError, perfect.high], [1, 0, 1]);
  assertAllClose([perfect.low ** 3], [0.025]);
  const reversed = aurocInterval([0, 0], [1, 2, 3]);
  assert.equal(reversed.low, 0);
  assertAllClose([(1 - reversed.high) ** 2], [0.025]);
});

Deno.test("aurocInterval() holds its estimate, which is auroc()", () => {
  const scores = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(scores, scores, (id, ood) => {
    const interval = aurocInterval(id, ood);
    assertAllClose([interval.auroc], [auroc(id, ood)], { rtol: 1e-12, atol: 1e-15 });
    assert.ok(interval.low <= interval.auroc + 1e-12 && interval.auroc <= interval.high + 1e-12);
    assert.ok(interval.low >= 0 && interval.high <= 1);
  }));
});

Deno.test("aurocInterval() refuses a level that is no share", () => {
  assert.throws(() => aurocInterval([1], [0], { level: 1 }), RangeError);
  assert.throws(() => aurocInterval([1], [0], { level: 0 }), RangeError);
  assert.throws(() => aurocInterval([1], [0], { level: 1.5 }), /Cannot use level: 1.5 was given/);
});

Deno.test("compareAurocs() finds no difference between a detector and a rescaling of it", () => {
  const idScores = [3, 5, 6, 2];
  const oodScores = [1, 4, 0];
  const rescaled = { idScores: idScores.map((s) => s * s), oodScores: oodScores.map((s) => s * s) };
  const { difference, z, pValue } = compareAurocs({ idScores, oodScores }, rescaled);
  assert.deepEqual([difference, z, pValue], [0, 0, 1]);
});

Deno.test("compareAurocs() refuses detectors that scored different rows", () => {
  const first = { idScores: [1, 2], oodScores: [0] };
  assert.throws(() => compareAurocs(first, { idScores: [1], oodScores: [0] }), RangeError);
});

Deno.test("compareAurocs() finds no difference in a few rows that happen to agree", () => {
  const good = { idScores: [1], oodScores: [0] };
  const poor = { idScores: [0], oodScores: [1] };
  assert.equal(compareAurocs(good, poor).pValue, 1 / 2);
  assert.throws(() => compareAurocs(undefined as never, poor), {
    name: "TypeError",
    message: /^Cannot use in-distribution scores: undefined was given/,
  });
});

Deno.test("compareAurocs() rejects equal detectors about as often as it says", () => {
  let rejected = 0;
  for (let seed = 0; seed < 300; seed++) {
    const source = random(seed);
    const detector = (base: Float64Array) => base.map((value) => value + source.normal());
    const id = Float64Array.from({ length: 80 }, () => source.normal() + 1);
    const ood = Float64Array.from({ length: 80 }, () => source.normal());
    const first = { idScores: detector(id), oodScores: detector(ood) };
    const second = { idScores: detector(id), oodScores: detector(ood) };
    if (compareAurocs(first, second).pValue < 0.05) rejected++;
  }
  assert.ok(rejected / 300 < 0.09, `rejected ${rejected} of 300`);
});
