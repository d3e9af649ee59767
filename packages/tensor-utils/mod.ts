/**
 * Foundation of the Mixtape packages: the choice of a backend, seeded randomness, checks of input,
 * small float64 linear algebra, and the named operations that backends can accelerate.
 *
 * @example A seeded matrix
 * ```ts
 * import assert from "node:assert/strict";
 * import { hostMatrix, random, useBackend } from "@mixtape/tensor-utils";
 *
 * await useBackend("cpu");
 * const source = random(42);
 * const values = Float32Array.from({ length: 6 }, () => source.normal());
 * const x = await hostMatrix({ values, shape: [3, 2] });
 * assert.equal(x.values.length, 6);
 * ```
 *
 * @module
 */
export type * from "@mixtape/operations";
export * from "./abort.ts";
export * from "./array_kind.ts";
export { ascendingOrder } from "./ascending_order.ts";
export * from "./backend.ts";
export * from "./base64.ts";
export type * from "./candidate_round.ts";
export * from "./checks.ts";
export * from "./compact_labels.ts";
export * from "./describe_value.ts";
export * from "./disposing.ts";
export * from "./distances.ts";
export * from "./eigen.ts";
export type * from "./evidence.ts";
export * from "./fitted_model.ts";
export * from "./float16.ts";
export * from "./host_matrix.ts";
export { isNumeric } from "./host_values.ts";
export * from "./json_numbers.ts";
export * from "./jupyter.ts";
export * from "./jupyter_centres.ts";
export * from "./label_json.ts";
export * from "./largest_first.ts";
export * from "./linear_algebra.ts";
export * from "./log_sum_exp.ts";
export * from "./matrix.ts";
export * from "./model_json.ts";
export * from "./nearest_point.ts";
export * from "./operations/add_products.ts";
export * from "./operations/batch_means.ts";
export * from "./operations/bootstrap.ts";
export * from "./operations/column_products.ts";
export * from "./operations/dense.ts";
export * from "./operations/dense_classes.ts";
export * from "./operations/distance_sums.ts";
export * from "./operations/float64_product.ts";
export * from "./operations/inverse_factors.ts";
export * from "./operations/kernel.ts";
export * from "./operations/lloyd.ts";
export * from "./operations/log_normalizer.ts";
export * from "./operations/mixture.ts";
export type * from "./operations/mixture_session.ts";
export * from "./operations/mixture_shapes.ts";
export * from "./operations/nearest.ts";
export * from "./operations/neighbors.ts";
export * from "./operations/observed_columns.ts";
export * from "./operations/placed_matrix.ts";
export * from "./operations/plus_plus.ts";
export * from "./operations/point_distances.ts";
export * from "./operations/projected_rows.ts";
export * from "./operations/squared_mahalanobis.ts";
export { symmetricInSteps } from "./operations/mirror_triangles.ts";
export * from "./operations/threaded_symmetric_eigen.ts";
export * from "./number_array.ts";
export * from "./options.ts";
export * from "./power_of_two.ts";
export { radixSort } from "./radix_sort.ts";
export * from "./random.ts";
export * from "./row_reader.ts";
export * from "./matrix_source.ts";
export * from "./row_source.ts";
export * from "./open_placed_rows.ts";
export * from "./open_rows.ts";
export * from "./paced_permutation.ts";
export * from "./paced_sort.ts";
export { inTurns, type Steps } from "./paced_steps.ts";
export * from "./rows.ts";
export * from "./running_means.ts";
export * from "./unchanging.ts";
