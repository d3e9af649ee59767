import type { NamedKernels } from "@mixtape/operations";
import type { CheckedWebGpuBackend } from "../backend.ts";

/**
 * Kernels of the named operations: one with another attribute or result than theirs does not
 * compile. Operations that are not listed run on the processor.
 */
export const namedKernels = {} satisfies Partial<NamedKernels<CheckedWebGpuBackend>>;
