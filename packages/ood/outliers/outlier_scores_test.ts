import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { outlierDetector } from "./outlier_detector.ts";
import { outlierScores } from "./outlier_scores.ts";

const single = { components: [1], regularizations: [0.01] };

function cloud(n: number, seed: number): number[][] {
  const source = random(seed);
  return Array.from({ length: n }, () => [100 + 20 * source.normal(), 0.01 * source.normal()]);
}

/** Log-density at a row of the ridge Gaussian of other rows, whose columns all rows scale. */
function plainDensity(row: readonly number[], rows: readonly number[][], all: number[][]): number {
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const moments = (x: readonly number[][], j: number) => {
    const center = mean(x.map((r) => r[j]));
    return { center, deviation: Math.sqrt(mean(x.map((r) => (r[j] - center) ** 2))) };
  };
  const scale = [0, 1].map((j) => moments(all, j));
  const scaled = (r: readonly number[]) =>
    r.map((v, j) => (v - scale[j].center) / scale[j].deviation);
  const x = rows.map(scaled);
  const centers = [0, 1].map((j) => mean(x.map((r) => r[j])));
  const cov = (i: number, j: number) =>
    mean(x.map((r) => (r[i] - centers[i]) * (r[j] - centers[j])));
  const [a, b, c] = [cov(0, 0) + 0.01, cov(0, 1), cov(1, 1) + 0.01];
  const det = a * c - b * b;
  const [u, v] = scaled(row).map((value, j) => value - centers[j]);
  return -Math.log(2 * Math.PI) - Math.log(det) / 2 -
    (c * u * u - 2 * b * u * v + a * v * v) / det / 2 -
    Math.log(scale[0].deviation * scale[1].deviation);
}

Deno.test("outlierScores() scores each row by the Gaussian of the other rows, one left out at a time", async () => {
  const x = cloud(6, 1);
  const { logDensity, fitted } = await outlierScores(x, { ...single, folds: 6, seed: 3 });
  const expected = x.map((row, i) => plainDensity(row, x.toSpliced(i, 1), x));
  assertAllClose(logDensity, expected, { rtol: 1e-5 });
  assert.deepEqual([...fitted], [0, 1, 2, 3, 4, 5]);
});

Deno.test("outlierScores() has the held-out densities of the detector of the same seed, row by row", async () => {
  const x = cloud(23, 2);
  const { model, logDensity } = await outlierScores(x, { seed: 5 });
  const detector = await outlierDetector(x, { seed: 5 });
  assertAllClose(logDensity.toSorted(), detector.heldOutLogDensity.toSorted(), { rtol: 1e-12 });
  assert.deepEqual(model.toJSON(), detector.toJSON());
});

Deno.test("outlierScores() scores rows that were not drawn by the mean over the folds", async () => {
  const x = cloud(31, 4);
  const { model, logDensity, fitted } = await outlierScores(x, { ...single, maxRows: 9, folds: 3 });
  assert.equal(fitted.length, 9);
  const others = x.map((_, i) => i).filter((i) => !fitted.includes(i));
  const scores = await model.heldOutScore(others.map((i) => x[i]));
  assert.deepEqual(others.map((i) => logDensity[i]), [...scores]);
  const held = Array.from(fitted, (row) => logDensity[row]);
  assertAllClose(held.toSorted((a, b) => a - b), model.heldOutLogDensity.toSorted(), {
    rtol: 1e-12,
  });
  // Two folds, one row of its own each: the mean of what either makes of a third row.
  const two = await outlierScores(x.slice(0, 4), { ...single, folds: 2, maxRows: 4 });
  const [score] = await two.model.heldOutScore([x[9]]);
  const halves = [0, 1, 2, 3].flatMap((i) =>
    [0, 1, 2, 3].filter((j) => j > i).map((j) => plainDensity(x[9], [x[i], x[j]], x.slice(0, 4)))
  );
  // Rows i and j, and the two others, are the halves of one of three splits.
  const means = [[0, 5], [1, 4], [2, 3]].map(([a, b]) => (halves[a] + halves[b]) / 2);
  assert(means.some((mean) => Math.abs(mean - score) < 1e-4 * Math.abs(mean)), `${score} ${means}`);
});

Deno.test("contributions() without the fold of a row do not know the row", async () => {
  const x = [...cloud(40, 8), [100, 5]];
  const { model, fitted, folds } = await outlierScores(x, { ...single, folds: 4 });
  assert.deepEqual([...fitted.keys()], [...fitted]);
  for (const row of [3, 40]) {
    const out = await model.contributions([x[row]], { withoutFold: folds[row] });
    const all = await model.contributions([x[row]]);
    assert(out.nats.values[1] > all.nats.values[1], `${row}`);
    // The far row widens the column for itself, and for each fold that it is not in.
    if (row === 40) assert(out.nats.values[1] > 100 * all.nats.values[1]);
  }
  assert.deepEqual([0, 1, 2, 3].map((f) => folds.filter((fold) => fold === f).length), [
    11,
    10,
    10,
    10,
  ]);
  await assert.rejects(model.contributions([x[0]], { withoutFold: 4 }), RangeError);
});

Deno.test("OutlierModel.sample() draws rows with the means and covariances of the columns", async () => {
  const model = await outlierDetector(cloud(400, 6), single);
  const { values, shape } = await model.sample(20_000, { seed: 7 });
  assert.deepEqual(shape, [20_000, 2]);
  for (const [j, center, deviation] of [[0, 100, 20], [1, 0, 0.01]]) {
    const column = Array.from(values).filter((_, at) => at % 2 === j);
    const mean = column.reduce((a, b) => a + b, 0) / 20_000;
    const spread = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 20_000);
    assert(Math.abs(mean - center) < 0.2 * deviation, `${mean}`);
    assert(Math.abs(spread / deviation - 1) < 0.1, `${spread}`);
  }
  assert.deepEqual(await model.sample(3, { seed: 7 }), await model.sample(3, { seed: 7 }));
});
