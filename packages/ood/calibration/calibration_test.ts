import assert from "node:assert/strict";
import fc from "fast-check";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testRounds } from "@mixtape/tensor-utils/testing";
import reference from "../fixtures/statistics.json" with { type: "json" };
import { detectionError } from "../measures/detection_error.ts";
import { achievedTpr } from "./achieved_tpr.ts";
import { benjaminiHochberg } from "./benjamini_hochberg.ts";
import { calibrateThreshold } from "./calibrate_threshold.ts";
import { conformalPValues } from "./conformal_p_values.ts";
import { oracleThreshold } from "./oracle_threshold.ts";

const normals = (seed: number, n: number) => {
  const source = random(seed);
  return Float64Array.from({ length: n }, () => source.normal());
};

Deno.test("calibrateThreshold() accepts the wanted share of new rows on average, however few", () => {
  for (const [rows, tpr] of [[19, 0.95], [50, 0.9], [200, 0.95]] as const) {
    let accepted = 0;
    for (let seed = 0; seed < 300; seed++) {
      const threshold = calibrateThreshold(normals(seed, rows), { tpr });
      accepted += achievedTpr(normals(seed + 1000, 100), threshold).tpr / 300;
    }
    const sharpest = 1 - Math.floor((rows + 1) * (1 - tpr) + 1e-9) / (rows + 1);
    assert.ok(Math.abs(accepted - sharpest) < 0.01, `${rows} rows accept ${accepted}`);
    assert.ok(accepted > tpr - 0.01);
  }
});

Deno.test("calibrateThreshold() says how many rows a share needs", () => {
  assert.throws(() => calibrateThreshold([1, 2, 3]), /at least 19 are needed/);
  assert.equal(calibrateThreshold(Array.from({ length: 19 }, (_, i) => i)), 0);
  assert.throws(() => calibrateThreshold([1, 2, 3], { tpr: 1 }), RangeError);
  assert.throws(() => calibrateThreshold([1, NaN]), /held-out scores: not finite in row 1/);
});

Deno.test("calibrateThreshold() needs exactly the rows it says, and takes the lowest score of as few", () => {
  for (const [tpr, needed] of [[0.95, 19], [0.9, 9], [0.8, 4], [0.5, 1], [0.99, 99], [0.93, 14]]) {
    const scores = Float64Array.from({ length: needed }, (_, i) => (7 * i) % needed - 3);
    assert.equal(calibrateThreshold(scores, { tpr }), Math.min(...scores));
    if (needed === 1) continue;
    assert.throws(() => calibrateThreshold(scores.slice(1), { tpr }), {
      name: "RangeError",
      message: `Cannot accept a share of ${tpr} with ${
        needed - 1
      } held-out rows: at least ${needed} are needed`,
    });
  }
  assert.throws(() => calibrateThreshold([1, 2], { tpr: 1 }), {
    message: "Cannot accept a share of 1 with 2 held-out rows: tpr < 1 is needed",
  });
  assert.throws(() => calibrateThreshold([1, 2], { tpr: 0 }), RangeError);
  // 39 rows: (39 + 1)·0.05 = 2, the second lowest; 38 rows still take the lowest.
  const rows = Array.from({ length: 39 }, (_, i) => 100 - i);
  assert.equal(calibrateThreshold(rows), 63);
  assert.equal(calibrateThreshold(rows.slice(1)), 62);
});

Deno.test("oracleThreshold() is the highest of those with the lowest error", () => {
  assert.equal(oracleThreshold([5, 3], [4, 2]), 5);
  assert.equal(oracleThreshold([5, 3, 1], [4, 2]), 5);
  assert.equal(oracleThreshold([4, 3], [2, 1]), 3);
  // Nothing is better than to accept everything, which is chance.
  assert.equal(oracleThreshold([1], [2]), 1);
  // 5/6 are the same as 2/6 + 1/2, if not rounded one by one.
  assert.equal(oracleThreshold([9, 5, 5, 5, 0, 0], [6, 2]), 9);
});

Deno.test("achievedTpr() gives Wilson's interval", () => {
  const { tpr, accepted, rows, low, high } = achievedTpr([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 1);
  assert.deepEqual([tpr, accepted, rows], [0.9, 9, 10]);
  assertAllClose([low, high], [0.5958499732, 0.9821237869], { rtol: 1e-8 });
  assertAllClose([achievedTpr([0, 1], -1).high], [1]);
});

Deno.test("conformalPValues() are never below their definition, and monotone in the score", () => {
  const scores = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(scores, scores, (heldOut, rows) => {
    const p = conformalPValues(heldOut, rows);
    rows.forEach((row, i) => {
      const atMost = heldOut.filter((score) => score <= row).length;
      assert.equal(p[i], (1 + atMost) / (heldOut.length + 1));
    });
  }));
});

Deno.test("conformalPValues() of in-distribution rows are uniform", () => {
  const p = conformalPValues(normals(1, 4000), normals(2, 4000)).sort();
  const gap = Math.max(...p.map((value, i) => Math.abs(value - (i + 0.5) / p.length)));
  assert.ok(gap < 1.63 * Math.sqrt(2 / 4000), `Kolmogorov–Smirnov distance ${gap}`);
});

Deno.test("benjaminiHochberg() agrees with the step-up rule of the reference", () => {
  const { p, adjusted } = reference.benjaminiHochberg;
  assertAllClose(benjaminiHochberg(p).adjusted, adjusted, { rtol: 1e-12 });
});

Deno.test("benjaminiHochberg() calls rows that meet their bound exactly", () => {
  for (
    const [p, rate, count] of [
      [[0.1, 0.1, 0.1], 0.1, 3],
      [[0.05, 0.05, 0.05, 1, 1, 1], 0.1, 3],
      [[0.1000000000000001], 0.1, 0],
    ] as const
  ) {
    const found = benjaminiHochberg(p, { rate });
    assert.equal(found.count, count);
    assert.deepEqual([...found.adjusted].slice(0, count), new Array(count).fill(0.1));
  }
  const heldOut = Array.from({ length: 199 }, (_, i) => i);
  const p = conformalPValues(heldOut, [18.5, 18.5, 18.5]);
  assert.equal(benjaminiHochberg(p, { rate: 0.1 }).count, 3);
});

/** The same decision on the p-values grid[i] / (n + 1) at the rate r/q, in whole numbers. */
function countExactly(grid: readonly number[], n: number, r: number, q: number): number {
  const sorted = [...grid].sort((a, b) => a - b);
  for (let rank = grid.length; rank > 0; rank--) {
    const left = BigInt(sorted[rank - 1]) * BigInt(grid.length) * BigInt(q);
    if (left <= BigInt(r) * BigInt(rank) * BigInt(n + 1)) return rank;
  }
  return 0;
}

Deno.test("benjaminiHochberg() property: decides conformal p-values as fractions would", () => {
  const rate = fc.constantFrom([1, 20], [1, 10], [1, 5], [1, 100], [1, 3], [3, 40], [7, 1000]);
  const grid = fc.tuple(fc.integer({ min: 1, max: 1000 }), rate).chain(([n, [r, q]]) =>
    fc.tuple(
      fc.constant(n),
      fc.constant([r, q]),
      // Mostly small, where the bounds are.
      fc.array(
        fc.oneof(
          fc.integer({ min: 1, max: n + 1 }),
          fc.integer({ min: 1, max: 1 + Math.floor((n + 1) * r / q) }),
        ),
        { minLength: 1, maxLength: 40 },
      ),
    )
  );
  fc.assert(
    fc.property(grid, ([n, [r, q], grid]) => {
      const p = grid.map((i) => i / (n + 1));
      const { count, rejected, adjusted } = benjaminiHochberg(p, { rate: r / q });
      assert.equal(count, countExactly(grid, n, r, q));
      assert.equal(rejected.reduce((sum, one) => sum + one, 0), count);
      adjusted.forEach((value, row) => assert.equal(value <= r / q, rejected[row] === 1));
    }),
    { seed: 3, numRuns: testRounds(3000) },
  );
  // Every p-value that meets its bound, on every grid, or every fifth: i/(n + 1)·m = rate·rank.
  for (let n = 1; n <= 1000; n += 1000 / testRounds(1000)) {
    for (const [r, q] of [[1, 20], [1, 10], [1, 5]]) {
      for (const m of [1, 2, 3, 7, 10, 30]) {
        for (let rank = 1; rank <= m; rank++) {
          const i = Math.floor(r * rank * (n + 1) / (q * m));
          if (i < 1) continue;
          const grid = Array.from({ length: m }, (_, at) => at < rank ? i : n + 1);
          const p = grid.map((i) => i / (n + 1));
          const { count } = benjaminiHochberg(p, { rate: r / q });
          assert.equal(count, countExactly(grid, n, r, q), `${i}/${n + 1}, ${rank} of ${m}`);
        }
      }
    }
  }
});

Deno.test("benjaminiHochberg() keeps the share of false calls below the rate", () => {
  let share = 0;
  for (let seed = 0; seed < 200; seed++) {
    const batch = normals(seed, 200).map((score, i) => i < 100 ? score : score - 4);
    const p = conformalPValues(normals(seed + 500, 1000), batch);
    const { rejected, count } = benjaminiHochberg(p, { rate: 0.2 });
    const mistaken = rejected.subarray(0, 100).reduce((sum, one) => sum + one, 0);
    share += mistaken / Math.max(1, count) / 200;
  }
  assert.ok(share < 0.13, `${share} of the calls were false`);
});

Deno.test("benjaminiHochberg() calls nothing at rate 0 and refuses what is no probability", () => {
  assert.equal(benjaminiHochberg([0.01, 0.2], { rate: 0 }).count, 0);
  assert.throws(() => benjaminiHochberg([0.5, 1.5]), /p-value 1.5 of row 1/);
  assert.throws(() => benjaminiHochberg([0.5], { rate: 2 }), RangeError);
});

Deno.test("oracleThreshold() reaches the detection error", () => {
  const scores = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(scores, scores, (id, ood) => {
    const threshold = oracleThreshold(id, ood);
    const missed = id.filter((score) => score < threshold).length / id.length;
    const accepted = ood.filter((score) => score >= threshold).length / ood.length;
    const best = detectionError(id, ood);
    assert.ok(best === 0.5 || Math.abs((missed + accepted) / 2 - best) < 1e-12);
  }));
});
