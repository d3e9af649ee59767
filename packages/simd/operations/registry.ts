import type { SimdKernel } from "../kernel.ts";
import { denseKernels } from "./dense.ts";
import { elementwiseKernels } from "./elementwise.ts";
import { matmulKernels } from "./matmul.ts";
import { mixtureKernels } from "./mixture.ts";

/** Every kernel of the `simd` backend that is not the CPU backend's. */
export const simdKernels: readonly SimdKernel[] = [
  ...denseKernels,
  ...elementwiseKernels,
  ...matmulKernels,
  ...mixtureKernels,
];
