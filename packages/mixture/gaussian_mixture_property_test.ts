import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type HostMatrix,
  type MixtureCovariance,
  mixtureShapes,
  mixtureStrides,
  useBackend,
} from "@mixtape/tensor-utils";
import { registerWebGpuBackend } from "@mixtape/webgpu";
import { assertAllClose, testRounds, testSeed } from "@mixtape/tensor-utils/testing";
import { hasAdapter, startWebGpu } from "../webgpu/testing/adapter.ts";
import { covarianceNames } from "./covariances/shapes.ts";
import { awkwardData, type Awkwardness } from "./fixtures/awkward_data.ts";
import { plainEm, type PlainMixture, type PlainProblem } from "./fixtures/plain_em.ts";
import { ComponentCollapseError, gaussianMixture, type GaussianMixtureModel } from "./mod.ts";
import type { FlatParameters } from "./parameters.ts";

registerWebGpuBackend();

const backends = [
  { label: "cpu", present: true, use: () => useBackend("cpu") },
  // One thread gives the bits of two, which conformance tests hold: it has its turn where there is time for all.
  ...testRounds(2) === 2
    ? [{ label: "simd, 1 thread", present: true, use: () => useBackend("simd", { threads: 1 }) }]
    : [],
  { label: "simd, 2 threads", present: true, use: () => useBackend("simd", { threads: 2 }) },
  {
    label: "webgpu",
    present: hasAdapter,
    use: async () => {
      await useBackend("webgpu");
      await startWebGpu(); // takes small problems, too
    },
  },
];

/** Up to `most`, and often 0. */
function power(most: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.double({ min: 0, max: most, noNaN: true }));
}

const anyData: fc.Arbitrary<Awkwardness> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  n: fc.integer({ min: 40, max: 150 }),
  d: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 })),
  k: fc.integer({ min: 1, max: 5 }),
  condition: power(10),
  offset: power(8),
  scales: power(8),
  separation: power(8),
  outlier: fc.oneof(fc.constant(0), fc.double({ min: 3, max: 12, noNaN: true })),
});

/** Each kind of awkwardness by itself at its worst, before any mixture of them. */
const easy = {
  seed: 1,
  n: 90,
  d: 3,
  k: 3,
  condition: 0,
  offset: 0,
  scales: 0,
  separation: 0.5,
  outlier: 0,
};
const worst: Awkwardness[] = [
  easy,
  { ...easy, condition: 9 },
  { ...easy, d: 20, n: 150, condition: 9 },
  { ...easy, offset: 8 },
  { ...easy, scales: 8 },
  { ...easy, separation: 8 },
  ...[3, 5, 8, 12].map((outlier) => ({ ...easy, outlier })),
  { ...easy, d: 1, k: 5, separation: 8, outlier: 12 },
];

interface Trial {
  readonly data: Awkwardness;
  readonly regularization: number;
  readonly iterations: number;
}

const anyTrial: fc.Arbitrary<Trial> = fc.record({
  data: anyData,
  regularization: fc.constantFrom(0, 1e-12, 1e-6),
  iterations: fc.integer({ min: 1, max: 4 }),
});

/** The standard deviation of each component and column, by their index among the means. */
function deviationsOf(
  { covariance, covariances, means, weights }: Required<FlatParameters>,
): (at: number) => number {
  const d = means.length / weights.length;
  const { component, diagonal } = mixtureStrides(mixtureShapes[covariance], d);
  return (at) => Math.sqrt(covariances[Math.floor(at / d) * component + at % d * diagonal]);
}

/** The difference of two mixtures, each quantity relative to its own scale. */
function difference(a: Compared, b: Compared, covariance: MixtureCovariance): number {
  const d = b.means.length / b.weights.length;
  const deviation = deviationsOf({ ...b, covariance });
  let most = 0;
  const compare = (p: ArrayLike<number>, q: ArrayLike<number>, scale: (at: number) => number) => {
    assert.equal(p.length, q.length);
    for (let at = 0; at < q.length; at++) {
      const relative = Math.abs(p[at] - q[at]) / scale(at);
      most = Math.max(most, Number.isNaN(relative) ? Infinity : relative);
    }
  };
  // A fit ends where the bound stands still.
  compare(
    a.bounds,
    b.bounds.slice(0, a.bounds.length),
    (at) => Math.max(1, Math.abs(b.bounds[at])),
  );
  compare(a.logDensity, b.logDensity, (at) => Math.max(1, Math.abs(b.logDensity[at])));
  compare([a.bic], [b.bic], () => Math.max(1, Math.abs(b.bic)));
  compare(a.responsibilities, b.responsibilities, () => 1);
  compare(a.weights, b.weights, () => 1);
  compare(a.means, b.means, deviation);
  compare(a.covariances, b.covariances, (at) => {
    if (mixtureShapes[covariance].block !== "matrix") return b.covariances[at];
    const [c, i, j] = [Math.floor(at / d / d), Math.floor(at / d) % d, at % d];
    return deviation(c * d + i) * deviation(c * d + j);
  });
  return most;
}

interface Compared {
  readonly bounds: readonly number[];
  readonly bic: number;
  readonly weights: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  readonly covariances: ArrayLike<number>;
  readonly logDensity: Float64Array;
  readonly responsibilities: Float64Array;
}

function comparedOf({ parameters, ...rest }: PlainMixture, bic: (sum: number) => number): Compared {
  const sum = rest.logDensity.reduce((total, value) => total + value, 0);
  return { ...rest, ...parameters, bic: bic(sum) };
}

/** The same problem with rows and columns in the other order: what differs is what rounding does to float64. */
function reversed(problem: PlainProblem): PlainProblem {
  const [n, d] = problem.x.shape;
  const k = problem.components;
  const values = problem.x.values.slice().reverse();
  const responsibilities = problem.responsibilities.map((_, at) =>
    problem.responsibilities[(n - 1 - Math.floor(at / k)) * k + at % k]
  );
  return { ...problem, x: { values, shape: [n, d] }, responsibilities };
}

/** Every number changed by about one unit in the last place: what it makes of that, no float64 can tell. */
function nudge({ values, shape }: HostMatrix): HostMatrix {
  return {
    values: Float64Array.from(values, (value, at) => value * (1 + (at % 3 - 1) * 2e-16)),
    shape,
  };
}

function unreversed(mixture: PlainMixture, d: number, k: number, covariance: MixtureCovariance) {
  const flip = (values: ArrayLike<number>, size: number) =>
    Float64Array.from(values, (_, at) => values[at - at % size + size - 1 - at % size]);
  const { parameters, bounds } = mixture;
  const size = mixtureStrides(mixtureShapes[covariance], d).block;
  const responsibilities = mixture.responsibilities.slice();
  for (let at = 0; at < responsibilities.length; at += k) {
    const row = mixture.responsibilities.length - k - at;
    responsibilities.set(mixture.responsibilities.subarray(row, row + k), at);
  }
  return {
    bounds,
    logDensity: mixture.logDensity.slice().reverse(),
    responsibilities,
    parameters: {
      ...parameters,
      means: flip(parameters.means, d),
      covariances: flip(parameters.covariances, size),
    },
  };
}

async function comparedModel(model: GaussianMixtureModel, problem: PlainProblem) {
  return {
    bounds: [...model.lowerBoundHistory],
    bic: await model.bic(problem.x),
    weights: model.weights,
    means: model.means.values,
    covariances: model.covariances.values,
    logDensity: await model.logDensity(problem.x),
    responsibilities: (await model.responsibilities(problem.x)).values,
  };
}

/** Compares a fit with float64; says whether float64 was good enough to compare with. */
async function check(trial: Trial, covariance: MixtureCovariance): Promise<boolean> {
  const { data, regularization, iterations } = trial;
  const { x, responsibilities } = awkwardData(data);
  const { k, d, n } = data;
  const problem = { x, covariance, components: k, responsibilities, regularization, iterations };
  const expected = unlessDegenerate(() => plainEm(problem));
  const again = unlessDegenerate(() => unreversed(plainEm(reversed(problem)), d, k, covariance));
  const nudged = unlessDegenerate(() => plainEm({ ...problem, x: nudge(x) }));
  const init = { responsibilities: { values: responsibilities, shape: [n, k] } } as const;
  const options = { components: k, covariance, regularization, init, tolerance: 0 };
  let model: GaussianMixtureModel;
  try {
    model = await gaussianMixture(x, { ...options, maxIterations: iterations });
  } catch (error) {
    assert.ok(error instanceof ComponentCollapseError, String(error));
    const bic = () => 0;
    const same = (mixture: PlainMixture | undefined) =>
      mixture && expected &&
      difference(comparedOf(mixture, bic), comparedOf(expected, bic), covariance) < 1e-9;
    const good = same(again) && same(nudged);
    assert.ok(!good, `${error.message}, where float64 has no trouble`);
    return false;
  }
  const found = await comparedModel(model, problem);
  await checkBound(trial, covariance, model);
  if (!expected || !again || !nudged) return false;
  const penalty = found.bic + 2 * found.logDensity.reduce((sum, value) => sum + value, 0);
  const bic = (sum: number) => penalty - 2 * sum;
  const wanted = comparedOf(expected, bic);
  const rounding = Math.max(
    difference(comparedOf(again, bic), wanted, covariance),
    difference(comparedOf(nudged, bic), wanted, covariance),
  );
  if (!(rounding < 1e-7)) return false;
  const off = difference(found, wanted, covariance);
  assert.ok(off <= 1e-6, `off by ${off}, where rounding to float64 makes ${rounding}`);
  return true;
}

/** The last bound is the mean log-density under the parameters before the last M-step. */
async function checkBound(
  trial: Trial,
  covariance: MixtureCovariance,
  model: GaussianMixtureModel,
) {
  const { data: { n, k }, regularization } = trial;
  const { x, responsibilities } = awkwardData(trial.data);
  const init = { responsibilities: { values: responsibilities, shape: [n, k] } } as const;
  using before = await gaussianMixture(x, {
    components: k,
    covariance,
    regularization,
    init,
    tolerance: 0,
    maxIterations: model.iterations - 1,
  });
  const density = await before.logDensity(x);
  const mean = density.reduce((sum, value) => sum + value, 0) / n;
  assertAllClose([model.lowerBound], [mean], { rtol: 1e-9, atol: 1e-9 });
}

/** Nothing where float64 finds no mixture, or one whose spread is what rounding the means has left. */
function unlessDegenerate(compute: () => PlainMixture): PlainMixture | undefined {
  try {
    const mixture = compute();
    const { means } = mixture.parameters;
    const rounding = (at: number) => 100 * Number.EPSILON * Math.abs(means[at]);
    const deviation = deviationsOf(mixture.parameters);
    return Array.from(means, (_, at) => deviation(at) > rounding(at)).every(Boolean)
      ? mixture
      : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

for (const backend of backends) {
  for (const covariance of covarianceNames) {
    Deno.test({
      name:
        `gaussianMixture() on ${backend.label} agrees with plain float64 on awkward data, ${covariance}`,
      ignore: !backend.present,
      fn: async () => {
        await backend.use();
        let judged = 0;
        for (const data of worst) {
          judged += Number(await check({ data, regularization: 0, iterations: 3 }, covariance));
        }
        assert.ok(judged > worst.length / 2, `only ${judged} of ${worst.length} could be compared`);
        judged = 0;
        const numRuns = testRounds(40);
        const property = fc.asyncProperty(anyTrial, async (trial) => {
          judged += Number(await check(trial, covariance));
        });
        await fc.assert(property, { seed: testSeed(), numRuns });
        assert.ok(judged > numRuns / 3, `only ${judged} of ${numRuns} could be compared`);
      },
    });
  }
}
