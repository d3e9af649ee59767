import assert from "node:assert/strict";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak, normalMatrix } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import {
  ComponentCollapseError,
  gaussianMixture,
  type GaussianMixtureModel,
  type MixtureInit,
  type SelectionProgress,
  selectMixture,
  type SelectMixtureOptions,
} from "./mod.ts";
import { withShapes } from "./fixtures/mixture_of.ts";
import { checkParameters } from "./parameters.ts";
import { splitWidest } from "./split_component.ts";

await useBackend("cpu");

function line(groups: number, rows: number): HostMatrix {
  return normalMatrix(2, rows, 1, (i) => 12 * (i % groups));
}

for (const criterion of ["bic", "aic", "held-out"] as const) {
  for (const init of ["k-means", "split"] as const) {
    Deno.test(`selectMixture() finds three groups by ${criterion} from ${init}`, async () => {
      const options = { components: [1, 2, 3, 4], criterion, init };
      const { model, candidates } = await selectMixture(line(3, 150), options);
      assert.deepEqual(candidates.map(({ components }) => components), [1, 2, 3, 4]);
      assert.ok(model.components >= 3, `${model.components}`);
      const scores = candidates.map(({ score }) => score);
      assert.equal(model.components, candidates[scores.indexOf(Math.min(...scores))].components);
      if (criterion === "bic") assert.equal(model.components, 3);
    });
  }
}

Deno.test("selectMixture() tries every shape and reports its progress", async () => {
  const x = normalMatrix(3, 100, 2);
  const seen: SelectionProgress[] = [];
  const { model, candidates } = await selectMixture(x, {
    components: [1, 2],
    covariances: covarianceNames,
    init: "split",
    onCandidate: (progress) => seen.push(progress),
  });
  assert.equal(model.covariance, "spherical");
  assert.equal(model.components, 1);
  assert.deepEqual(
    seen,
    candidates.map((candidate, i) => ({
      candidate,
      done: i + 1,
      total: 2 * covarianceNames.length,
    })),
  );
  assertAllClose([Math.min(...candidates.map(({ score }) => score))], [
    await model.bic(x),
  ]);
});

Deno.test("selectMixture() skips a mixture in which a component collapses", async () => {
  const x = { values: new Float64Array([0, 0.1, 0.2, 5, 5, 5, 5]), shape: [7, 1] } as const;
  const options = { components: [1, 2], regularization: 0 };
  const { model, candidates } = await selectMixture(x, options);
  assert.equal(model.components, 1);
  assert.equal(candidates[1].score, Infinity);
  const constant = { values: new Float64Array(5), shape: [5, 1] } as const;
  await assert.rejects(selectMixture(constant, options), ComponentCollapseError);
});

Deno.test("selectMixture() rejects invalid arguments", async () => {
  const cases: [Partial<SelectMixtureOptions>, RegExp][] = [
    [
      { components: [] },
      /^TypeError: Cannot use (components|covariances): .* a list of one or more is needed$/,
    ],
    [
      { components: undefined },
      /^TypeError: Cannot use (components|covariances): .* a list of one or more is needed$/,
    ],
    [
      { covariances: [] },
      /^TypeError: Cannot use (components|covariances): .* a list of one or more is needed$/,
    ],
    [{ components: [0] }, /components: 0/],
    [{ criterion: "icl" as "bic" }, /criterion: "icl"/],
    [{ criterion: "held-out", heldOutShare: 1 }, /heldOutShare: 1/],
    [{ init: "best" as "split" }, /init: "best"/],
  ];
  for (const [options, message] of cases) {
    const fit = selectMixture(line(2, 20), { components: [1], ...options });
    await assert.rejects(fit, message);
  }
  const single = { values: new Float64Array(1), shape: [1, 1] } as const;
  await assert.rejects(
    selectMixture(single, { components: [1], criterion: "held-out" }),
    /x has 1 row,/,
  );
});

Deno.test("selectMixture() stops when it is aborted and leaves no tensors behind", async () => {
  const controller = new AbortController();
  await assertNoLeak(async () => {
    const search = selectMixture(line(2, 50), {
      components: [1, 2, 3],
      signal: controller.signal,
      onCandidate: () => controller.abort(),
    });
    await assert.rejects(search, { name: "AbortError" });
  });
});

Deno.test("selectMixture() keeps the first shape when all are the same in one column, on any backend", async () => {
  for (const backend of ["cpu", "simd"] as const) {
    await useBackend(backend);
    for (let seed = 0; seed < 20; seed++) {
      const x = normalMatrix(seed, 60, 1, (i) => 10 * (i % 3) + 1e6);
      const { model } = await selectMixture(x, {
        components: [4],
        covariances: ["diagonal", "full", "spherical"],
        seed,
      });
      assert.equal(model.covariance, "diagonal");
    }
  }
});

/** Ten rows, each of which is known by its part of a sum. */
const powers: HostMatrix = {
  values: Float64Array.from({ length: 10 }, (_, i) => 2 ** i),
  shape: [10, 1],
};

for (const [share, aside] of [[undefined, 2], [0.24, 2], [0.26, 3], [0.01, 1], [0.9, 9]] as const) {
  Deno.test(`selectMixture() fits and judges different rows, ${aside} of ten for a share of ${share}`, async () => {
    const parts = new Set<number>();
    for (const seed of [0, 1, 2]) {
      const options = {
        components: [1],
        criterion: "held-out",
        heldOutShare: share,
        seed,
      } as const;
      const { model, candidates } = await selectMixture(powers, options);
      const sum = Math.round(model.means.values[0] * (10 - aside));
      const isFitted = Array.from(powers.values, (value) => (sum & value) !== 0);
      assert.equal(isFitted.filter(Boolean).length, 10 - aside);
      const judged = powers.values.filter((_, i) => !isFitted[i]);
      const density = await model.logDensity({ values: judged, shape: [aside, 1] });
      const mean = density.reduce((total, value) => total + value, 0) / aside;
      assertAllClose([candidates[0].score], [-mean], { rtol: 1e-9 });
      parts.add(sum);
    }
    assert.ok(parts.size > 1, "another seed holds other rows out");
  });
}

const grouped = normalMatrix(7, 80, 2, (i, j) => 5 * (i % 3) * (j + 1));

Deno.test("selectMixture() fits each candidate as gaussianMixture() does, with the same options", async () => {
  const options = {
    regularization: 0.1,
    tolerance: 1e-5,
    maxIterations: 7,
    restarts: 2,
    seed: 3,
    init: "random",
  } as const;
  for (const criterion of ["bic", "aic"] as const) {
    const { candidates, model } = await selectMixture(grouped, {
      ...options,
      criterion,
      components: [3, 2],
      covariances: ["diagonal", "tied"],
    });
    const asked = [["diagonal", 3], ["diagonal", 2], ["tied", 3], ["tied", 2]] as const;
    for (const [at, [covariance, components]] of asked.entries()) {
      using expected = await gaussianMixture(grouped, { ...options, covariance, components });
      assert.deepEqual(candidates[at], {
        covariance,
        components,
        score: await expected[criterion](grouped),
        lowerBound: expected.lowerBound,
        iterations: expected.iterations,
        converged: expected.converged,
      });
      const lowest = Math.min(...candidates.map(({ score }) => score));
      if (candidates[at].score === lowest) assert.deepEqual(model.toJSON(), expected.toJSON());
    }
  }
});

Deno.test("selectMixture() begins from the fit before, split, where that has no more components", async () => {
  const options = { covariances: ["diagonal"], init: "split", seed: 2 } as const;
  const fit = async (init: MixtureInit, components: number) => {
    using model = await gaussianMixture(grouped, {
      covariance: "diagonal",
      components,
      seed: 2,
      init,
    });
    const { lowerBound, iterations } = model;
    return { model, lowerBound, iterations };
  };
  const flatOf = ({ weights, means, covariances }: GaussianMixtureModel) =>
    checkParameters(
      { covariance: "diagonal", weights, means: means.values, covariances: covariances.values },
      means.shape[1],
      "model",
    );
  const { candidates } = await selectMixture(grouped, { ...options, components: [2, 2, 4, 3] });
  const first = await fit("k-means", 2);
  const same = await fit(first.model, 2);
  const more = await fit(withShapes(await splitWidest(flatOf(same.model), 4)), 4);
  const fewer = await fit("k-means", 3);
  assert.deepEqual(
    candidates.map(({ lowerBound, iterations }) => ({ lowerBound, iterations })),
    [first, same, more, fewer].map(({ lowerBound, iterations }) => ({ lowerBound, iterations })),
  );
});

Deno.test("selectMixture() lists a mixture that collapsed, and goes on to the next", async () => {
  const values = Float64Array.of(0, 0.1, 0.2, 5, 5, 5, 5);
  const { candidates } = await selectMixture({ values, shape: [7, 1] }, {
    components: [1, 2, 1],
    regularization: 0,
  });
  assert.deepEqual(candidates[1], {
    covariance: "full",
    components: 2,
    score: Infinity,
    lowerBound: -Infinity,
    iterations: 0,
    converged: false,
  });
  assert.deepEqual(candidates[2], candidates[0]);
});

Deno.test("selectMixture() judges by one of two rows, and refuses to fit none", async () => {
  const two = { values: Float64Array.of(1, 3), shape: [2, 1] } as const;
  const options = { components: [1], criterion: "held-out", heldOutShare: 0.5 } as const;
  const { model } = await selectMixture(two, options);
  assert.ok([1, 3].includes(model.means.values[0]));
  await assert.rejects(
    selectMixture(two, { ...options, heldOutShare: 0.9 }),
    /at least 2 are needed/,
  );
  for (const heldOutShare of [0, 0.91]) {
    await assert.rejects(selectMixture(two, { ...options, heldOutShare }), /heldOutShare/);
  }
});
