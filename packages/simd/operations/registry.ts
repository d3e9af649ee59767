import type { SimdKernel } from "../kernel.ts";
import { binaryKernels } from "./binary.ts";
import { denseKernels } from "./dense.ts";
import { lloydKernels } from "./lloyd.ts";
import { matmulKernels } from "./matmul.ts";
import { mixtureKernels } from "./mixture.ts";
import { movementKernels } from "./movement.ts";
import { neighborsKernels } from "./neighbors.ts";
import { product64Kernels } from "./product64.ts";
import { reductionKernels } from "./reductions.ts";
import { softmaxKernels } from "./softmax.ts";
import { unaryKernels } from "./unary.ts";

/** Every kernel of the `simd` backend that is not the CPU backend's. */
export const simdKernels: readonly SimdKernel[] = [
  ...binaryKernels,
  ...denseKernels,
  ...lloydKernels,
  ...matmulKernels,
  ...mixtureKernels,
  ...movementKernels,
  ...neighborsKernels,
  ...product64Kernels,
  ...reductionKernels,
  ...softmaxKernels,
  ...unaryKernels,
];
