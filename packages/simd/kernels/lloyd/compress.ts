// @ts-nocheck AssemblyScript
// Dense 8-bit rows to sparse ones. A sparse row is its columns (uint16), then its values (uint8),
// both filled up with zeros to a multiple of four entries.
import { argument, nextBlock } from "../shared/job.ts";

const ROWS: i32 = 64;

/**
 * Counts entries. Arguments: x, rows, columns, lengths (one int32 per row, rounded up to 4),
 * squares (one float64 per row: Σ x²).
 */
export function countEntries(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const columns = argument<i32>(args, 2);
  const lengths = argument<usize>(args, 3);
  const squares = argument<usize>(args, 4);
  for (let start = nextBlock(thread) * ROWS; start < rows; start = nextBlock(thread) * ROWS) {
    const end = min(start + ROWS, rows);
    for (let i = start; i < end; i++) {
      const row = x + <usize> i * columns;
      store<i32>(lengths + (<usize> i << 2), countRow(row, columns));
      store<f64>(squares + (<usize> i << 3), <f64> squareRow(row, columns));
    }
  }
}

export function countRow(row: usize, columns: i32): i32 {
  const end = row + columns;
  let count = 0;
  for (; row + 16 <= end; row += 16) {
    count += popcnt(i8x16.bitmask(i8x16.ne(v128.load(row), i8x16.splat(0))));
  }
  for (; row < end; row++) count += <i32> (load<u8>(row) !== 0);
  return (count + 3) & ~3;
}

export function squareRow(row: usize, columns: i32): i64 {
  const end = row + columns;
  let total: i64 = 0;
  while (row + 16 <= end) {
    // 32-bit lanes hold the squares of 2^15 bytes and more: 4 · 65025 · 4096 < 2^31.
    const stop = min(end, row + 65536);
    let sum = i32x4.splat(0);
    for (; row + 16 <= stop; row += 16) {
      const v = v128.load(row);
      const low = i16x8.extend_low_i8x16_u(v);
      const high = i16x8.extend_high_i8x16_u(v);
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(low, low));
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(high, high));
    }
    total += <i64> i32x4.extract_lane(sum, 0) + <i64> i32x4.extract_lane(sum, 1) +
      <i64> i32x4.extract_lane(sum, 2) + <i64> i32x4.extract_lane(sum, 3);
  }
  for (; row < end; row++) total += <i64> load<u8>(row) * <i64> load<u8>(row);
  return total;
}

/**
 * Writes entries. Arguments: x, rows, columns, lengths, addresses (one uint32 per row; 16 bytes
 * after the last row of a block of 64 may be overwritten), table (for each byte mask the 8
 * positions of its bits), scratch (3 · columns + 64 bytes per thread), its bytes per thread.
 */
export function fillEntries(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const rows = argument<i32>(args, 1);
  const columns = argument<i32>(args, 2);
  const lengths = argument<usize>(args, 3);
  const addresses = argument<usize>(args, 4);
  const table = argument<usize>(args, 5);
  const scratch = argument<usize>(args, 6) + <usize> thread * argument<usize>(args, 7);
  for (let start = nextBlock(thread) * ROWS; start < rows; start = nextBlock(thread) * ROWS) {
    const end = min(start + ROWS, rows);
    for (let i = start; i < end; i++) {
      const at = <usize> i << 2;
      const length = load<i32>(lengths + at);
      fillRow(x + <usize> i * columns, columns, length, load<u32>(addresses + at), table, scratch);
    }
  }
}

export function fillRow(
  row: usize,
  columns: i32,
  length: i32,
  out: usize,
  table: usize,
  scratch: usize,
): void {
  let at = scratch;
  let values = scratch + (<usize> columns << 1) + 32;
  const firstValue = values;
  let column: i32 = 0;
  for (; column + 16 <= columns; column += 16) {
    const v = v128.load(row + column);
    const mask = i8x16.bitmask(i8x16.ne(v, i8x16.splat(0)));
    if (mask === 0) continue;
    // Branch-free: eight columns and values are always written, and the cursor advances by the
    // number that count.
    const low = v128.load64_zero(table + (<usize> (mask & 255) << 3));
    v128.store(at, i16x8.add(i16x8.splat(<i16> column), i16x8.extend_low_i8x16_u(low)));
    v128.store64_lane(values, i8x16.swizzle(v, low), 0);
    const lowCount = <usize> popcnt(mask & 255);
    at += lowCount << 1;
    values += lowCount;
    const high = v128.load64_zero(table + (<usize> (mask >> 8) << 3));
    v128.store(at, i16x8.add(i16x8.splat(<i16> (column + 8)), i16x8.extend_low_i8x16_u(high)));
    v128.store64_lane(
      values,
      i8x16.swizzle(v128.shuffle<u64>(v, v, 1, 1), high),
      0,
    );
    const highCount = <usize> popcnt(mask >> 8);
    at += highCount << 1;
    values += highCount;
  }
  for (; column < columns; column++) {
    const value = load<u8>(row + column);
    store<u16>(at, <u16> column);
    store<u8>(values, value);
    at += <usize> (value !== 0) << 1;
    values += <usize> (value !== 0);
  }
  // Entries that pad the row to a multiple of four: value 0 in column 0.
  store<u64>(at, 0);
  store<u32>(values, 0);
  const columnBytes = <usize> length << 1;
  copy16(out, scratch, columnBytes);
  copy16(out + columnBytes, firstValue, <usize> length);
}

/** Copies in steps of 16 bytes, so up to 15 more than asked for. */
function copy16(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}
