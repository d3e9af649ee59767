// @ts-nocheck AssemblyScript
// What is kept per row of a chunk while groups pass by, in scratch memory, and its bounds.
import * as f from "../generated/lloyd_structures.ts";
import { RADIUS, recordOf, SQUARE, tailOf } from "./records.ts";

/** Centroids of a group, and the group of rows that have none. */
export const GROUP: i32 = 12;
export const NONE: i32 = -1;
const DOWN: f32 = 0.999999;

/** First row of the chunk, and the addresses of what is kept per row of it, in scratch memory. */
export let first: i32 = 0;
/** Upper bound of the distance to the nearest centroid so far; −FAR for rows that keep their label. */
export let near: usize = 0;
/** Group of the former label, or NONE. */
export let home: usize = 0;
/** Lowest score so far, the centroid that has it, and the lowest score of the others. */
export let best: usize = 0;
export let lead: usize = 0;
export let second: usize = 0;
/** Lower bound of the distance to all centroids in groups that were ruled out. */
export let far: usize = 0;
/** Rows of a group that are measured, and their products. */
export let members: usize = 0;
export let products: usize = 0;
/** The chunk's bounds, one column per group. */
export let bounds: usize = 0;

/** Sets the addresses for a chunk that begins with row `start`. */
export function placeChunk(partition: i32, start: i32, list: usize): void {
  const step = <usize> f.chunk << 2;
  first = start;
  near = list + step;
  home = near + step;
  best = home + step;
  lead = best + step;
  second = lead + step;
  far = second + step;
  members = far + step;
  products = members + step;
  const offset = start - partition * f.partitionRows;
  const chunks = (f.partitionRows + f.chunk - 1) / f.chunk;
  const chunk = <usize> (partition * chunks + offset / f.chunk);
  bounds = f.groupBounds + chunk * <usize> f.groups * step;
}

// @ts-ignore: decorator
@inline
export function placeOf(i: i32): usize {
  return <usize> (i - first) << 2;
}

/** Bound on the rounding of a score from the data. */
// @ts-ignore: decorator
@inline
export function errorOf(tail: usize): f32 {
  return f.sharpness * <f32> (f.d + 10) * load<f32>(tail, RADIUS) + f.offset;
}

/** Bound on the rounding of the square of a row. */
// @ts-ignore: decorator
@inline
export function squareError(tail: usize): f32 {
  const radius = load<f32>(tail, RADIUS);
  return f.squareSlope * radius * radius;
}

/** Returns a lower bound of the distance that a score stands for. */
// @ts-ignore: decorator
@inline
export function distanceBelow(i: i32, score: f32): f32 {
  const tail = tailOf(recordOf(i));
  const square = load<f32>(tail, SQUARE) - errorOf(tail) - squareError(tail);
  return sqrt(max(square + score, 0)) * DOWN;
}

/** Returns the total drift of a group up to which none of its centroids is nearer than by a score. */
// @ts-ignore: decorator
@inline
export function boundOf(i: i32, score: f32, drift: f32): f32 {
  return (distanceBelow(i, score) + drift) * DOWN;
}
