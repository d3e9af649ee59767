// @ts-nocheck AssemblyScript
// Rows in as few tiles as possible, of even width.
import { bytesTile, denseTile, floatsTile, pairBytesTile, pairFloatsTile, WIDEST, WIDEST_PAIR } from "../generated/dense_tiles.ts";

/** Returns the width of the tile that starts after `done` of `vectors`. */
export function tileWidth(vectors: i32, done: i32, widest: i32): i32 {
  const left = vectors - done;
  const tiles = (left + widest - 1) / widest;
  return (left + tiles - 1) / tiles;
}

/** Computes out = init + sum of a[i] × row i. */
export function denseRow(vectors: i32, out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void {
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, WIDEST);
    const at = <usize> done << 4;
    denseTile(width, out + at, init + at, w + at, stride, a, step, count);
    done += width;
  }
}

/** Computes a pair of rows of the gradient from a list of bytes, `vectors` wide, one after the other. */
export function pairBytesRow(vectors: i32, out: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void {
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, WIDEST_PAIR);
    const at = <usize> done << 4;
    pairBytesTile(width, out + at, stride, rows + at, stride, slot, end, scale);
    done += width;
  }
}

/** Computes a pair of rows of the gradient from a list of float32, as {@link pairBytesRow} does. */
export function pairFloatsRow(vectors: i32, out: usize, rows: usize, stride: u32, slot: usize, end: usize, scale: f32): void {
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, WIDEST_PAIR);
    const at = <usize> done << 4;
    pairFloatsTile(width, out + at, stride, rows + at, stride, slot, end, scale);
    done += width;
  }
}
