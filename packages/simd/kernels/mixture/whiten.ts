// @ts-nocheck AssemblyScript
// Squared lengths of W (x - mean) + offset for the rows of a transposed block.
import { lane0, lane1, lane2, lane3 } from "../shared/lanes.ts";
import { multiplyAdd } from "../shared/vector.ts";
import { BLOCK_BYTES } from "./problem.ts";

/** Bytes of eight rows, which are whitened together in registers. */
export const TILE_BYTES: usize = 32;

/** W is a triangle; `centred` is scratch for a tile. */
export function whitenTriangle(
  block: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  d: i32,
  centred: usize,
  out: usize,
): void {
  for (let tile: usize = 0; tile < BLOCK_BYTES; tile += TILE_BYTES) {
    centreTile(block + tile, mean, d, centred);
    whitenTile(centred, factor, offset, d, out + tile);
  }
}

// @ts-ignore: decorator
@inline
function centreTile(block: usize, mean: usize, d: i32, centred: usize): void {
  const end = mean + (<usize> d << 2);
  for (; mean < end; mean += 4, block += BLOCK_BYTES, centred += TILE_BYTES) {
    const m = v128.load32_splat(mean);
    v128.store(centred, f32x4.sub(v128.load(block), m));
    v128.store(centred, f32x4.sub(v128.load(block, 16), m), 16);
  }
}

/**
 * Eight centred rows, column by column. W is a lower triangle in panels of four rows: for each column
 * up to the diagonal its four numbers. The rows left over follow one by one, each with the numbers up
 * to its diagonal.
 */
export function whitenTile(centred: usize, factor: usize, offset: usize, d: i32, out: usize): void {
  const lastPanel = d & ~3;
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let w = factor;
  let row = 0;
  for (; row < lastPanel; row += 4) {
    const b = v128.load(offset + (<usize> row << 2));
    let y00 = lane0(b), y01 = y00;
    let y10 = lane1(b), y11 = y10;
    let y20 = lane2(b), y21 = y20;
    let y30 = lane3(b), y31 = y30;
    let u = centred;
    const diagonal = centred + <usize> row * TILE_BYTES;
    for (; u < diagonal; u += TILE_BYTES, w += 16) {
      const u0 = v128.load(u);
      const u1 = v128.load(u, 16);
      const column = v128.load(w);
      let factor = lane0(column);
      y00 = multiplyAdd(factor, u0, y00);
      y01 = multiplyAdd(factor, u1, y01);
      factor = lane1(column);
      y10 = multiplyAdd(factor, u0, y10);
      y11 = multiplyAdd(factor, u1, y11);
      factor = lane2(column);
      y20 = multiplyAdd(factor, u0, y20);
      y21 = multiplyAdd(factor, u1, y21);
      factor = lane3(column);
      y30 = multiplyAdd(factor, u0, y30);
      y31 = multiplyAdd(factor, u1, y31);
    }
    let column = v128.load(w);
    let u0 = v128.load(u);
    let u1 = v128.load(u, 16);
    y00 = multiplyAdd(lane0(column), u0, y00);
    y01 = multiplyAdd(lane0(column), u1, y01);
    y10 = multiplyAdd(lane1(column), u0, y10);
    y11 = multiplyAdd(lane1(column), u1, y11);
    y20 = multiplyAdd(lane2(column), u0, y20);
    y21 = multiplyAdd(lane2(column), u1, y21);
    y30 = multiplyAdd(lane3(column), u0, y30);
    y31 = multiplyAdd(lane3(column), u1, y31);
    column = v128.load(w, 16);
    u0 = v128.load(u, 32);
    u1 = v128.load(u, 48);
    y10 = multiplyAdd(lane1(column), u0, y10);
    y11 = multiplyAdd(lane1(column), u1, y11);
    y20 = multiplyAdd(lane2(column), u0, y20);
    y21 = multiplyAdd(lane2(column), u1, y21);
    y30 = multiplyAdd(lane3(column), u0, y30);
    y31 = multiplyAdd(lane3(column), u1, y31);
    column = v128.load(w, 32);
    u0 = v128.load(u, 64);
    u1 = v128.load(u, 80);
    y20 = multiplyAdd(lane2(column), u0, y20);
    y21 = multiplyAdd(lane2(column), u1, y21);
    y30 = multiplyAdd(lane3(column), u0, y30);
    y31 = multiplyAdd(lane3(column), u1, y31);
    column = v128.load(w, 48);
    y30 = multiplyAdd(lane3(column), v128.load(u, 96), y30);
    y31 = multiplyAdd(lane3(column), v128.load(u, 112), y31);
    w += 64;
    sum0 = multiplyAdd(y00, y00, sum0);
    sum1 = multiplyAdd(y01, y01, sum1);
    sum0 = multiplyAdd(y10, y10, sum0);
    sum1 = multiplyAdd(y11, y11, sum1);
    sum0 = multiplyAdd(y20, y20, sum0);
    sum1 = multiplyAdd(y21, y21, sum1);
    sum0 = multiplyAdd(y30, y30, sum0);
    sum1 = multiplyAdd(y31, y31, sum1);
  }
  for (; row < d; row++) {
    let y0 = v128.load32_splat(offset + (<usize> row << 2));
    let y1 = y0;
    const end = centred + <usize> (row + 1) * TILE_BYTES;
    for (let u = centred; u < end; u += TILE_BYTES, w += 4) {
      const factor = v128.load32_splat(w);
      y0 = multiplyAdd(factor, v128.load(u), y0);
      y1 = multiplyAdd(factor, v128.load(u, 16), y1);
    }
    sum0 = multiplyAdd(y0, y0, sum0);
    sum1 = multiplyAdd(y1, y1, sum1);
  }
  v128.store(out, sum0);
  v128.store(out, sum1, 16);
}

/** W is a diagonal. */
export function whitenDiagonal(
  block: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  d: i32,
  out: usize,
): void {
  for (let tile: usize = 0; tile < BLOCK_BYTES; tile += 64) {
    let sum0 = f32x4.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    let x = block + tile;
    const bytes = <usize> d << 2;
    for (let at: usize = 0; at < bytes; at += 4, x += BLOCK_BYTES) {
      const m = v128.load32_splat(mean + at);
      const w = v128.load32_splat(factor + at);
      const b = v128.load32_splat(offset + at);
      let y = multiplyAdd(w, f32x4.sub(v128.load(x), m), b);
      sum0 = multiplyAdd(y, y, sum0);
      y = multiplyAdd(w, f32x4.sub(v128.load(x, 16), m), b);
      sum1 = multiplyAdd(y, y, sum1);
      y = multiplyAdd(w, f32x4.sub(v128.load(x, 32), m), b);
      sum2 = multiplyAdd(y, y, sum2);
      y = multiplyAdd(w, f32x4.sub(v128.load(x, 48), m), b);
      sum3 = multiplyAdd(y, y, sum3);
    }
    v128.store(out + tile, sum0);
    v128.store(out + tile, sum1, 16);
    v128.store(out + tile, sum2, 32);
    v128.store(out + tile, sum3, 48);
  }
}
