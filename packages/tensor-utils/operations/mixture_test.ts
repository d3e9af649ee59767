import assert from "node:assert/strict";
import type {
  Float64Product,
  MixtureAttributes,
  MixtureMoments,
  MixturePasses,
  MixtureStepOptions,
  MixtureTerms,
} from "@mixtape/operations";
import { withKernel } from "../testing/with_kernel.ts";
import { referenceProduct } from "./float64_product_reference.ts";
import { openMixture } from "./mixture.ts";
import type { MixtureFactors, MixtureSession } from "./mixture_session.ts";
import { type MixtureCovariance, mixtureLength, mixtureShapes } from "./mixture_shapes.ts";

/** Two components of two columns. */
const factors: MixtureFactors = {
  k: 2,
  logWeights: Float64Array.of(Math.log(0.25), Math.log(0.75)),
  means: Float64Array.of(1, 2, 3, 4),
  precisionFactors: Float64Array.of(2, 5),
};

/** Far enough for squares of differences to exceed float64. */
const far = 2 ** 600;

const { signal } = new AbortController();
const x = { values: Float64Array.of(1, 2, 3 * far, 4 * far, 5, 6), shape: [3, 2] } as const;

/** Moments with numbers that are all different. */
function someMoments(shape: MixtureAttributes["shape"]): MixtureMoments {
  const scatter = new Float64Array(mixtureLength(shape, 2, 2)).map((_, at) => 20 + at);
  return {
    logLikelihood: -3,
    counts: Float64Array.of(1, 2),
    sums: Float64Array.of(3, 4, 5, 6),
    scatter,
  };
}

interface Given {
  readonly attrs: MixtureAttributes;
  readonly terms: MixtureTerms[];
  readonly options: MixtureStepOptions[];
  readonly events: unknown[];
}

/** Opens a mixture on a kernel that tells what it is given, and gives what it is told. */
async function withPasses(
  covariance: MixtureCovariance,
  change: Partial<MixtureMoments> & { all?: Float64Array },
  look: (session: MixtureSession, given: Given) => Promise<void>,
): Promise<void> {
  const { all = new Float64Array(6), ...moments } = change;
  let given: Given | undefined;
  const open = ({ attrs }: { attrs: MixtureAttributes }): MixturePasses => {
    const one: Given = given = { attrs, terms: [], options: [], events: [] };
    const { terms, options, events } = one;
    const result = () => ({ ...someMoments(attrs.shape), ...moments });
    return {
      moments: (...args) => (events.push(args), result()),
      step: (its, choice) => (terms.push(its), options.push(choice), result()),
      logDensity: (its) => (terms.push(its), Float64Array.of(1, 2, 3)),
      responsibilities: (its) => (terms.push(its), all.slice()),
      [Symbol.dispose]: () => void events.push("disposed"),
    };
  };
  await withKernel("MixtapeMixture", open, async () => {
    {
      using session = openMixture(x, covariance, signal);
      await look(session, given!);
      assert.ok(!given!.events.includes("disposed"));
    }
    assert.equal(given!.events.at(-1), "disposed");
  });
}

Deno.test("openMixture() gives the kernel the data, the normalised weights and the options of each step", async () => {
  await withPasses("spherical", {}, async (session, { attrs, terms, options, events }) => {
    assert.deepEqual(attrs, {
      ...{ values: x.values, rows: 3, columns: 2 },
      ...{ shape: mixtureShapes.spherical, signal },
    });
    const about = Float64Array.of(9, 9, 9, 9);
    await session.step(factors);
    await session.step(factors, { about });
    await session.step(factors, { careful: true });
    assert.deepEqual(options, [
      { about: factors.means, careful: false },
      { about, careful: false },
      { about: factors.means, careful: true },
    ]);
    assert.deepEqual(await session.logDensity(factors), Float64Array.of(1, 2, 3));
    const constants = [Math.log(0.25) + 2 * Math.log(2), Math.log(0.75) + 2 * Math.log(5)]
      .map((constant) => constant - Math.log(2 * Math.PI));
    const { k, means, precisionFactors } = factors;
    for (const its of terms) {
      assert.deepEqual(its, { k, means, precisionFactors, constants: its.constants });
      its.constants.forEach((constant, c) => assert.ok(Math.abs(constant - constants[c]) < 1e-14));
    }
    assert.equal(terms.length, 4);
    const responsibilities = new Float64Array(6);
    await session.moments(responsibilities, about);
    assert.deepEqual(events, [[responsibilities, about]]);
  });
});

Deno.test("openMixture() completes the triangles of matrices, and leaves other scatter alone", async () => {
  const [tied, full] = [[20, 22, 22, 23], [20, 22, 22, 23, 24, 26, 26, 27]];
  const expected: [MixtureCovariance, number[]][] = [
    ["full", full],
    ["tied", tied],
    ["diagonal", [20, 21, 22, 23]],
    ["tied-diagonal", [20, 21]],
    ["spherical", [20, 21]],
  ];
  for (const [covariance, scatter] of expected) {
    await withPasses(covariance, {}, async (session) => {
      const length = mixtureLength(mixtureShapes[covariance], 2, 2);
      const precisionFactors = new Float64Array(length).fill(1);
      const found = [
        await session.step({ ...factors, precisionFactors }),
        await session.moments(new Float64Array(6), factors.means),
      ];
      const moments = someMoments(mixtureShapes[covariance]);
      for (const one of found) {
        assert.deepEqual(one, { ...moments, scatter: Float64Array.from(scatter) });
      }
    });
  }
});

Deno.test("openMixture() says what is beyond float64: a density, or squares", async () => {
  const four = Float64Array.of(1, 2, 3, Infinity);
  const cases: [Partial<MixtureMoments>, RegExp][] = [
    [{ logLikelihood: -Infinity }, /a row of x lies so far from every component/],
    [{ logLikelihood: NaN, scatter: Float64Array.of(NaN, 1) }, /a row of x lies so far/],
    [{ counts: Float64Array.of(1, NaN) }, /squares of differences in x exceed float64/],
    [{ sums: four }, /squares of differences/],
    [{ scatter: Float64Array.of(1, Infinity) }, /squares of differences/],
  ];
  for (const [change, message] of cases) {
    await withPasses("spherical", change, async (session) => {
      await assert.rejects(session.step(factors), { name: "RangeError", message });
      await assert.rejects(session.moments(four, four), { name: "RangeError", message });
    });
  }
});

Deno.test("openMixture() gives a row beyond every density to the component that is nearest", async () => {
  const all = Float64Array.of(0.5, 0.5, NaN, NaN, 0.25, 0.75);
  await withPasses("spherical", { all }, async (session) => {
    const away = (...means: number[]) => ({
      ...factors,
      means: Float64Array.from(means, (mean) => far * mean),
    });
    const found = await session.responsibilities(away(1, 2, 3, 4));
    assert.deepEqual([...found], [0.5, 0.5, 0, 1, 0.25, 0.75]);
    const swapped = await session.responsibilities(away(3, 4, 1, 2));
    assert.deepEqual([...swapped], [0.5, 0.5, 1, 0, 0.25, 0.75]);
  });
});

Deno.test("openMixture() multiplies in float64 for one matrix of 64 columns, if the backend does", async () => {
  let products = 0;
  const multiply = ({ attrs }: { attrs: Float64Product }) => (products++, referenceProduct(attrs));
  await withKernel("MixtapeFloat64Product", multiply, async () => {
    const isMultiplied = async (covariance: MixtureCovariance, d: number) => {
      products = 0;
      using session = openMixture({ values: new Float64Array(d), shape: [1, d] }, covariance);
      const { block, shared } = mixtureShapes[covariance];
      const length = block === "matrix" ? d * d : block === "diagonal" ? d : 1;
      assert.ok(shared || covariance !== "tied");
      const precisionFactors = new Float64Array(length);
      for (let j = 0; j < d; j++) precisionFactors[j * (d + 1) % length] = 1;
      if (block === "diagonal") precisionFactors.fill(1);
      const logWeights = Float64Array.of(0);
      const means = new Float64Array(d);
      const [density] = await session.logDensity({ k: 1, logWeights, means, precisionFactors });
      assert.ok(Math.abs(density + d / 2 * Math.log(2 * Math.PI)) < 1e-9);
      return products > 0;
    };
    assert.ok(await isMultiplied("tied", 64));
    assert.ok(!await isMultiplied("tied", 63));
    for (const covariance of ["full", "tied-diagonal", "spherical"] as const) {
      assert.ok(!await isMultiplied(covariance, 64), covariance);
    }
  });
});
