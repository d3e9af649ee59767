import assert from "node:assert/strict";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, assertNoLeak, normalMatrix } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import {
  ComponentCollapseError,
  type MixtureCandidate,
  selectMixture,
  type SelectMixtureOptions,
} from "./mod.ts";

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
  const seen: [MixtureCandidate, number, number][] = [];
  const { model, candidates } = await selectMixture(x, {
    components: [1, 2],
    covariances: covarianceNames,
    init: "split",
    onCandidate: (...call) => seen.push(call),
  });
  assert.equal(model.covariance, "spherical");
  assert.equal(model.components, 1);
  assert.deepEqual(
    seen,
    candidates.map((candidate, i) => [candidate, i + 1, 2 * covarianceNames.length]),
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
    [{ components: [] }, /at least one choice/],
    [{ components: undefined }, /at least one choice/],
    [{ covariances: [] }, /at least one choice/],
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
    /x has 1 rows/,
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
