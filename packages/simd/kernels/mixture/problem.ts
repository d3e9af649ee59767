// @ts-nocheck AssemblyScript
// What the jobs of a mixture are given, and how a thread's scratch is laid out.
import { argument } from "../shared/job.ts";

/** Rows whose responsibilities are kept until their moments are taken. */
export const CHUNK: i32 = 512;
/** Rows that are whitened together, transposed so that four rows fill a vector. */
export const BLOCK: i32 = 128;
/** Bytes from one column to the next of a transposed block. */
export const BLOCK_BYTES: usize = 512;
/** Bytes from one component to the next of a chunk's responsibilities. */
export const CHUNK_BYTES: usize = 2048;
/** Rows that float32 sums run over before they are added to float64. */
export const GATHERED: i32 = 256;

/** Rows, each followed by a 1 and by zeros up to `stride` numbers. */
export function rowsAt(args: usize): usize {
  return argument<usize>(args, 0);
}
export function rowCount(args: usize): i32 {
  return argument<i32>(args, 1);
}
export function columnCount(args: usize): i32 {
  return argument<i32>(args, 2);
}
/** Numbers from row to row: columns + 1, up to a multiple of 4. */
export function strideOf(args: usize): i32 {
  return argument<i32>(args, 3);
}
export function componentCount(args: usize): i32 {
  return argument<i32>(args, 4);
}
/** Whether precision factors are triangles, else they are diagonals. */
export function hasTriangles(args: usize): bool {
  return argument<i32>(args, 5) !== 0;
}
/** Logarithms of weight × normalising constant. */
export function constantsAt(args: usize): usize {
  return argument<usize>(args, 6);
}
/** Means with the stride of the rows, zeros after the columns. */
export function meansAt(args: usize): usize {
  return argument<usize>(args, 7);
}
export function factorsAt(args: usize): usize {
  return argument<usize>(args, 8);
}
/** Bytes from a component's factor to the next one's; 0 where they share it. */
export function factorBytes(args: usize): usize {
  return argument<usize>(args, 9);
}
/** What to add to the whitened rows, a number a component and column. */
export function offsetsAt(args: usize): usize {
  return argument<usize>(args, 10);
}
/** What the job writes. */
export function outputAt(args: usize): usize {
  return argument<usize>(args, 11);
}
/** A region of float64 sums each; as many as there are blocks in the job. */
export function slotCount(args: usize): i32 {
  return argument<i32>(args, 14);
}
export function slotBytes(args: usize): usize {
  return argument<usize>(args, 15);
}

/**
 * Lower bounds of whitened lengths from the pass before, chunk by chunk and component by component;
 * 0 where none are kept.
 */
export function boundsAt(args: usize): usize {
  return argument<usize>(args, 16);
}
/** Whether the bounds are of a pass before this one. */
export function boundsKnown(args: usize): bool {
  return argument<i32>(args, 17) !== 0;
}
/** The component that explained each row best in the pass before, followed by its whitened length. */
export function bestAt(args: usize): usize {
  return argument<usize>(args, 18);
}
/** How far each component moved, then the factors that lower and upper bounds shrink and grow by. */
export function movesAt(args: usize): usize {
  return argument<usize>(args, 19);
}

/** Responsibilities that are given, row by row. */
export function givenAt(args: usize): usize {
  return argument<usize>(args, 20);
}

export function scratchOf(thread: i32, args: usize): usize {
  return argument<usize>(args, 12) + <usize> thread * argument<usize>(args, 13);
}
/** log p(x) of a chunk. */
export function densitiesIn(scratch: usize): usize {
  return scratch;
}
/** The indices of a chunk's rows that matter to a component. */
export function listIn(scratch: usize): usize {
  return scratch + CHUNK_BYTES;
}
/** Responsibilities of a chunk, component by component. */
export function responsibilitiesIn(scratch: usize): usize {
  return scratch + 2 * CHUNK_BYTES;
}
/** A transposed block while responsibilities are computed, gathered rows while moments are taken. */
export function workIn(scratch: usize, args: usize): usize {
  return responsibilitiesIn(scratch) + <usize> componentCount(args) * CHUNK_BYTES;
}
