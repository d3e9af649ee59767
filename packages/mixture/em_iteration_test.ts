import assert from "node:assert/strict";
import {
  type HostMatrix,
  type MixtureMoments,
  type MixtureSession,
  openMixture,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose, normalMatrix } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import { iterate, type Mixture, settle } from "./em_iteration.ts";
import { expectationMaximization } from "./expectation_maximization.ts";
import { mixtureOf, recorded } from "./fixtures/mixture_of.ts";
import { leavesOutTooMuch } from "./leaves_out_too_much.ts";
import { meansMovedFar } from "./means_moved_far.ts";
import { atOnce } from "./fixtures/at_once.ts";

await useBackend("cpu");

const cloud = normalMatrix(4, 99, 2, (i) => 9 * (i % 2));
const apart = mixtureOf(
  { weights: [0.4, 0.6], means: [0, 1, 8, 9], covariances: [1, 0, 0, 2, 3, 0.5, 0.5, 1] },
  2,
);

/** A row so far out that what a quick pass leaves out of it decides a variance. */
const withOutlier: HostMatrix = {
  values: Float64Array.of(...normalMatrix(3, 99, 2).values, 1e8, 0),
  shape: [100, 2],
};
const beside = mixtureOf({
  covariance: "diagonal",
  weights: [0.5, 0.5],
  means: [0, 0, 3e-7, 0],
  covariances: [1, 1, 1, 1],
}, 2);

Deno.test("iterate() passes once, quickly, where nothing that matters is left out", async () => {
  using session = recorded(openMixture(cloud, "full"));
  const { next, logLikelihood, careful } = await iterate(session, 99, apart, 1e-6, false);
  assert.deepEqual(session.steps, [{ about: apart.parameters.means, careful: false }]);
  assert.equal(careful, false);
  const density = await session.logDensity(apart.factors);
  assertAllClose([logLikelihood], [density.reduce((sum, value) => sum + value, 0)], {
    rtol: 1e-12,
  });
  assert.notDeepEqual(next.parameters.means, apart.parameters.means);
});

Deno.test("iterate() passes again, carefully, where a quick pass left out too much, and says so", async () => {
  using session = recorded(openMixture(withOutlier, "diagonal"));
  const again = await iterate(session, 100, beside, 1e-6, false);
  assert.deepEqual(session.steps.map(({ careful }) => careful), [false, true]);
  assert.equal(again.careful, true);
  session.steps.length = 0;
  const careful = await iterate(session, 100, beside, 1e-6, true);
  assert.deepEqual(session.steps.map(({ careful }) => careful), [true]);
  assert.deepEqual(careful, again);
});

Deno.test("expectationMaximization() stays careful for as long as an iteration says so", async () => {
  using session = recorded(openMixture(withOutlier, "diagonal"));
  const rules = { tolerance: 0, maxIterations: 3, regularization: 1e-6 };
  await expectationMaximization(session, 100, beside, rules, async () => {});
  const care = session.steps.map(({ careful }) => careful);
  assert.deepEqual([care[0], care.indexOf(true)], [false, 1]);
  assert.equal(care.lastIndexOf(false), 0, `${care}`);
});

Deno.test("expectationMaximization() ends with a change of just its tolerance, up or down", async () => {
  using session = openMixture(normalMatrix(5, 99, 2, (i) => 2 * (i % 2)), "full");
  const run = (tolerance: number, maxIterations: number, start: Mixture = apart, added = 1e-6) => {
    const rules = { tolerance, maxIterations, regularization: added };
    return expectationMaximization(session, 99, start, rules, async () => {});
  };
  const { lowerBoundHistory: history } = await run(0, 4);
  const change = history[2] - history[1];
  const ended = await run(change, 9);
  assert.deepEqual([ended.lowerBoundHistory.length, ended.converged], [3, true]);
  assert.equal(ended.lowerBound, history[2]);
  assert.equal((await run(change * 0.999, 3)).converged, false);
  // Much regularization lowers the bound.
  const fallen = await run(1e-3, 2, ended, 9);
  assert.ok(fallen.lowerBound < fallen.lowerBoundHistory[0] - 0.1);
  assert.equal(fallen.converged, false);
});

/** Moments of two rows, a unit to either side of a place, in one column. */
function pairAt(place: number): (about: Float64Array) => MixtureMoments {
  return ([about]) => ({
    logLikelihood: 0,
    counts: Float64Array.of(2),
    sums: Float64Array.of(2 * (place - about)),
    scatter: Float64Array.of((place - 1 - about) ** 2 + (place + 1 - about) ** 2),
  });
}

Deno.test("settle() takes moments again about the new mean, and only where the mean moved far", async () => {
  const before = { means: Float64Array.of(0), covariance: "full" } as const;
  for (const [place, calls] of [[300, 0], [1e6, 1]] as const) {
    const asked: number[] = [];
    const step = (about: Float64Array) => {
      asked.push(about[0]);
      return Promise.resolve(pairAt(place)(about));
    };
    const { parameters } = await settle(pairAt(place)(before.means), before, 0.25, step);
    assert.deepEqual(asked, Array(calls).fill(place));
    assertAllClose([...parameters.means, ...parameters.covariances], [place, 1.25], { rtol: 1e-9 });
  }
});

Deno.test("settle() makes three passes at most, and keeps the last", async () => {
  const before = { means: Float64Array.of(0), covariance: "full" } as const;
  const asked: number[] = [];
  // The mean flees from wherever moments are taken.
  const fleeing = (about: Float64Array) => pairAt(about[0] + 1e6)(about);
  const { parameters } = await settle(fleeing(before.means), before, 0, (about) => {
    asked.push(about[0]);
    return Promise.resolve(fleeing(about));
  });
  assert.deepEqual(asked, [1e6, 2e6]);
  assert.deepEqual([...parameters.means], [3e6]);
});

Deno.test("settle() makes another pass where a covariance is not positive definite, and gives up after three", async () => {
  const before = { means: Float64Array.of(0), covariance: "full" } as const;
  // Rounding has left no spread about a point so far away; about the mean there is one.
  const flat = { ...pairAt(5)(before.means), scatter: Float64Array.of(2 * 25) };
  const asked: number[] = [];
  const { parameters } = await settle(flat, before, 0, (about) => {
    asked.push(about[0]);
    return Promise.resolve(pairAt(5)(about));
  });
  assert.deepEqual(asked, [5]);
  assert.deepEqual([...parameters.covariances], [1]);
  const hopeless = settle(flat, before, 0, (about) => {
    asked.push(about[0]);
    return Promise.resolve({ ...pairAt(5)(about), scatter: Float64Array.of(0) });
  });
  await assert.rejects(hopeless, { name: "ComponentCollapseError" });
  assert.deepEqual(asked, [5, 5, 5]);
  const broken = settle(flat, before, 0, () => Promise.reject(new TypeError("broken")));
  await assert.rejects(broken, { name: "TypeError" });
});

Deno.test("iterate() passes carefully where a quick pass leaves a component without spread", async () => {
  const one = mixtureOf({ weights: [1], means: [0], covariances: [1] }, 1);
  const care: boolean[] = [];
  using session = openMixture({ values: Float64Array.of(-1, 1), shape: [2, 1] }, "full");
  const step: MixtureSession["step"] = (_, { about, careful } = {}) => {
    care.push(careful!);
    const moments = pairAt(0)(about!);
    return Promise.resolve(careful ? moments : { ...moments, scatter: Float64Array.of(0) });
  };
  const { next } = await iterate({ ...recorded(session), step }, 2, one, 0, false);
  assert.deepEqual(care, [false, false, false, true]);
  assert.deepEqual([...next.parameters.covariances], [1]);
});

/** Covariances of two components in two columns; where components share them, those of the second. */
const covariances = {
  full: [9, 0, 0, 16, 4, 0, 0, 25],
  tied: [4, 0, 0, 25],
  diagonal: [9, 16, 4, 25],
  "tied-diagonal": [4, 25],
  spherical: [9, 25],
};

for (const covariance of covarianceNames) {
  const given = { covariance, weights: [0.3, 0.7], covariances: covariances[covariance] };

  Deno.test(`meansMovedFar() draws the line at 1e5 squared standard deviations of the component, ${covariance}`, () => {
    const far = Math.sqrt(1e5) * 5;
    for (const move of [far, -far]) {
      const at = (y: number) => mixtureOf({ ...given, means: [7, 8, 1, 2 + y] }, 2);
      const before = Float64Array.of(7, 8, 1, 2);
      assert.equal(atOnce(meansMovedFar(at((1 - 1e-8) * move), before)), false);
      assert.equal(atOnce(meansMovedFar(at((1 + 1e-8) * move), before)), true);
    }
  });

  Deno.test(`leavesOutTooMuch() keeps to its bounds on weights and variances, ${covariance}`, () => {
    const before = mixtureOf({ ...given, means: [7, 8, 1, 2] }, 2);
    const least = Math.exp(-28);
    const rows = 1000;
    const logLikelihood = -6543;
    const fewest = rows * least / 1e-7;
    const judge = (count: number, after = before) => {
      const counts = Float64Array.of(rows - count, count);
      const moments = {
        counts,
        logLikelihood,
        sums: new Float64Array(),
        scatter: new Float64Array(),
      };
      return atOnce(leavesOutTooMuch(moments, rows, before, after));
    };
    assert.equal(judge((1 - 1e-8) * fewest), true);
    // Σ r|y|² over the rows left out, as a share of what the second component has, or all have.
    const normalizers = before.parameters.weights.map((weight, c) => {
      const [a, b] = {
        full: c === 0 ? [9, 16] : [4, 25],
        tied: [4, 25],
        diagonal: c === 0 ? [9, 16] : [4, 25],
        "tied-diagonal": [4, 25],
        spherical: c === 0 ? [9, 9] : [25, 25],
      }[covariance];
      return Math.log(weight / (2 * Math.PI * Math.sqrt(a * b)));
    });
    const sums = [...normalizers].map((c) => 2 * least * (rows * (c + 28) - logLikelihood));
    const count = 100;
    const share = {
      full: sums[1] / count,
      tied: (sums[0] + sums[1]) / rows,
      diagonal: sums[1] / count,
      "tied-diagonal": (sums[0] + sums[1]) / rows,
      spherical: sums[1] / count / 2,
    }[covariance];
    const ratio = 1e-7 / share;
    const shared = covariance.startsWith("tied");
    for (const [times, expected] of [[1 + 1e-8, false], [1 - 1e-8, true]] as const) {
      const last = covariances[covariance].length / (shared ? 1 : 2);
      const shrunk = covariances[covariance].map((value, at) =>
        shared || at >= last ? value / ratio * times : value
      );
      const after = mixtureOf({ ...given, covariances: shrunk, means: [7, 8, 1, 2] }, 2);
      assert.equal(judge(count, after), expected, `${times}`);
    }
  });
}

Deno.test("meansMovedFar() allows more where rounding loses more anyway, in columns that nearly depend on each other", () => {
  const correlation = Math.sqrt(1 - 1e-8);
  const at = (x: number) =>
    mixtureOf({
      weights: [1],
      means: [x, 0],
      covariances: [1, correlation, correlation, 1],
    }, 2);
  // A tenth of ‖|W|·σ‖² = 4e8, of which a move by x is x²·1e8.
  assert.equal(atOnce(meansMovedFar(at(0.63), Float64Array.of(0, 0))), false);
  assert.equal(atOnce(meansMovedFar(at(0.64), Float64Array.of(0, 0))), true);
});
