// @ts-nocheck AssemblyScript
import { multiplyAdd } from "../shared/vector.ts";

/** Multiplies a sparse row by a panel of 12 columns; even and odd entries have separate sums. */
export function sparseRow12(row: usize, length: i32, panel: usize, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  const end = row + (<usize> length << 1);
  let values = end;
  while (row < end) {
    const x = f32x4.convert_i32x4_u(
      i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(values))),
    );
    const x0 = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    const c0 = panel + <usize> load<u16>(row, 0) * 48;
    a0 = multiplyAdd(x0, v128.load(c0, 0), a0);
    a1 = multiplyAdd(x0, v128.load(c0, 16), a1);
    a2 = multiplyAdd(x0, v128.load(c0, 32), a2);
    const x1 = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    const c1 = panel + <usize> load<u16>(row, 2) * 48;
    b0 = multiplyAdd(x1, v128.load(c1, 0), b0);
    b1 = multiplyAdd(x1, v128.load(c1, 16), b1);
    b2 = multiplyAdd(x1, v128.load(c1, 32), b2);
    const x2 = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    const c2 = panel + <usize> load<u16>(row, 4) * 48;
    a0 = multiplyAdd(x2, v128.load(c2, 0), a0);
    a1 = multiplyAdd(x2, v128.load(c2, 16), a1);
    a2 = multiplyAdd(x2, v128.load(c2, 32), a2);
    const x3 = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    const c3 = panel + <usize> load<u16>(row, 6) * 48;
    b0 = multiplyAdd(x3, v128.load(c3, 0), b0);
    b1 = multiplyAdd(x3, v128.load(c3, 16), b1);
    b2 = multiplyAdd(x3, v128.load(c3, 32), b2);
    row += 8;
    values += 4;
  }
  v128.store(out, f32x4.add(a0, b0), 0);
  v128.store(out, f32x4.add(a1, b1), 16);
  v128.store(out, f32x4.add(a2, b2), 32);
}

/** Multiplies a sparse row by a panel of 8 columns; even and odd entries have separate sums. */
export function sparseRow8(row: usize, length: i32, panel: usize, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  const end = row + (<usize> length << 1);
  let values = end;
  while (row < end) {
    const x = f32x4.convert_i32x4_u(
      i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(values))),
    );
    const x0 = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    const c0 = panel + <usize> load<u16>(row, 0) * 32;
    a0 = multiplyAdd(x0, v128.load(c0, 0), a0);
    a1 = multiplyAdd(x0, v128.load(c0, 16), a1);
    const x1 = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    const c1 = panel + <usize> load<u16>(row, 2) * 32;
    b0 = multiplyAdd(x1, v128.load(c1, 0), b0);
    b1 = multiplyAdd(x1, v128.load(c1, 16), b1);
    const x2 = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    const c2 = panel + <usize> load<u16>(row, 4) * 32;
    a0 = multiplyAdd(x2, v128.load(c2, 0), a0);
    a1 = multiplyAdd(x2, v128.load(c2, 16), a1);
    const x3 = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    const c3 = panel + <usize> load<u16>(row, 6) * 32;
    b0 = multiplyAdd(x3, v128.load(c3, 0), b0);
    b1 = multiplyAdd(x3, v128.load(c3, 16), b1);
    row += 8;
    values += 4;
  }
  v128.store(out, f32x4.add(a0, b0), 0);
  v128.store(out, f32x4.add(a1, b1), 16);
}

/** Multiplies a sparse row by a panel of 4 columns; even and odd entries have separate sums. */
export function sparseRow4(row: usize, length: i32, panel: usize, out: usize): void {
  let a0 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  const end = row + (<usize> length << 1);
  let values = end;
  while (row < end) {
    const x = f32x4.convert_i32x4_u(
      i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(values))),
    );
    const x0 = v128.shuffle<f32>(x, x, 0, 0, 0, 0);
    const c0 = panel + <usize> load<u16>(row, 0) * 16;
    a0 = multiplyAdd(x0, v128.load(c0, 0), a0);
    const x1 = v128.shuffle<f32>(x, x, 1, 1, 1, 1);
    const c1 = panel + <usize> load<u16>(row, 2) * 16;
    b0 = multiplyAdd(x1, v128.load(c1, 0), b0);
    const x2 = v128.shuffle<f32>(x, x, 2, 2, 2, 2);
    const c2 = panel + <usize> load<u16>(row, 4) * 16;
    a0 = multiplyAdd(x2, v128.load(c2, 0), a0);
    const x3 = v128.shuffle<f32>(x, x, 3, 3, 3, 3);
    const c3 = panel + <usize> load<u16>(row, 6) * 16;
    b0 = multiplyAdd(x3, v128.load(c3, 0), b0);
    row += 8;
    values += 4;
  }
  v128.store(out, f32x4.add(a0, b0), 0);
}
