import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  blankDecorators,
  isKernel,
  kernelName,
  kernelsOf,
  modulesOf,
  namesKernels,
} from "./kernel_sources.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("isKernel() takes AssemblyScript that is written by hand", () => {
  assert.ok(isKernel("packages/simd/kernels/lloyd/rows.ts"));
  assert.ok(isKernel("packages/simd/kernels/reduce.ts"));
  assert.ok(!isKernel("packages/simd/kernels/generated/dense_tiles.ts"));
  assert.ok(!isKernel("packages/simd/kernels/lloyd/README.md"));
  assert.ok(!isKernel("packages/simd/kernel.ts"));
  assert.ok(namesKernels("packages/simd/kernels"));
  assert.ok(namesKernels("packages/simd/kernels/lloyd"));
  assert.ok(!namesKernels("packages/simd"));
});

Deno.test("kernelName() is that of the file or its folder", () => {
  assert.equal(kernelName("packages/simd/kernels/lloyd/rows.ts"), "lloyd");
  assert.equal(kernelName("packages/simd/kernels/reduce.ts"), "reduce");
});

Deno.test("blankDecorators() keeps the place of everything else", () => {
  const text = "  @inline\nfunction f(): string { return 'a@b'; }\n";
  assert.equal(blankDecorators(text), "         \nfunction f(): string { return 'a@b'; }\n");
});

Deno.test("kernelsOf() follows imports from the entry of each kernel", () => {
  assert.deepEqual(kernelsOf(root, "packages/simd/kernels/lloyd/rows.ts"), ["lloyd"]);
  assert.deepEqual(kernelsOf(root, "packages/simd/kernels/shared/finish_tile.ts"), [
    "integer_scatter",
    "matmul64",
  ]);
  assert.ok(kernelsOf(root, "packages/simd/kernels/shared/job.ts").length > 5);
  assert.deepEqual(modulesOf(root, "packages/simd/kernels/reduce.ts"), [
    "packages/simd/module/reduce.ts",
  ]);
});
