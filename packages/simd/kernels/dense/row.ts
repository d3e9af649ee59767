// @ts-nocheck AssemblyScript
// Rows in as few tiles as possible, of even width.
import {
  columnsTile, denseTile, packedTile, rowsTile, WIDEST, WIDEST_FOUR,
} from "../generated/dense_tiles.ts";

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

/**
 * Copies `count` rows, from row `start` of `rows` on, into panels, one for each tile of at most `widest` vectors: of a
 * panel all rows follow each other, so that they share the cache evenly however long the rows are.
 */
export function packPanels(from: usize, vectors: i32, widest: i32, count: i32, panels: usize, rows: i32, start: i32): void {
  const stride = <usize> vectors << 4;
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, widest);
    const at = <usize> done << 4;
    packPanel(from + at, stride, width, count, panels + <usize> rows * at + <usize> start * (<usize> width << 4));
    done += width;
  }
}

/** Copies `width` vectors of each row, so that all rows follow each other. */
function packPanel(from: usize, stride: usize, width: i32, rows: i32, panel: usize): void {
  const bytes = <usize> width << 4;
  for (; rows > 0; rows--, from += stride, panel += bytes) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(panel + at, v128.load(from + at));
  }
}

/**
 * Computes `count` rows, each scale × (init + sum of its numbers × rows of weights, which are in panels) + more, and
 * no less than `least`. Works panel by panel, so that the weights in use stay in the cache from row to row.
 */
export function denseRows(
  vectors: i32, out: usize, init: usize, panels: usize, a: usize, aStride: u32, inputs: i32, count: i32, scale: f32, more: usize, least: f32,
): void {
  const stride = <u32> vectors << 4;
  const fours = count & ~3;
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, WIDEST_FOUR);
    const bytes = <u32> width << 4;
    const at = <usize> done << 4;
    let to = out + at;
    let from = a;
    let i = 0;
    for (; i < fours; i += 4, to += 4 * stride, from += 4 * aStride) {
      rowsTile(width, to, stride, init + at, panels, bytes, from, aStride, inputs, scale, more + at, least);
    }
    // A row left over stands for all four of a tile.
    for (; i < count; i++, to += stride, from += aStride) {
      rowsTile(width, to, 0, init + at, panels, bytes, from, 0, inputs, scale, more + at, least);
    }
    panels += <usize> inputs * bytes;
    done += width;
  }
}

/**
 * Computes vectors `start` to `end` of the rows of {@link denseRows}, whole panels, from numbers in `packed`, five rows
 * at a time; the last five are all written.
 */
export function packedRows(
  vectors: i32, start: i32, end: i32, out: usize, init: usize, panels: usize, packed: usize, inputs: i32, count: i32, scale: f32, more: usize, least: f32,
): void {
  const stride = <u32> vectors << 4;
  const fiveBytes = <usize> ((inputs + 3) >> 2) * 80;
  panels += <usize> inputs * (<usize> start << 4);
  for (let done = start; done < end;) {
    const width = tileWidth(vectors, done, WIDEST_FOUR);
    const at = <usize> done << 4;
    let to = out + at;
    let left = packed;
    for (let i = 0; i < count; i += 5, to += 5 * stride, left += fiveBytes) {
      packedTile(width, to, stride, init + at, panels, left, inputs, scale, more + at, least);
    }
    panels += <usize> inputs * (<usize> width << 4);
    done += width;
  }
}

/** Computes `count` rows, row i from the numbers i of all that `a` has, `step` bytes apart: sums of numbers × rows of weights. */
export function denseColumns(vectors: i32, out: usize, init: usize, w: usize, a: usize, step: u32, inputs: i32, count: i32): void {
  const stride = <u32> vectors << 4;
  const fours = count & ~3;
  for (let done = 0; done < vectors;) {
    const width = tileWidth(vectors, done, WIDEST_FOUR);
    const at = <usize> done << 4;
    for (let i = 0; i < fours; i += 4) {
      columnsTile(width, out + at + <usize> i * stride, stride, init + at, w + at, stride, a + (<usize> i << 2), step, inputs);
    }
    done += width;
  }
  for (let i = fours; i < count; i++) denseRow(vectors, out + <usize> i * stride, init, w, stride, a + (<usize> i << 2), step, inputs);
}
