/**
 * Assertions and plain references for the tests of numerical code.
 *
 * @example
 * ```ts
 * import { assertAllClose } from "@mixtape/tensor-utils/testing";
 *
 * assertAllClose([0.1 + 0.2], [0.3], { rtol: 1e-15 });
 * ```
 *
 * @module
 */
export * from "./assert_all_close.ts";
export * from "./assert_no_leak.ts";
export * from "./normal_matrix.ts";
export * from "./plain_dense.ts";
export * from "./plain_lloyd.ts";
export * from "./test_rounds.ts";
export * from "./test_seed.ts";
export type {
  Activation,
  DenseLayerSpec,
  DenseTrainingAttributes,
  DenseTrainingOptions,
  LloydSession,
  LloydStep,
} from "@mixtape/operations";
export type { HostMatrix, MatrixValues } from "../matrix.ts";
