import { betterKernel } from "./openblas_kernel.ts";
import assert from "node:assert/strict";

const avx2 = ["sse3", "avx", "avx2", "fma"];
const avx512 = [...avx2, "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"];

Deno.test("betterKernel() gives OpenBLAS the widest kernel where it takes an old one", () => {
  assert.equal(betterKernel({ kernel: "Prescott", instructions: avx512 }), "SkylakeX");
  assert.equal(betterKernel({ kernel: "Prescott", instructions: avx2 }), "Haswell");
  assert.equal(betterKernel({ kernel: "Nehalem", instructions: [...avx2, "avx512f"] }), "Haswell");
});

Deno.test("betterKernel() leaves a choice that suits the processor, and one that is no OpenBLAS", () => {
  for (const kernel of ["Haswell", "Zen", "SkylakeX", "Cooperlake", "neoversen1", null]) {
    assert.equal(betterKernel({ kernel, instructions: avx512 }), undefined);
  }
  assert.equal(betterKernel({ kernel: "Prescott", instructions: ["sse3"] }), undefined);
});
