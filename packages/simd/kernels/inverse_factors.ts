// @ts-nocheck AssemblyScript
// Inverses of the Cholesky factors of symmetric matrices, A = L Lᵀ, in float64, in tiles of 32 rows and columns. A job
// makes a column of tiles of L for all matrices; a last one inverts, as each column of tiles of the inverse needs no other.
import {
  factorCorner,
  factorTile,
  invertTile,
  solveTile,
  subtractDots,
  subtractEight,
  subtractOne,
  timesCorner,
} from "./inverse_factors/factor.ts";
import {
  combineRows,
  invertRows,
  multiplyFour,
  multiplyOne,
  multiplyRows,
  writeColumn,
} from "./inverse_factors/invert.ts";
import { columnsOf, countOf, failureAt, tilesOf } from "./inverse_factors/problem.ts";
import { argument, blockStart, leavesBlock, nextBlock } from "./shared/job.ts";

// A function that is not exported may be inlined, and what runs in one long call is never optimised.
export { factorCorner, factorTile, invertTile, solveTile, timesCorner };
export { subtractDots, subtractEight, subtractOne };
export { combineRows, invertRows, multiplyFour, multiplyOne, multiplyRows, writeColumn };

/** Factorises the first tile of each matrix, a matrix per block. */
export function begin(thread: i32, args: usize): void {
  for (let matrix = nextBlock(thread); matrix < countOf(args); matrix = nextBlock(thread)) {
    factorCorner(args, matrix, 0);
  }
}

/** Computes a column of tiles of L, argument 6, a tile per block, and factorises the next tile of the diagonal. */
export function factorColumn(thread: i32, args: usize): void {
  const column = argument<i32>(args, 6);
  const count = countOf(args);
  const blocks = (tilesOf(args) - column - 1) * count;
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    const matrix = block % count;
    if (load<i32>(failureAt(args, matrix)) >= 0) continue;
    const tile = column + 1 + block / count;
    solveTile(args, matrix, tile, column);
    if (tile === column + 1) factorCorner(args, matrix, tile);
  }
}

/** Inverts the factors, a column of tiles per block, the longest first. */
export function invert(thread: i32, args: usize): void {
  const count = countOf(args);
  const blocks = tilesOf(args) * count;
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    const matrix = block % count;
    const column = block / count;
    if (load<i32>(failureAt(args, matrix)) >= 0) continue;
    const start = blockStart(thread, block, column);
    for (let tile = start; tile < tilesOf(args); tile++) {
      if (tile > start && leavesBlock(thread, block, tile)) return;
      invertRows(args, matrix, tile, column, columnsOf(thread, args));
    }
    writeColumn(args, matrix, column, columnsOf(thread, args));
  }
}

