import assert from "node:assert/strict";
import { isSource, partOf } from "./workspace.ts";

Deno.test("isSource() takes code and leaves tests, examples, generated code and AssemblyScript", () => {
  const taken = [
    "packages/ood/roc.ts",
    "experiments/gmm_ood/page.tsx",
    "apps/report-site/components/charts/axes.tsx",
  ];
  const left = [
    "packages/ood/roc_test.ts",
    "packages/simd/operations/product_bench.ts",
    "packages/simd/module/lloyd.ts",
    "packages/simd/kernels/lloyd/rows.ts",
    "packages/tensor-utils/testing/backends.ts",
    "experiments/gmm_ood/example.ts",
    "apps/report-site/fresh/main.ts",
    "packages/ood/README.md",
  ];
  for (const path of taken) assert.ok(isSource(path), path);
  for (const path of left) assert.ok(!isSource(path), path);
});

Deno.test("partOf() names the package, the experiment or the folder", () => {
  assert.equal(partOf("packages/ood/detectors/knn.ts"), "packages/ood");
  assert.equal(partOf("experiments/gmm_ood/run/fit.ts"), "experiments/gmm_ood");
  assert.equal(partOf("experiments/index.ts"), "experiments");
  assert.equal(partOf("tasks/site.ts"), "tasks");
});
