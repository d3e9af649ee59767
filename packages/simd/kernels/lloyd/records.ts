// @ts-nocheck AssemblyScript
// A record holds all data of a row that its bounds need side by side: `sketchSize` coordinates, `width`
// residual products, and a tail of four numbers.
import { recordBytes, records } from "../generated/lloyd_structures.ts";

/** Offsets in the tail of a record: residual, radius, square (float32); the reference (int32) at which
 * the residual products were computed. */
export const RADIUS: usize = 4;
export const SQUARE: usize = 8;
export const REFERENCE: usize = 12;
/** Returns the address of the record of row i. */
// @ts-ignore: decorator
@inline
export function recordOf(i: i32): usize {
  return records + <usize> i * <usize> recordBytes;
}

/** Returns the address of the tail of a record. */
// @ts-ignore: decorator
@inline
export function tailOf(record: usize): usize {
  return record + (<usize> recordBytes - 16);
}

/** Lists the rows from `start` to `end`, which is not among them; returns their number. */
export function listRows(start: i32, end: i32, list: usize): i32 {
  for (let i = start; i < end; i++, list += 4) store<i32>(list, i);
  return end - start;
}
