// @ts-nocheck AssemblyScript
// What the jobs are given.
import { argument } from "../shared/job.ts";

/** Rows and columns of a tile. */
export const TILE: i32 = 32;
/** Bytes of a row of a tile that lies by itself, and of all of it. */
export const ROW_BYTES: usize = 256;
export const TILE_BYTES: usize = 8192;

/** Matrices, count × d × d; their lower triangles become L. */
export function matrixAt(args: usize, matrix: i32): usize {
  const d = dimensionOf(args);
  return argument<usize>(args, 0) + (<usize> (matrix * d * d) << 3);
}
/** Inverses, count × d × d. */
export function inverseAt(args: usize, matrix: i32): usize {
  const d = dimensionOf(args);
  return argument<usize>(args, 1) + (<usize> (matrix * d * d) << 3);
}
/** For each matrix the first row whose pivot is not positive, or not finite: int32, −1 to begin with. */
export function failureAt(args: usize, matrix: i32): usize {
  return argument<usize>(args, 2) + (<usize> matrix << 2);
}
/** The inverses of the tiles on the diagonals of L. */
export function cornerAt(args: usize, matrix: i32, tile: i32): usize {
  return argument<usize>(args, 3) + <usize> (matrix * tilesOf(args) + tile) * TILE_BYTES;
}
export function dimensionOf(args: usize): i32 {
  return argument<i32>(args, 4);
}
export function countOf(args: usize): i32 {
  return argument<i32>(args, 5);
}
export function tilesOf(args: usize): i32 {
  return (dimensionOf(args) + TILE - 1) / TILE;
}
/** Columns of tiles of an inverse, d × 32 numbers for each thread. */
export function columnsOf(thread: i32, args: usize): usize {
  return argument<usize>(args, 7) + <usize> (thread * tilesOf(args)) * TILE_BYTES;
}
export function rowsOf(args: usize, tile: i32): i32 {
  return min(TILE, dimensionOf(args) - tile * TILE);
}
