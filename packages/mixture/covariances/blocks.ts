import { type MixtureShape, mixtureStrides } from "@mixtape/tensor-utils";

/**
 * Splits an array of covariances, or of precision factors, into its blocks: one per component, or one for all.
 *
 * @param values The array, laid out for the shape.
 * @param layout The layout of the shape.
 * @param d Number of dimensions.
 * @returns Views of the array.
 */
export function blocksOf(values: Float64Array, layout: MixtureShape, d: number): Float64Array[] {
  const { block } = mixtureStrides(layout, d);
  return Array.from(
    { length: values.length / block },
    (_, b) => values.subarray(b * block, (b + 1) * block),
  );
}

/**
 * Returns the block of one component.
 *
 * @param values The array, laid out for the shape.
 * @param layout The layout of the shape.
 * @param d Number of dimensions.
 * @param component The component, counted from 0.
 * @returns A view of the array, the same for all components that share it.
 */
export function blockOf(
  values: Float64Array,
  layout: MixtureShape,
  d: number,
  component: number,
): Float64Array {
  const strides = mixtureStrides(layout, d);
  const first = component * strides.component;
  return values.subarray(first, first + strides.block);
}
