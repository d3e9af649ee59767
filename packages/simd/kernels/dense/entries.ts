// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators

/** Counts the numbers of a row that are not zero. */
export function countBytes(row: usize, columns: i32): i32 {
  let count = 0;
  let at = row;
  const end = row + <usize> columns;
  for (; at + 16 <= end; at += 16) {
    count += popcnt(i8x16.bitmask(i8x16.ne(v128.load(at), i8x16.splat(0))));
  }
  for (; at < end; at++) count += load<u8>(at) != 0 ? 1 : 0;
  return count;
}

export function countFloats(row: usize, columns: i32): i32 {
  let count = 0;
  let at = row;
  const end = row + (<usize> columns << 2);
  for (; at + 16 <= end; at += 16) {
    count += popcnt(i32x4.bitmask(f32x4.ne(v128.load(at), f32x4.splat(0))));
  }
  for (; at < end; at += 4) count += load<f32>(at) != 0 ? 1 : 0;
  return count;
}

/**
 * Packs the entries of a row of bytes; returns the address of their end. One entry past it may be
 * written.
 */
export function packBytes(row: usize, columns: i32, out: usize): usize {
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    let mask = i8x16.bitmask(i8x16.ne(v128.load(row + <usize> j), i8x16.splat(0)));
    for (; mask != 0; mask &= mask - 1) {
      const column = j + ctz(mask);
      store<u32>(out, column << 8 | <u32> load<u8>(row + <usize> column));
      out += 4;
    }
  }
  for (; j < columns; j++) {
    const value = <u32> load<u8>(row + <usize> j);
    store<u32>(out, j << 8 | value);
    out += value != 0 ? 4 : 0;
  }
  return out;
}

/**
 * Packs the entries of a row of float32 numbers, scaled; returns the address of their end. One
 * entry past it may be written.
 */
export function packFloats(row: usize, columns: i32, scale: f32, out: usize): usize {
  for (let j = 0; j < columns; j++) {
    const value = load<f32>(row + (<usize> j << 2));
    store<u32>(out, j);
    store<f32>(out, value * scale, 4);
    out += value != 0 ? 8 : 0;
  }
  return out;
}

/** Copies numbers as float32, float32 numbers scaled. */
export function spreadRows(x: usize, length: i32, size: usize, scale: f32, out: usize): void {
  const end = out + (<usize> length << 2);
  if (size == 1) {
    for (; out < end; x++, out += 4) store<f32>(out, <f32> load<u8>(x));
    return;
  }
  const factor = f32x4.splat(scale);
  for (; out + 16 <= end; x += 16, out += 16) v128.store(out, f32x4.mul(v128.load(x), factor));
  for (; out < end; x += 4, out += 4) store<f32>(out, load<f32>(x) * scale);
}
