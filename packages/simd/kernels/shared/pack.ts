// @ts-nocheck AssemblyScript
// Panels for matmul.ts. Strides are in bytes; what is missing at the edges becomes zero.

/** Number of columns of a panel. */
const WIDTH: i32 = 8;

/**
 * Packs panels `at` to `end` of a matrix of k rows and n columns, which may be stored transposed, to `target`,
 * `panelBytes` from one to the next. Four panels are packed together where that reads rows by whole cache lines.
 */
export function packRange(
  source: usize,
  stride: usize,
  target: usize,
  panelBytes: usize,
  k: i32,
  n: i32,
  at: i32,
  end: i32,
  transposed: i32,
): void {
  for (; at < end; at++, target += panelBytes) {
    const first = at * WIDTH;
    const columns = min(WIDTH, n - first);
    if (transposed) {
      packColumnsTransposed(source + <usize> first * stride, stride, target, k, columns);
    } else if (at + 4 <= end && first + 4 * WIDTH <= n) {
      packPanels(source + (<usize> first << 2), stride, target, panelBytes, k);
      at += 3, target += 3 * panelBytes;
    } else packColumns(source + (<usize> first << 2), stride, target, k, columns);
  }
}

/** 8 columns of a row-major matrix, row by row. */
export function packColumns(
  source: usize,
  stride: usize,
  target: usize,
  k: i32,
  columns: i32,
): void {
  for (let i = 0; i < k; i++) {
    if (columns === 8) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
    } else {
      memory.fill(target, 0, 32);
      for (let j = 0; j < columns; j++) {
        store<f32>(target + (j << 2), load<f32>(source + (j << 2)));
      }
    }
    source += stride;
    target += 32;
  }
  memory.fill(target, 0, ((4 - (k & 3)) & 3) << 5);
}

/** 32 columns of a row-major matrix, as four panels of 8, `panelBytes` from one to the next. */
function packPanels(
  source: usize,
  stride: usize,
  target: usize,
  panelBytes: usize,
  k: i32,
): void {
  for (let i = 0; i < k; i++) {
    let to = target;
    for (let at: usize = 0; at < 128; at += 32) {
      v128.store(to, v128.load(source + at));
      v128.store(to, v128.load(source + at, 16), 16);
      to += panelBytes;
    }
    source += stride;
    target += 32;
  }
  const missing = ((4 - (k & 3)) & 3) << 5;
  for (let panel = 0; panel < 4; panel++, target += panelBytes) memory.fill(target, 0, missing);
}

/**
 * Some columns of a transpose, from `first` on, as panels `targetBytes` from one to the next, over `length` steps from
 * `start`: `source` are the panels of the matrix itself, `sourceBytes` from one to the next. Steps and columns are whole
 * fours. The more columns, the more of the source is read in a row.
 */
export function packTurned(
  source: usize,
  sourceBytes: usize,
  target: usize,
  targetBytes: usize,
  start: i32,
  length: i32,
  first: i32,
  columns: i32,
): void {
  const row = source + (<usize> first << 5);
  const end = start + length;
  for (let i = start; i < end; i += 4) {
    const from = row + <usize> (i >> 3) * sourceBytes + (<usize> (i & 4) << 2);
    let to = target;
    let column = 0;
    for (; column + 8 <= columns; column += 8, to += targetBytes) {
      const at = from + (<usize> column << 5);
      transpose(at, 32, to, 32);
      transpose(at + 128, 32, to + 16, 32);
    }
    if (column < columns) {
      transpose(from + (<usize> column << 5), 32, to, 32);
      for (let at: usize = 16; at < 128; at += 32) v128.store(to + at, f32x4.splat(0));
    }
    target += 128;
  }
}

/** 8 rows of a row-major matrix, as columns. */
export function packColumnsTransposed(
  source: usize,
  stride: usize,
  target: usize,
  k: i32,
  columns: i32,
): void {
  const whole = k & ~3;
  const end = (k + 3) & ~3;
  for (let half = 0; half < 8; half += 4) {
    let from = source + half * stride;
    let to = target + (half << 2);
    if (columns >= half + 4) {
      for (let i = 0; i < whole; i += 4) {
        transpose(from, stride, to, 32);
        from += 16;
        to += 128;
      }
      for (let i = whole; i < end; i++) {
        for (let j = 0; j < 4; j++) {
          store<f32>(to + (j << 2), i < k ? load<f32>(from + j * stride) : 0);
        }
        from += 4;
        to += 32;
      }
    } else {
      for (let i = 0; i < end; i++) {
        for (let j = 0; j < 4; j++) {
          store<f32>(to + (j << 2), i < k && half + j < columns ? load<f32>(from + j * stride) : 0);
        }
        from += 4;
        to += 32;
      }
    }
  }
}

/**
 * Panels of 5 rows of a row-major matrix: for each group of four k, rows 0 to 3 at each k, then
 * row 4 at the four k.
 */
export function packRows(source: usize, stride: usize, target: usize, k: i32, rows: i32): void {
  for (let row = 0; row < rows; row += 5) {
    const present = min(5, rows - row);
    let from = source + row * stride;
    let i = 0;
    if (present === 5) {
      for (; i + 4 <= k; i += 4) {
        transpose(from, stride, target, 16);
        v128.store(target, v128.load(from + 4 * stride), 64);
        from += 16;
        target += 80;
      }
    }
    for (; i < k; i += 4) {
      memory.fill(target, 0, 80);
      const filled = min(4, k - i);
      for (let r = 0; r < present; r++) {
        for (let j = 0; j < filled; j++) {
          const to = r < 4 ? (j << 4) + (r << 2) : 64 + (j << 2);
          store<f32>(target + to, load<f32>(from + r * stride + (j << 2)));
        }
      }
      from += 16;
      target += 80;
    }
  }
}

/** The same panels from a matrix that is stored transposed: source[k][row]. */
export function packRowsTransposed(
  source: usize,
  stride: usize,
  target: usize,
  k: i32,
  rows: i32,
): void {
  for (let row = 0; row < rows; row += 5) {
    const present = min(5, rows - row);
    let from = source + (row << 2);
    let i = 0;
    if (present === 5) {
      for (; i + 4 <= k; i += 4) {
        for (let j = 0; j < 4; j++) {
          v128.store(target + (j << 4), v128.load(from));
          store<f32>(target + (j << 2), load<f32>(from, 16), 64);
          from += stride;
        }
        target += 80;
      }
    }
    for (; i < k; i += 4) {
      memory.fill(target, 0, 80);
      const filled = min(4, k - i);
      for (let j = 0; j < filled; j++) {
        for (let r = 0; r < present; r++) {
          const to = r < 4 ? (j << 4) + (r << 2) : 64 + (j << 2);
          store<f32>(target + to, load<f32>(from + (r << 2)));
        }
        from += stride;
      }
      target += 80;
    }
  }
}

/** Four rows of four become four columns: `target` is written row by row. */
// @ts-ignore: decorator
@inline
export function transpose(source: usize, stride: usize, target: usize, targetStride: usize): void {
  const a = v128.load(source);
  const b = v128.load(source + stride);
  const c = v128.load(source + 2 * stride);
  const d = v128.load(source + 3 * stride);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(target + targetStride, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(target + 2 * targetStride, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5));
  v128.store(target + 3 * targetStride, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7));
}
