// @ts-nocheck AssemblyScript
// Panels of points, for score_tile.ts.
import { argument, nextBlock } from "../shared/job.ts";
import { packColumnsTransposed } from "../shared/pack.ts";
import * as point from "../shared/quantise.ts";

/** Points of a panel. */
export const NR: i32 = 8;
/** Bytes of their units and terms. */
export const PANEL_END: usize = 64;
/** A score below that of any point. */
const WORST: f32 = -3e38;

/** Of the last panel: the largest error of integers, length of what they count, and squared length of a point. */
let error: f32 = 0;
let length: f32 = 0;
let square: f32 = 0;

/**
 * Packs points, some panels of 8 per block. Arguments: factor of the points [n, width], centre, width,
 * columns that are multiplied, those as float32, n, panels, their number, the length of a query that terms
 * allow for, the largest error, length and squared length of each block, panels per block, scratch, scratch
 * bytes per thread: numbers and integers of 8 points. A panel is [columns rounded up to 16, 8] integers, the
 * units and terms of the points, and [columns as float32, 8] numbers.
 */
export function packPoints(thread: i32, args: usize): void {
  const count = argument<i32>(args, 7);
  const size = argument<i32>(args, 10);
  const scratch = argument<usize>(args, 11) + <usize> thread * argument<usize>(args, 12);
  for (let block = nextBlock(thread); block * size < count; block = nextBlock(thread)) {
    error = 0;
    length = 0;
    square = 0;
    const end = min(count, (block + 1) * size);
    for (let panel = block * size; panel < end; panel++) packPanel(args, panel, scratch);
    const out = argument<usize>(args, 9) + <usize> block * 12;
    store<f32>(out, error);
    store<f32>(out, length, 4);
    store<f32>(out, square, 8);
  }
}

export function packPanel(args: usize, panel: i32, scratch: usize): void {
  const width = <usize> argument<i32>(args, 2) << 2;
  const columns = argument<i32>(args, 3);
  const floats = argument<i32>(args, 4);
  const n = argument<i32>(args, 5);
  const allowed = argument<f32>(args, 8);
  const bytes = <usize> (columns - floats + 15 & ~15);
  const numberBytes = (bytes + <usize> floats) << 2;
  const integers = scratch + numberBytes * NR;
  const to = argument<usize>(args, 6) + <usize> panel * ((bytes + (<usize> floats << 2)) * NR + PANEL_END);
  const ends = to + bytes * NR;
  const present = min(NR, max(n - panel * NR, 0));
  const row = argument<usize>(args, 0) + <usize> (panel * NR) * width;
  for (let i: usize = 0; i < <usize> present; i++) {
    const numbers = scratch + i * numberBytes;
    point.quantisePoint(row + i * width, argument<usize>(args, 1), columns, floats, numbers, integers + i * bytes);
    store<f32>(ends + (i << 2), point.unit);
    store<f32>(ends + (i << 2), allowed * point.error - point.square / 2, 32);
    error = max(error, point.error);
    length = max(length, point.length);
    square = max(square, point.square);
  }
  for (let i: usize = <usize> present; i < <usize> NR; i++) {
    store<f32>(ends + (i << 2), 0);
    store<f32>(ends + (i << 2), WORST, 32);
  }
  packColumnsTransposed(integers, bytes, to, <i32> (bytes >> 2), present);
  packColumnsTransposed(scratch, numberBytes, ends + PANEL_END, floats, present);
}
