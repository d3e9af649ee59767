import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { chanceScores, pValueOf, scoreAt } from "./chance_scores.ts";

/** Scores 0, 1, … 1000: a percentile is ten times its number. */
const even = Float64Array.from({ length: 1001 }, (_, i) => i);

Deno.test("chanceScores() has the percentiles of draws at the place and stretch of the rows' bulk", () => {
  // Median 20 and 90th percentile 28 of the rows; 500 and 900 of the draws.
  const rows = Float64Array.from({ length: 11 }, (_, i) => i < 10 ? 10 + 2 * i : 1e9).toReversed();
  const { chance: { levels, meanExcess, evidence }, moved } = chanceScores(even, rows);
  const stretch = 8 / 400;
  assert.equal(levels.length, 100);
  assertAllClose([moved[0], moved[1000]], [10, 30], { rtol: 1e-12 });
  assertAllClose(levels, levels.map((_, i) => 20 + stretch * (10 * i - 500)), { rtol: 1e-12 });
  // 991 … 1000 exceed 990 by 5.5 on average.
  assertAllClose([meanExcess, evidence], [5.5 * stretch, 11 / 6], { rtol: 1e-9 });
});

Deno.test("chanceScores() stretches nothing where the bulk of the rows is one value", () => {
  const { chance: { levels } } = chanceScores(even, new Float64Array(12).fill(7));
  assertAllClose([levels[0], levels[50], levels[99]], [7 - 500, 7, 7 + 490], { rtol: 1e-12 });
});

Deno.test("pValueOf() is the share of draws above, with a tail as heavy as the evidence is small, and scoreAt() undoes it", () => {
  const levels = Array.from({ length: 100 }, (_, i) => 10 * i);
  const chance = { levels, meanExcess: 5, evidence: 4 };
  // The average of exponential tails over a stretch of which 4 rows tell.
  const heavier = (share: number) => 0.5 * (1 + Math.log(0.5 / share) / 4) ** -4;
  for (
    const [score, p] of [
      [-3, 1],
      [0, 1],
      [15, 0.985],
      [495, 0.505],
      [500, 0.5],
      [505, heavier(0.495)],
      [985, heavier(0.015)],
      [990, heavier(0.01)],
      [995, heavier(0.01 * Math.exp(-1))],
      [1040, heavier(0.01 * Math.exp(-10))],
    ]
  ) {
    assertAllClose([pValueOf(chance, score)], [p], { rtol: 1e-12 });
    if (score >= 0) assertAllClose([scoreAt(chance, p)], [score], { rtol: 1e-9, atol: 1e-9 });
  }
  const known = { ...chance, evidence: 1e9 };
  assertAllClose([pValueOf(known, 1040)], [0.01 * Math.exp(-10)], { rtol: 1e-6 });
  assert.equal(pValueOf({ ...chance, evidence: 1000 }, 1e300), Number.MIN_VALUE);
});

Deno.test("chanceScores() gives rows of the density of the draws p-values that are even", () => {
  const source = random(11);
  const chi = (d: number) => {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += source.normal() ** 2 / 2;
    return sum;
  };
  const draws = Float64Array.from({ length: 10_000 }, () => chi(6));
  const rows = Float64Array.from({ length: 5000 }, () => 3 + 1.4 * chi(6));
  const { chance } = chanceScores(draws, rows);
  for (const level of [0.3, 0.1, 0.01]) {
    const share = rows.filter((score) => pValueOf(chance, score) <= level).length / 5000;
    const error = Math.sqrt(level * (1 - level) / 5000);
    assert(Math.abs(share - level) < 4 * error, `${share} at ${level}`);
  }
  // Without the stretch, far more rows would be as odd.
  const { chance: plain } = chanceScores(draws, draws);
  assert(rows.filter((score) => pValueOf(plain, score) <= 0.01).length > 500);
});
