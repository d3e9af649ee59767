import assert from "node:assert/strict";
import { random } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { benjaminiHochberg } from "../calibration/benjamini_hochberg.ts";
import { outlierDetector } from "./outlier_detector.ts";
import { outlierModelFromJSON } from "./outlier_model_from_json.ts";
import { stackWeights } from "./stack_weights.ts";

const single = { components: [1], regularizations: [0.01] };

/** Rows of two correlated columns of different units. */
function tilted(n: number, seed: number): number[][] {
  const source = random(seed);
  return Array.from({ length: n }, () => {
    const a = source.normal();
    return [100 + 20 * a, 0.01 * (a + 0.5 * source.normal())];
  });
}

Deno.test("outlierDetector() gives p-values that hold their level and the false discovery rate", async () => {
  const runs = 60;
  let small = 0;
  let falseShare = 0;
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const model = await outlierDetector(tilted(60, run), { ...single, seed: run });
    const fresh = tilted(40, run + 1000);
    const odd = Array.from({ length: 10 }, (_, i) => [100 + 20 * i, 0.1 * (5 - i)]);
    const p = await model.pValues([...fresh, ...odd]);
    small += p.subarray(0, 40).filter((value) => value <= 0.1).length / 40 / runs;
    const { rejected, count } = benjaminiHochberg(p);
    falseShare += rejected.subarray(0, 40).reduce((a, b) => a + b, 0) / Math.max(1, count) / runs;
    found += rejected.subarray(40).reduce((a, b) => a + b, 0) / 10 / runs;
  }
  assert.ok(small > 0.07 && small < 0.12, `P(p ≤ 0.1) = ${small}`);
  assert.ok(falseShare <= 0.12, `false discoveries: ${falseShare}`);
  assert.ok(found > 0.5, `found: ${found}`);
});

Deno.test("outlierDetector() of one component is the ridge Gaussian in closed form", async () => {
  // Columns uncorrelated, of mean 0 and variance 1 and 4: variances 1.01 and 4·1.01.
  const x = [[1, 2], [1, -2], [-1, 2], [-1, -2]];
  const model = await outlierDetector(x, { ...single, folds: 2 });
  const log = (a: number, b: number) =>
    -Math.log(2 * Math.PI) - Math.log(1.01 * 2) - (a * a + b * b / 4) / 2 / 1.01;
  assertAllClose(await model.score([[0, 0], [3, 5]]), [log(0, 0), log(3, 5)], { rtol: 1e-5 });
  const { nats, expected, deviations } = await model.contributions([[3, 5]]);
  assertAllClose(nats.values, [9 / 2.02, 25 / 8.08], { rtol: 1e-5 });
  assertAllClose(expected.values, [0, 0], { atol: 1e-5 });
  assertAllClose(deviations.values, [Math.sqrt(1.01), 2 * Math.sqrt(1.01)], { rtol: 1e-5 });
  for (const { shape } of [nats, expected, deviations]) assert.deepEqual(shape, [1, 2]);
});

Deno.test("contributions() are what the log-density gains by the expected entry", async () => {
  const model = await outlierDetector(tilted(80, 3), single);
  const row = [130, -0.02];
  const { nats: { values: nats }, expected: { values: expected } } = await model.contributions([
    row,
  ]);
  const [odd, first, second] = await model.score([
    row,
    [expected[0], row[1]],
    [row[0], expected[1]],
  ]);
  assertAllClose([first - odd, second - odd], nats, { rtol: 1e-4 });
  assert.ok(nats[1] > 3);
});

Deno.test("outlierDetector() finds what lies between groups, from a mixture", async () => {
  const source = random(5);
  const groups = Array.from({ length: 100 }, (_, i) => [8 * (i % 2) + source.normal(), 7]);
  const model = await outlierDetector(groups);
  const [inside, between, other] = await model.score([[0, 7], [4, 7], [0, 8]]);
  assert.ok(inside > between + 2);
  // A constant column that changes is odd.
  assert.ok(inside > other + 1);
  assert.equal(model.rows, 100);
  assert.equal(model.heldOutLogDensity.length, 100);
});

Deno.test("OutlierModel comes back from JSON, and refuses what is damaged", async () => {
  const model = await outlierDetector(tilted(30, 1), { maxRows: 20, components: [1, 2] });
  assert.equal(model.rows, 20);
  assert.ok(Object.isFrozen(model));
  const json = JSON.parse(JSON.stringify(model));
  const again = outlierModelFromJSON(json);
  const x = tilted(5, 2);
  assert.deepEqual(await again.score(x), await model.score(x));
  assert.deepEqual(await again.pValues(x), await model.pValues(x));
  assert.deepEqual(await again.contributions(x), await model.contributions(x));
  for (
    const [change, message] of [
      [{ version: 2 }, /version 2 was given, format mixtape-outliers, version 1 is needed/],
      [{ means: [1] }, /means and deviations: 2 numbers/],
      [{ deviations: [1, 0] }, /deviations\[1\]/],
      [{ heldOut: json.heldOut.slice(1) }, /one list per mixture/],
      [{ heldOut: json.heldOut.map((list: number[]) => list.toReversed()) }, /ascending/],
      [{ heldOut: [] }, /heldOut: a list is needed/],
      [{ withoutFold: undefined }, /withoutFold: a list is needed/],
    ] as const
  ) {
    assert.throws(() => outlierModelFromJSON({ ...json, ...change }), {
      name: "SyntaxError",
      message,
    });
  }
});

Deno.test("outlierDetector() refuses what it cannot fit, and takes far numbers", async () => {
  await assert.rejects(outlierDetector([[1], [2]]), /x has 2, at least 3 are needed/);
  await assert.rejects(outlierDetector(tilted(9, 0), { components: [] }), /Cannot use components/);
  await assert.rejects(outlierDetector(tilted(9, 0), { folds: 1 }), /folds/);
  await assert.rejects(outlierDetector(tilted(9, 0), { regularizations: [0] }), RangeError);
  const model = await outlierDetector(tilted(9, 0).map((row) => row.map((v) => v * 1e200)), single);
  const [near, far] = await model.score([[1e202, 0], [1e300, 1e300]]);
  assert.ok(near > far && Number.isFinite(far));
  await assert.rejects(model.score([[1]]), RangeError);
});

Deno.test("stackWeights() are the shares of two densities with disjoint support", async () => {
  const inFirst = [0, 0, 0, -1000];
  const inSecond = [-1000, -1000, -1000, 0];
  const weights = await stackWeights([Float64Array.from(inFirst), Float64Array.from(inSecond)]);
  assertAllClose(weights, [0.75, 0.25], { rtol: 1e-9 });
});
