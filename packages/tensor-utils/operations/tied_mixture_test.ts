import assert from "node:assert/strict";
import { type HostMatrix, openMixture, useBackend } from "../mod.ts";
import { assertAllClose } from "../testing/mod.ts";
import { mixtureProblem, type MixtureProblemOptions } from "../testing/mixture_problem.ts";
import { plainMixture } from "../testing/plain_mixture.ts";
import type { MixtureSession } from "./mixture_session.ts";
import { TiedMixture } from "./tied_mixture.ts";

function problemOf(change: Partial<MixtureProblemOptions>) {
  return mixtureProblem({ seed: 4, n: 600, d: 9, k: 4, covariance: "tied", ...change });
}

/** Data without the session that takes over where digits would be lost. */
function openTiedMixture(x: HostMatrix): MixtureSession {
  return new TiedMixture(x, () => assert.fail("went to the session without short cuts"));
}

for (const backend of ["cpu", "simd"] as const) {
  Deno.test(`openTiedMixture() on ${backend} agrees with the formulas, whatever offset, unit and condition`, async () => {
    await useBackend(backend);
    const cases = [{}, { n: 3, d: 66 }, { offset: 1e5 }, { unit: 1e-30, offset: 3 }, {
      condition: 100,
    }];
    for (const change of cases) {
      const { x, factors } = problemOf(change);
      const expected = plainMixture(x, "tied", factors);
      using session = openTiedMixture(x);
      const close = { rtol: 1e-9, atol: 1e-9 };
      assertAllClose(await session.logDensity(factors), expected.logDensity, close);
      const responsibilities = await session.responsibilities(factors);
      assertAllClose(responsibilities, expected.responsibilities, { rtol: 1e-9, atol: 1e-9 });
      const moments = await session.step(factors);
      const { counts, sums, scatter, logLikelihood } = expected.moments;
      assertAllClose([moments.logLikelihood], [logLikelihood], close);
      assertAllClose(moments.counts, counts, { rtol: 1e-9, atol: 1e-9 });
      const largest = scatter.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      assertAllClose(moments.scatter, scatter, { rtol: 1e-6, atol: 1e-8 * largest });
      const reach = Math.sqrt(largest * x.shape[0]);
      assertAllClose(moments.sums, sums, { rtol: 1e-6, atol: 1e-8 * reach });
    }
  });
}

Deno.test("TiedMixture goes to the session without short cuts where digits would be lost", async () => {
  await useBackend("cpu");
  const { x, factors } = problemOf({});
  // Two components a hundred million widths apart, and a row farther than that.
  factors.means.subarray(0, 9).fill(1e8);
  x.values.subarray(0, 9).fill(1e8);
  x.values.subarray(9, 18).fill(-1e12);
  const expected = plainMixture(x, "tied", factors);
  const close = { rtol: 1e-9, atol: 1e-9 };
  const opened: number[] = [];
  using session = new TiedMixture(x, (rows) => {
    opened.push(rows.shape[0]);
    return openMixture(rows, "tied");
  });
  assertAllClose(await session.logDensity(factors), expected.logDensity, close);
  const { scatter, logLikelihood } = await session.step(factors);
  assertAllClose([logLikelihood], [expected.moments.logLikelihood], close);
  assertAllClose(scatter, expected.moments.scatter, close);
  assert.deepEqual(opened, [600, 600]);
  const near = { ...factors, means: factors.means.slice().fill(0, 0, 9) };
  opened.length = 0;
  const density = await session.logDensity(near);
  assertAllClose(density, plainMixture(x, "tied", near).logDensity, close);
  assert.deepEqual(opened, [2], "only the rows far away take the long way");
});

Deno.test("TiedMixture scores rows of components far apart as the session without short cuts does", async () => {
  await useBackend("cpu");
  for (const far of [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]) {
    const { x, factors } = problemOf({});
    for (let at = 0; at < 9; at++) factors.means[at] = x.values[at] += far;
    const expected = plainMixture(x, "tied", factors);
    using session = new TiedMixture(x, (rows) => openMixture(rows, "tied"));
    const density = await session.logDensity(factors);
    assertAllClose(density, expected.logDensity, { rtol: 1e-9, atol: 1e-9 });
    const responsibilities = await session.responsibilities(factors);
    assertAllClose(responsibilities, expected.responsibilities, { rtol: 0, atol: 1e-8 });
  }
});

Deno.test("openMixture() gives rows too far for short cuts their own scores, wide and tied", async () => {
  const { x, factors } = problemOf({ n: 40, d: 66 });
  x.values.subarray(30 * 66, 31 * 66).fill(1e9);
  x.values.subarray(35 * 66, 36 * 66).fill(-1e10);
  const expected = plainMixture(x, "tied", factors);
  for (const backend of ["cpu", "simd"] as const) {
    await useBackend(backend);
    using session = openMixture(x, "tied");
    assertAllClose(await session.logDensity(factors), expected.logDensity, { rtol: 1e-9 });
    const responsibilities = await session.responsibilities(factors);
    assertAllClose(responsibilities, expected.responsibilities, { rtol: 0, atol: 1e-8 });
  }
});

Deno.test("openMixture() takes wide data with tied covariances through float64, on any threads to the same bits", async () => {
  const { x, factors } = problemOf({ n: 1300, d: 70 });
  const steps = [];
  for (const threads of [1, 2]) {
    await useBackend("simd", { threads });
    using session = openMixture(x, "tied");
    steps.push(await session.step(factors));
  }
  assert.deepEqual(steps[1], steps[0]);
  const { moments } = plainMixture(x, "tied", factors);
  assertAllClose([steps[0].logLikelihood], [moments.logLikelihood], { rtol: 1e-12 });
});

Deno.test("TiedMixture.step() ends wherever its signal is aborted, within the products of many columns too", async () => {
  await useBackend("auto");
  const [n, d, k] = [40, 1100, 2];
  const values = Float32Array.from({ length: n * d }, (_, at) => Math.sin(at * at));
  const precisionFactors = new Float64Array(d * d);
  for (let j = 0; j < d; j++) precisionFactors[j * (d + 1)] = 1;
  const means = Float64Array.from(values.subarray(0, k * d));
  const factors = { k, logWeights: new Float64Array(k), means, precisionFactors };
  // By this clock, each look at it is due for a turn.
  let time = performance.now();
  Object.defineProperty(performance, "now", { value: () => time += 100, configurable: true });
  const turnsOf = async (most: number) => {
    const controller = new AbortController();
    let turns = 0;
    using session = new TiedMixture(
      { values, shape: [n, d] },
      () => assert.fail(),
      controller.signal,
    );
    const pending = session.step(factors).then(() => true, (error) => {
      assert.equal(error.message, "enough");
      return false;
    });
    let isOver = false;
    const look = () => {
      if (turns++ === most) controller.abort(new TypeError("enough"));
      if (!isOver) setImmediate(look);
    };
    setImmediate(look);
    const isDone = await pending;
    isOver = true;
    return { turns, isDone };
  };
  try {
    const whole = await turnsOf(Infinity);
    assert.ok(whole.isDone);
    // 20 of them within the trace.
    assert.ok(whole.turns >= 20, `${whole.turns}`);
    for (const most of [0, 2, 9, 15]) {
      const { turns, isDone } = await turnsOf(most);
      assert.ok(!isDone && turns <= most + 3, `${most}: ${turns}`);
    }
  } finally {
    delete (performance as Partial<Performance>).now;
  }
});
