// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
import {
  WIDEST,
  bytes1, bytes2, bytes3, bytes4, bytes5, bytes6, bytes7, bytes8, bytes9, bytes10, bytes11, bytes12, bytes13,
  floats1, floats2, floats3, floats4, floats5, floats6, floats7, floats8, floats9, floats10, floats11, floats12, floats13,
  dense1, dense2, dense3, dense4, dense5, dense6, dense7, dense8, dense9, dense10, dense11, dense12, dense13,
} from "./tile.ts";

/**
 * Returns the width of the tile that starts after `done` of `vectors`: as few tiles as possible, of
 * even width.
 */
export function tileWidth(vectors: i32, done: i32): i32 {
  const left = vectors - done;
  const tiles = (left + WIDEST - 1) / WIDEST;
  return (left + tiles - 1) / tiles;
}

/**
 * Computes out = init + sum of value × row over sparse entries of 4 bytes (index × 256 + byte),
 * `width` vectors.
 */
export function bytesTile(width: i32, out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void {
  switch (width) {
    case 1: bytes1(out, init, w, stride, entry, end, scale); break;
    case 2: bytes2(out, init, w, stride, entry, end, scale); break;
    case 3: bytes3(out, init, w, stride, entry, end, scale); break;
    case 4: bytes4(out, init, w, stride, entry, end, scale); break;
    case 5: bytes5(out, init, w, stride, entry, end, scale); break;
    case 6: bytes6(out, init, w, stride, entry, end, scale); break;
    case 7: bytes7(out, init, w, stride, entry, end, scale); break;
    case 8: bytes8(out, init, w, stride, entry, end, scale); break;
    case 9: bytes9(out, init, w, stride, entry, end, scale); break;
    case 10: bytes10(out, init, w, stride, entry, end, scale); break;
    case 11: bytes11(out, init, w, stride, entry, end, scale); break;
    case 12: bytes12(out, init, w, stride, entry, end, scale); break;
    case 13: bytes13(out, init, w, stride, entry, end, scale); break;
  }
}

/**
 * Computes out = init + sum of value × row over sparse entries of 8 bytes (index, then a float32),
 * `width` vectors.
 */
export function floatsTile(width: i32, out: usize, init: usize, w: usize, stride: u32, entry: usize, end: usize, scale: f32): void {
  switch (width) {
    case 1: floats1(out, init, w, stride, entry, end, scale); break;
    case 2: floats2(out, init, w, stride, entry, end, scale); break;
    case 3: floats3(out, init, w, stride, entry, end, scale); break;
    case 4: floats4(out, init, w, stride, entry, end, scale); break;
    case 5: floats5(out, init, w, stride, entry, end, scale); break;
    case 6: floats6(out, init, w, stride, entry, end, scale); break;
    case 7: floats7(out, init, w, stride, entry, end, scale); break;
    case 8: floats8(out, init, w, stride, entry, end, scale); break;
    case 9: floats9(out, init, w, stride, entry, end, scale); break;
    case 10: floats10(out, init, w, stride, entry, end, scale); break;
    case 11: floats11(out, init, w, stride, entry, end, scale); break;
    case 12: floats12(out, init, w, stride, entry, end, scale); break;
    case 13: floats13(out, init, w, stride, entry, end, scale); break;
  }
}

/** Computes out = init + sum of a[i] × row i. */
export function denseRow(vectors: i32, out: usize, init: usize, w: usize, stride: u32, a: usize, step: u32, count: i32): void {
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done);
    const at = <usize> done << 4;
    switch (width) {
      case 1: dense1(out + at, init + at, w + at, stride, a, step, count); break;
      case 2: dense2(out + at, init + at, w + at, stride, a, step, count); break;
      case 3: dense3(out + at, init + at, w + at, stride, a, step, count); break;
      case 4: dense4(out + at, init + at, w + at, stride, a, step, count); break;
      case 5: dense5(out + at, init + at, w + at, stride, a, step, count); break;
      case 6: dense6(out + at, init + at, w + at, stride, a, step, count); break;
      case 7: dense7(out + at, init + at, w + at, stride, a, step, count); break;
      case 8: dense8(out + at, init + at, w + at, stride, a, step, count); break;
      case 9: dense9(out + at, init + at, w + at, stride, a, step, count); break;
      case 10: dense10(out + at, init + at, w + at, stride, a, step, count); break;
      case 11: dense11(out + at, init + at, w + at, stride, a, step, count); break;
      case 12: dense12(out + at, init + at, w + at, stride, a, step, count); break;
      case 13: dense13(out + at, init + at, w + at, stride, a, step, count); break;
    }
    done += width;
  }
}
