/**
 * Mutants that no test can notice, each with the reason. They are not counted.
 *
 * @module
 */
import { inAudit } from "./equivalents/audit.ts";
import { inKernels } from "./equivalents/kernels.ts";
import { inLloydKernels } from "./equivalents/lloyd_kernels.ts";
import { inPackages } from "./equivalents/packages.ts";
import { inPages } from "./equivalents/pages.ts";
import { inDatasets } from "./equivalents/datasets.ts";
import { inSimdHost } from "./equivalents/simd_host.ts";
import { inTensorOperations } from "./equivalents/tensor_operations.ts";
import { inTensorUtils } from "./equivalents/tensor_utils.ts";
import type { Equivalent } from "./find_equivalent.ts";

/** The list of mutants that are known to behave like the original. */
export const equivalents: readonly Equivalent[] = [
  ...inAudit,
  ...inKernels,
  ...inLloydKernels,
  ...inPackages,
  ...inPages,
  ...inDatasets,
  ...inSimdHost,
  ...inTensorOperations,
  ...inTensorUtils,
];
