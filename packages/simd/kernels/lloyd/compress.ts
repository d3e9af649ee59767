// @ts-nocheck AssemblyScript
// Dense rows to sparse ones. A sparse row is its columns (uint16), then its values (bytes or float32, as
// they were), both filled up with zeros to a multiple of four entries.
import { argument, nextBlock } from "../shared/job.ts";
import { byteRow4, singleRow4 } from "../generated/panel_rows.ts";

const ROWS: i32 = 64;
/** Factor that widens upper bounds beyond the rounding of their own computation. */
const UP: f64 = 1.00001;

/**
 * Compresses rows, and describes them while they are in the cache. Arguments: x, bytes per value as a power of two (0 for bytes, 2 for float32), rows,
 * columns, addresses (one uint32 per row), lengths (one int32 per row), squares (one float64 per row:
 * Σ x²), room (address of a uint32, the address where the next row goes: a multiple of 16 with enough
 * room after it), table (see `sparse_rows.ts`), scratch ((2 + bytes per value) · columns + 64 bytes per
 * thread), its bytes per thread, mean (a panel of four columns, the first of which it is), |mean|, centred
 * squares (one float32 per row: |x − mean|²), radii (one float32 per row, see `structures.ts`).
 */
export function compress(thread: i32, args: usize): void {
  const x = argument<usize>(args, 0);
  const shift = argument<i32>(args, 1);
  const rows = argument<i32>(args, 2);
  const columns = argument<i32>(args, 3);
  const addresses = argument<usize>(args, 4);
  const lengths = argument<usize>(args, 5);
  const squares = argument<usize>(args, 6);
  const room = argument<usize>(args, 7);
  const table = argument<usize>(args, 8);
  const list = argument<usize>(args, 9) + <usize> thread * argument<usize>(args, 10);
  const values = list + (<usize> columns << 1) + 32;
  const mean = argument<usize>(args, 11);
  const meanLength = argument<f64>(args, 12);
  const centred = argument<usize>(args, 13);
  const radii = argument<usize>(args, 14);
  for (let start = nextBlock(thread) * ROWS; start < rows; start = nextBlock(thread) * ROWS) {
    for (let i = start; i < min(start + ROWS, rows); i++) {
      const row = x + (<usize> i * columns << shift);
      const end = shift
        ? listSingles(row, columns, table, list, values)
        : listBytes(row, columns, table, list, values);
      const length = (<i32> ((end - values) >> shift) + 3) & ~3;
      const columnBytes = <usize> length << 1;
      const valueBytes = <usize> length << shift;
      // Up to 15 bytes more than the row has may be written.
      const address = atomic.add<u32>(room, <u32> (columnBytes + valueBytes + 31) & ~15);
      copy16(address, list, columnBytes);
      copy16(address + columnBytes, values, valueBytes);
      store<u32>(addresses + (<usize> i << 2), address);
      store<i32>(lengths + (<usize> i << 2), length);
      const square = shift ? squareSingles(values, length) : squareBytes(values, length);
      store<f64>(squares + (<usize> i << 3), square);
      store<f32>(radii + (<usize> i << 2), <f32> ((sqrt(square) + meanLength) * UP));
      if (shift) singleRow4(address, length, mean, list);
      else byteRow4(address, length, mean, list);
      const product = load<f32>(list);
      const rest = <f32> square - (product + product) + <f32> (meanLength * meanLength);
      store<f32>(centred + (<usize> i << 2), max(rest, 0));
    }
  }
}

/** Lists the columns and values of a row that are not 0, then zeros; returns the end of the values. */
export function listBytes(row: usize, columns: i32, table: usize, list: usize, values: usize): usize {
  const zero = i8x16.splat(0);
  let column: i32 = 0;
  for (; column + 16 <= columns; column += 16) {
    const v = v128.load(row + column);
    const mask = i8x16.bitmask(i8x16.ne(v, zero));
    if (mask === 0) continue;
    // Branch-free: eight columns and values are always written, and the cursor advances by the
    // number that count.
    const low = v128.load64_zero(table + (<usize> (mask & 255) << 3));
    v128.store(list, i16x8.add(i16x8.splat(<i16> column), i16x8.extend_low_i8x16_u(low)));
    v128.store64_lane(values, i8x16.swizzle(v, low), 0);
    const lowCount = <usize> popcnt(mask & 255);
    list += lowCount << 1;
    values += lowCount;
    const high = v128.load64_zero(table + (<usize> (mask >> 8) << 3));
    v128.store(list, i16x8.add(i16x8.splat(<i16> (column + 8)), i16x8.extend_low_i8x16_u(high)));
    v128.store64_lane(values, i8x16.swizzle(v128.shuffle<u64>(v, v, 1, 1), high), 0);
    const highCount = <usize> popcnt(mask >> 8);
    list += highCount << 1;
    values += highCount;
  }
  for (; column < columns; column++) {
    const value = load<u8>(row + column);
    store<u16>(list, <u16> column);
    store<u8>(values, value);
    list += <usize> (value !== 0) << 1;
    values += <usize> (value !== 0);
  }
  store<u64>(list, 0);
  store<u32>(values, 0);
  return values;
}

/** Does for float32 what {@link listBytes} does for bytes. */
export function listSingles(row: usize, columns: i32, table: usize, list: usize, values: usize): usize {
  let column: i32 = 0;
  for (; column + 16 <= columns; column += 16, row += 64) {
    const a = v128.load(row);
    const b = v128.load(row, 16);
    const c = v128.load(row, 32);
    const d = v128.load(row, 48);
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue;
    for (let q = 0; q < 16; q += 4) {
      const v = v128.load(row + (<usize> q << 2));
      const mask = i32x4.bitmask(f32x4.ne(v, f32x4.splat(0)));
      const low = v128.load64_zero(table + (<usize> mask << 3));
      const places = i16x8.extend_low_i8x16_u(low);
      v128.store(list, i16x8.add(i16x8.splat(<i16> (column + q)), places));
      // Place p of a value stands for its bytes 4p to 4p + 3.
      const fours = i8x16.swizzle(low, i8x16(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
      const bytes = i8x16.add(i8x16.shl(fours, 2), i8x16(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3));
      v128.store(values, i8x16.swizzle(v, bytes));
      const count = <usize> popcnt(mask);
      list += count << 1;
      values += count << 2;
    }
  }
  for (; column < columns; column++, row += 4) {
    const value = load<f32>(row);
    store<u16>(list, <u16> column);
    store<f32>(values, value);
    list += <usize> (value !== 0) << 1;
    values += <usize> (value !== 0) << 2;
  }
  store<u64>(list, 0);
  v128.store(values, i64x2.splat(0));
  return values;
}

/** Returns Σ x². */
export function squareBytes(values: usize, length: i32): f64 {
  // 32-bit lanes hold the squares of as many bytes as columns have numbers: 2 · 65025 · 2^14 < 2^31.
  let sum = i32x4.splat(0);
  for (const end = values + <usize> length; values < end; values += 4) {
    const v = i16x8.extend_low_i8x16_u(v128.load32_zero(values));
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v, v));
  }
  return <f64> i32x4.extract_lane(sum, 0) + <f64> i32x4.extract_lane(sum, 1);
}

/** Returns Σ x² in float64. */
export function squareSingles(values: usize, length: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (const end = values + (<usize> length << 2); values < end; values += 16) {
    const low = f64x2.promote_low_f32x4(v128.load64_zero(values));
    const high = f64x2.promote_low_f32x4(v128.load64_zero(values, 8));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Copies in steps of 16 bytes, so up to 15 more than asked for. */
function copy16(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}
