import type { SimdKernel } from "../kernel.ts";
import { elementwiseKernels } from "./elementwise.ts";

/** Every kernel of the `simd` backend that is not the CPU backend's. */
export const simdKernels: readonly SimdKernel[] = [
  ...elementwiseKernels,
];
