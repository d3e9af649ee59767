import type { KernelArguments, SimdKernel } from "../kernel.ts";
import { fusedForward } from "./dense/forward.ts";
import { FusedTraining } from "./dense/training.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Training and running networks of dense layers, for `@mixtape/tensor-utils`. */
export const denseKernels: readonly SimdKernel[] = [
  {
    kernelName: "MixtapeDense",
    kernelFunc: ({ attrs, backend }: KernelArguments) =>
      untilDisposed(new FusedTraining(backend.runtime, attrs)),
  },
  {
    kernelName: "MixtapeDenseForward",
    kernelFunc: ({ attrs, backend }: KernelArguments) => fusedForward(backend.runtime, attrs),
  },
];
