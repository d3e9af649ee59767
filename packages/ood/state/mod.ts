/**
 * Shapes of the parts of a detector's fitted state: one description of each part refuses invalid
 * values both after a fit and on reading.
 *
 * @module
 */
export { type ArrayRules, type Axes, float32s, float64s, matrix, uint32s } from "./arrays.ts";
export { always, flag, integer, type IntegerRules, number, size } from "./scalars.ts";
export type { Sizes, StateShape } from "./state_shape.ts";
export { apart, type Fields, list, optional, record, such } from "./structures.ts";
