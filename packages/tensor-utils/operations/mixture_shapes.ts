import type { MixtureShape } from "@mixtape/operations";

/**
 * Shape of the covariances of a mixture, and what shares it: one matrix per component, one matrix for
 * all, one variance per component and feature, one variance per feature for all, or one variance per component.
 */
export type MixtureCovariance = "full" | "tied" | "diagonal" | "tied-diagonal" | "spherical";

/** The layout of each shape of covariances: what tells them apart for `MixtapeMixture` and its kernels. */
export const mixtureShapes: Readonly<Record<MixtureCovariance, MixtureShape>> = {
  full: { block: "matrix", shared: false },
  tied: { block: "matrix", shared: true },
  diagonal: { block: "diagonal", shared: false },
  "tied-diagonal": { block: "diagonal", shared: true },
  spherical: { block: "scalar", shared: false },
};

/** The layout of covariances, precision factors and scatter: distances in their arrays, in numbers. */
export interface MixtureStrides {
  /** Numbers of a block. */
  readonly block: number;
  /** From a component's block to the next one's; 0 where they share it. */
  readonly component: number;
  /** From an element of a block's diagonal to the next; 0 where one number stands for all. */
  readonly diagonal: number;
}

/**
 * Gives the strides of arrays that are laid out for a shape of covariances: element j of the diagonal of component
 * c is at `c * component + j * diagonal`.
 *
 * @example A diagonal for each component
 * ```ts
 * import assert from "node:assert/strict";
 * import { mixtureShapes, mixtureStrides } from "@mixtape/tensor-utils";
 *
 * const strides = mixtureStrides(mixtureShapes.diagonal, 5);
 * assert.deepEqual(strides, { block: 5, component: 5, diagonal: 1 });
 * ```
 *
 * @param shape The shape of the covariances.
 * @param d Dimensions.
 * @returns The strides, in numbers.
 */
export function mixtureStrides({ block, shared }: MixtureShape, d: number): MixtureStrides {
  const length = { matrix: d * d, diagonal: d, scalar: 1 }[block];
  const diagonal = { matrix: d + 1, diagonal: 1, scalar: 0 }[block];
  return { block: length, component: shared ? 0 : length, diagonal };
}

/**
 * Counts the numbers of covariances, of precision factors or of scatter.
 *
 * @example One matrix for all components
 * ```ts
 * import assert from "node:assert/strict";
 * import { mixtureLength, mixtureShapes } from "@mixtape/tensor-utils";
 *
 * assert.equal(mixtureLength(mixtureShapes.tied, 3, 5), 25);
 * ```
 *
 * @param shape The shape of the covariances.
 * @param k Components.
 * @param d Dimensions.
 * @returns The length of the array.
 */
export function mixtureLength(shape: MixtureShape, k: number, d: number): number {
  const { block, component } = mixtureStrides(shape, d);
  return block + (k - 1) * component;
}
