/**
 * What the fitted state of a detector may be made of: one description of each refuses what it cannot be, both after a fit
 * and on reading.
 *
 * @module
 */
export { type ArrayRules, type Axes, float32s, float64s, matrix, uint32s } from "./arrays.ts";
export { always, flag, integer, type IntegerRules, number, size } from "./scalars.ts";
export type { Sizes, StateShape } from "./state_shape.ts";
export { apart, type Fields, list, optional, record, such } from "./structures.ts";
