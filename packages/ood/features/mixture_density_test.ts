import assert from "node:assert/strict";
import { selectMixture } from "@mixtape/mixture";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { mixtureDensity } from "../detectors/mixture_density.ts";
import { detectorNamed } from "../registry.ts";
import { meanOf, meanRow, minus, transposed, unitRows } from "../testing/plain_algebra.ts";
import { mixtureDefaults, type MixtureDensityOptions } from "./mixture_density.ts";

await useBackend("cpu");

const source = random(testSeed());

/** Rows in three groups; the second column is constant unless `all` vary. */
function rowsOf(n: number): number[][] {
  return Array.from({ length: n }, (_, i) => {
    const centre = i % 3;
    return [4 * centre + source.normal(), 0.5, source.normal() * (1 + centre), source.normal() - 3];
  });
}
const matrix = (rows: number[][]) => ({
  values: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0].length] as const,
});
const evidence = (rows: number[][]) => ({
  logits: matrix(rows),
  activations: [matrix(rows)],
  labels: new Int32Array(rows.length),
});
const rows = rowsOf(530);
const queries = rowsOf(20);

const cases: Partial<MixtureDensityOptions>[] = [
  { components: [1, 3], covariances: ["diagonal", "full"], criterion: "aic", tolerance: 1e-6 },
  { components: [4, 2], covariances: ["spherical"], criterion: "held-out", regularization: 0.2 },
  { components: [2], covariances: ["tied"], maxIterations: 3 },
  { components: [600, 2], tolerance: 0.5 },
  { components: [3], maxRows: 200 },
];

Deno.test("mixtureDefaults are those that the options document", () => {
  assert.deepEqual(mixtureDefaults, {
    components: [5, 10, 20],
    covariances: undefined,
    maxRows: undefined,
    criterion: "bic",
    regularization: 1e-6,
    tolerance: 1e-3,
    maxIterations: 100,
  });
});

for (const name of ["gmm", "gmm++"]) {
  for (const [i, own] of cases.entries()) {
    Deno.test(`${name} is the mixture that selectMixture() fits with its options, case ${i}`, async () => {
      const options = { ...mixtureDefaults, ...own };
      const seed = testSeed() + i;
      using detector = await detectorNamed(name)(evidence(rows), { ...own, seed });
      const prepared = (rows: number[][]) => {
        const kept = rows.map((row) => [row[0], row[2], row[3]]);
        return name === "gmm++" ? unitRows(kept) : kept;
      };
      const drawn = random(seed).sample(rows.length, Math.min(rows.length, own.maxRows ?? 530))
        .sort();
      const x = prepared(Array.from(drawn, (row) => rows[row]));
      const mean = meanRow(x);
      const variances = transposed(x.map((row) => minus(row, mean).map((value) => value ** 2)));
      const { model, candidates } = await selectMixture(matrix(x), {
        components: options.components.filter((count) => count <= x.length),
        covariances: own.covariances as ["full"] ?? ["full"],
        criterion: options.criterion,
        regularization: options.regularization * meanOf(variances.map(meanOf)),
        tolerance: options.tolerance,
        maxIterations: options.maxIterations,
        seed,
      });
      const expected = await model.logDensity(matrix(prepared(queries)));
      assertAllClose(await detector.score(evidence(queries)), expected, { rtol: 1e-9 });
      const notes = [
        "1 of 4 units of the penultimate layer never vary in training and were dropped",
      ];
      if (own.maxRows) {
        notes.push("the mixture was fitted to 200 of 530 training rows, drawn at random");
      }
      if (candidates.length > 1) {
        const { components, covariance } = model;
        notes.push(
          `${components} components with ${covariance} covariances chosen by ${options.criterion}`,
        );
      }
      if (!model.converged) {
        notes.push(`the mixture stopped after ${model.iterations} iterations, unconverged`);
      }
      assert.deepEqual(detector.notes, notes);
      model[Symbol.dispose]();
    });
  }
}

Deno.test("gmm falls back to one component where every mixture collapses", async () => {
  const two = Array.from({ length: 20 }, (_, i) => [i % 2 === 0 ? 1 : 3]);
  const options = { components: [2, 3], regularization: 0 };
  using detector = await mixtureDensity(evidence(two), options);
  assert.equal(detector.notes[0], "every mixture collapsed, a single component was fitted");
  // Mean 2, variance 1.
  const scores = await detector.score(evidence([[2], [4]]));
  assertAllClose(scores, [0, -2].map((log) => log - Math.log(2 * Math.PI) / 2), { rtol: 1e-6 });
});

Deno.test("gmm takes full covariances up to 64 units and one for all components beyond", async () => {
  for (const d of [64, 65]) {
    const x = matrix(
      Array.from({ length: 70 }, () => Array.from({ length: d }, () => source.normal())),
    );
    const given = { logits: x, activations: [x], labels: new Int32Array(70) };
    using detector = await mixtureDensity(given, { components: [1] });
    const { state } = detector.toJSON() as unknown as { state: { model: { covariance: string } } };
    assert.equal(state.model.covariance, d === 64 ? "full" : "tied");
    assert.deepEqual(
      detector.notes,
      d === 64 ? [] : ["the components share one covariance, there are 65 units, more than 64"],
    );
  }
});
