/**
 * All kinds of detectors. A new one is a file in `detectors/` and a line here.
 *
 * @module
 */
export * from "./detectors/boundary_distance.ts";
export * from "./detectors/class_gaussians.ts";
export * from "./detectors/collapse_proximity.ts";
export * from "./detectors/constant.ts";
export * from "./detectors/energy.ts";
export * from "./detectors/generalized_entropy.ts";
export * from "./detectors/hopfield_energy.ts";
export * from "./detectors/layered_mahalanobis.ts";
export * from "./detectors/mahalanobis.ts";
export * from "./detectors/mahalanobis_plus_plus.ts";
export * from "./detectors/maximum_logit.ts";
export * from "./detectors/maximum_softmax.ts";
export * from "./detectors/mixture_density.ts";
export * from "./detectors/mixture_density_plus_plus.ts";
export * from "./detectors/nearest_neighbors.ts";
export * from "./detectors/neural_collapse.ts";
export * from "./detectors/pixel_density.ts";
export * from "./detectors/rectified_activations.ts";
export * from "./detectors/relative_mahalanobis.ts";
export * from "./detectors/scaled_activations.ts";
export * from "./detectors/shaped_activations.ts";
export * from "./detectors/virtual_logit.ts";
export * from "./detectors/weakest_level.ts";
