/**
 * Everything that packages export, for one module of a page. A name that several have stands for
 * that of the package that it is the purpose of.
 *
 * @module
 */
export * from "@mixtape/audit";
export * from "@mixtape/classifier";
export * from "@mixtape/clustering";
export * from "@mixtape/datasets";
export * from "@mixtape/mixture";
export * from "@mixtape/ood";
export * from "@mixtape/simd";
export * from "@mixtape/tensor-utils";
export { gaussianMixture } from "@mixtape/mixture";
