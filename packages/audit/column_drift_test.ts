import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { columnDrift } from "./column_drift.ts";
import { kolmogorovSmirnov } from "./kolmogorov_smirnov.ts";

const column = (values: number[]) => values.map((value) => [value]);

Deno.test("kolmogorovSmirnov() agrees with SciPy, exact and asymptotic, with ties", async () => {
  // scipy.stats.ks_2samp(…, mode="exact") of SciPy 1.10, and scipy.special.kolmogorov(t).
  const plain = await kolmogorovSmirnov(
    Float64Array.of(1, 2, 3, 4, 5, 6, 7),
    Float64Array.of(3.5, 4.5, 5.5, 8, 9),
  );
  assertAllClose([plain.statistic, plain.pValue], [0.42857142857142855, 0.5454545454545454]);
  const tied = await kolmogorovSmirnov(
    Float64Array.of(1, 2, 2, 3, 5),
    Float64Array.of(2, 3, 4, 6, 7, 7),
  );
  assertAllClose([tied.statistic, tied.pValue], [0.5, 0.35714285714285715]);
  const line = (n: number, step: number, start: number) =>
    Float64Array.from({ length: n }, (_, i) => start + step * i);
  const far = await kolmogorovSmirnov(line(1500, 1, 0), line(1200, 1.31, 40));
  assertAllClose([far.statistic, far.pValue], [0.0718333333333333, 0.002056211930707136]);
  const near = await kolmogorovSmirnov(line(1500, 1, 0), line(1200, 1.25, 10));
  assertAllClose([near.statistic, near.pValue], [0.0071666666666667656, 0.999999999999997]);
  const middle = await kolmogorovSmirnov(line(1500, 1, 0), line(1200, 1.25, 37.3));
  assertAllClose([middle.statistic, middle.pValue], [0.0255, 0.7788770539833654]);
});

Deno.test("kolmogorovSmirnov() gives exact tails of samples of equal sizes, of all lengths", async () => {
  // 2 Σ (−1)^(k−1) C(2n, n − kh) / C(2n, n) over k from 1 to n / h, in Python's fractions.
  const tails = [
    [7, 3, 0.5751748251748252],
    [1000, 10, 0.9999999998052339],
    [1000, 25, 0.9136894237272156],
    [1000, 60, 0.05462666510701525],
    [999, 333, 1.5310119089353244e-49],
    [1000, 700, 3.528845177588976e-235],
    [1000, 1, 1],
  ];
  for (const [n, height, tail] of tails) {
    const a = Float64Array.from({ length: n }, (_, i) => i);
    const { pValue } = await kolmogorovSmirnov(a, a.map((value) => value + height - 0.5));
    assertAllClose([pValue], [tail], { rtol: 1e-12 });
  }
  const a = Float64Array.of(1, 2, 3);
  assert.deepEqual(await kolmogorovSmirnov(a, a), { statistic: 0, pValue: 1 });
});

Deno.test("kolmogorovSmirnov() finds the largest distance, whatever numbers are equal", async () => {
  const source = random(testSeed());
  const draw = () => {
    const values = Float64Array.from({ length: 1 + source.integer(30) }, () => source.integer(12));
    return values.sort();
  };
  for (let run = 0; run < 300; run++) {
    const [a, b] = [draw(), draw()];
    const share = (of: Float64Array, bound: number) =>
      of.filter((value) => value <= bound).length / of.length;
    const distances = [...a, ...b].map((bound) => Math.abs(share(a, bound) - share(b, bound)));
    assertAllClose([(await kolmogorovSmirnov(a, b)).statistic], [Math.max(...distances)]);
  }
});

Deno.test("columnDrift() does not depend on the order of the rows or of the samples", async () => {
  const a = column([3, 1, NaN, 2, 9]);
  const b = column([5, 9, 7, 8]);
  const [one] = await columnDrift(a, b);
  assert.deepEqual(await columnDrift(b, a.toReversed()), [one]);
});

Deno.test("columnDrift() raises a false alarm in at most 5% of comparisons", async () => {
  const source = random(testSeed());
  let alarms = 0;
  const draw = () =>
    Array.from({ length: 40 }, () => {
      const shared = source.normal();
      return [shared, shared + source.normal(), -shared, source.next()];
    });
  for (let run = 0; run < 200; run++) {
    const columns = await columnDrift(draw(), draw());
    if (columns.some(({ moved }) => moved)) alarms++;
  }
  // 10 are expected at most; more than 24 have a probability of 2e-5.
  assert.ok(alarms <= 24, `${alarms} false alarms`);
});

Deno.test("columnDrift() adjusts by Holm's method, and does not test a column without values", async () => {
  const a = Array.from({ length: 6 }, (_, i) => [i, i, NaN]);
  const b = Array.from({ length: 6 }, (_, i) => [i + 9, i + 2, i]);
  const columns = await columnDrift(a, b);
  // Of the C(12, 6) orders, 2 part the samples; 3 and 2 columns remain to be tested.
  assertAllClose([columns[0].pValue, columns[0].adjusted], [2 / 924, 6 / 924]);
  assertAllClose([columns[1].adjusted], [Math.min(1, 2 * columns[1].pValue)]);
  assert.deepEqual(columns[2], { statistic: NaN, pValue: 1, adjusted: 1, moved: false });
  assert.deepEqual(columns.map(({ moved }) => moved), [true, false, false]);
  const [edge] = await columnDrift(a, b, { alpha: columns[0].adjusted });
  assert.equal(edge.moved, true);
  const [first] = await columnDrift(a, b, { alpha: 0.006 });
  assert.equal(first.moved, false);
  const [nowhere] = await columnDrift([[NaN]], [[NaN], [NaN]]);
  assert.deepEqual(nowhere, columns[2]);
});

Deno.test("columnDrift() refuses samples that do not fit", async () => {
  await assert.rejects(columnDrift([[1, 2]], [[1]]), {
    name: "RangeError",
    message: "Cannot compare other with x: it has 1 columns and x has 2, " +
      "the same columns are needed",
  });
  await assert.rejects(columnDrift([[1]], [[Infinity]]), RangeError);
  await assert.rejects(columnDrift([[1]], [[1]], { alpha: 1 }), RangeError);
});
