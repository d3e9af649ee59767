/** Holds the conformance suite to its list: what is named is tested, on every backend. */
import assert from "node:assert/strict";
import type { OperationName } from "@mixtape/operations";
import * as tf from "@tensorflow/tfjs-core";
import { registerSimdBackend } from "@mixtape/simd";
import { conformanceBackends, declaredBy } from "../testing/backends.ts";
import { testRounds } from "../testing/test_rounds.ts";

/** The suite that holds each named operation: an operation without one does not compile. */
const suites: Readonly<Record<OperationName, string>> = {
  MixtapeBatchMeans: "./batch_means_conformance_test.ts",
  MixtapeBootstrap: "./bootstrap_conformance_test.ts",
  MixtapeDense: "./dense_conformance_test.ts",
  MixtapeDenseClasses: "./dense_conformance_test.ts",
  MixtapeDenseForward: "./dense_conformance_test.ts",
  MixtapeDistances: "./point_distances_conformance_test.ts",
  MixtapeDistanceSums: "./distance_sums_conformance_test.ts",
  MixtapeFloat64Product: "./float64_product_conformance_test.ts",
  MixtapeInverseFactors: "./inverse_factors_conformance_test.ts",
  MixtapeLloyd: "./lloyd_conformance_test.ts",
  MixtapeMixture: "./mixture_conformance_test.ts",
  MixtapeMoments: "./column_products_conformance_test.ts",
  MixtapeNearest: "./lloyd_conformance_test.ts",
  MixtapeNeighbors: "./neighbors_conformance_test.ts",
  MixtapeObserved: "./observed_columns_conformance_test.ts",
  MixtapePlacement: "./placed_matrix_conformance_test.ts",
  MixtapePlusPlus: "./plus_plus_conformance_test.ts",
  MixtapeProjection: "./projected_rows_conformance_test.ts",
  MixtapeTridiagonal: "./threaded_symmetric_eigen_conformance_test.ts",
};
const named = Object.keys(suites).sort();

const declared = await declaredBy(() =>
  Promise.all([...new Set(Object.values(suites))].map((suite) => import(suite)))
);

Deno.test("every named operation is held to a reference on every backend, and to its bits on threads", () => {
  assert.deepEqual([...declared.references].sort(), named);
  assert.deepEqual([...declared.threads].sort(), named);
});

Deno.test("every named operation has a kernel in simd, and every such kernel is of one", () => {
  registerSimdBackend();
  const kernels = tf.getKernelsForBackend("simd").map(({ kernelName }) => kernelName);
  assert.deepEqual(kernels.filter((name) => name.startsWith("Mixtape")).sort(), named);
});

Deno.test("named operations are to run on cpu, both kinds of simd, all of one and two threads in CI, and webgpu with and without kernels", () => {
  const all = testRounds(2) === 2;
  assert.deepEqual(conformanceBackends.map(({ label }) => label), [
    "cpu",
    ...all ? ["simd (1 thread, relaxed)"] : [],
    "simd (2 threads, relaxed)",
    "simd (1 thread, plain)",
    ...all ? ["simd (2 threads, plain)"] : [],
    "webgpu (stock operations)",
    "webgpu",
  ]);
});
