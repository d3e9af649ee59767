// @ts-nocheck AssemblyScript
// Eigenvectors of symmetric matrices in float64: the reduction to a tridiagonal matrix by Householder
// reflections, and the way back for some vectors. QL iterations in between, which are few, are the host's.
import { argument, nextBlock } from "./shared/job.ts";

/** Added and taken away again, it makes 0 of numbers far below it, which processors are slow with. */
const FADED: f64 = 1e-150;

/**
 * Reduces rows `from` down to `to` + 1 of a matrix. Arguments: v (d × d float64, of which the upper triangle is
 * used; row i will begin with the vector of reflection i), d, row (d float64: column d − 1 of the matrix, to begin
 * with), numbers beside the diagonal (d float64), halves of the squared lengths of reflections (d float64), from, to.
 */
export function reduce(thread: i32, args: usize): void {
  const d = argument<i32>(args, 1);
  const to = argument<i32>(args, 6);
  for (let block = nextBlock(thread); block < 1; block = nextBlock(thread)) {
    for (let i = argument<i32>(args, 5); i > to; i--) {
      reduceRow(argument<usize>(args, 0), <usize> d << 3, args, i);
    }
  }
}

export function reduceRow(v: usize, rowBytes: usize, args: usize, i: i32): void {
  const row = argument<usize>(args, 2);
  const beside = argument<usize>(args, 3) + (<usize> i << 3);
  const halves = argument<usize>(args, 4) + (<usize> i << 3);
  const end = <usize> i << 3;
  let scale: f64 = 0;
  for (let k: usize = 0; k < end; k += 8) scale += abs(load<f64>(row + k));
  store<f64>(halves, 0);
  if (scale === 0) {
    store<f64>(beside, load<f64>(row + end - 8));
    copyColumn(v, rowBytes, row, i);
    return;
  }
  let h: f64 = 0;
  for (let k: usize = 0; k < end; k += 8) {
    const value = load<f64>(row + k) / scale;
    store<f64>(row + k, value);
    h += value * value;
  }
  const f = load<f64>(row + end - 8);
  const g = f > 0 ? -sqrt(h) : sqrt(h);
  h -= f * g;
  store<f64>(row + end - 8, f - g);
  memory.copy(v + <usize> i * rowBytes, row, end);
  const off = argument<usize>(args, 3);
  multiplyRow(v, rowBytes, row, off, i);
  let along: f64 = 0;
  for (let k: usize = 0; k < end; k += 8) {
    const value = load<f64>(off + k) / h;
    store<f64>(off + k, value);
    along += value * load<f64>(row + k);
  }
  const share = along / (h + h);
  for (let k: usize = 0; k < end; k += 8) {
    store<f64>(off + k, load<f64>(off + k) - share * load<f64>(row + k));
  }
  reflectRows(v, rowBytes, row, off, i);
  copyColumn(v, rowBytes, row, i);
  store<f64>(beside, scale * g);
  store<f64>(halves, h);
}

/** Copies column i − 1 above row i. */
export function copyColumn(v: usize, rowBytes: usize, row: usize, i: i32): void {
  let from = v + (<usize> (i - 1) << 3);
  for (let j = 0; j < i; j++) {
    store<f64>(row + (<usize> j << 3), load<f64>(from));
    from += rowBytes;
  }
}

/** Multiplies the leading i × i block by `row`, two rows of its upper triangle at a time. */
export function multiplyRow(v: usize, rowBytes: usize, row: usize, off: usize, i: i32): void {
  const end = <usize> i << 3;
  memory.fill(off, 0, end);
  let j: usize = 0;
  for (; j + 16 <= end; j += 16) {
    const a = v + (j >> 3) * rowBytes, b = a + rowBytes;
    const f = load<f64>(row + j), g = load<f64>(row + j + 8);
    const beside = load<f64>(a + j + 8);
    let first = load<f64>(off + j) + load<f64>(a + j) * f + beside * g;
    let second = load<f64>(off + j + 8) + beside * f + load<f64>(b + j + 8) * g;
    const fs = f64x2.splat(f), gs = f64x2.splat(g);
    let firsts = f64x2.splat(0), seconds = firsts;
    let k = j + 16;
    for (; k + 16 <= end; k += 16) {
      const x = v128.load(a + k), y = v128.load(b + k), r = v128.load(row + k);
      firsts = f64x2.add(firsts, f64x2.mul(x, r));
      seconds = f64x2.add(seconds, f64x2.mul(y, r));
      const sum = f64x2.add(f64x2.mul(x, fs), f64x2.mul(y, gs));
      v128.store(off + k, f64x2.add(v128.load(off + k), sum));
    }
    if (k < end) {
      const x = load<f64>(a + k), y = load<f64>(b + k), r = load<f64>(row + k);
      first += x * r;
      second += y * r;
      store<f64>(off + k, load<f64>(off + k) + (x * f + y * g));
    }
    store<f64>(off + j, first + (f64x2.extract_lane(firsts, 0) + f64x2.extract_lane(firsts, 1)));
    store<f64>(off + j + 8, second + (f64x2.extract_lane(seconds, 0) + f64x2.extract_lane(seconds, 1)));
  }
  if (j < end) {
    const last = load<f64>(v + (j >> 3) * rowBytes + j) * load<f64>(row + j);
    store<f64>(off + j, load<f64>(off + j) + last);
  }
}

/** Subtracts row offᵀ + off rowᵀ from the upper triangle of the leading i × i block, two rows at a time. */
export function reflectRows(v: usize, rowBytes: usize, row: usize, off: usize, i: i32): void {
  const end = <usize> i << 3;
  let j: usize = 0;
  for (; j + 16 <= end; j += 16) {
    const a = v + (j >> 3) * rowBytes, b = a + rowBytes;
    const f = f64x2.splat(load<f64>(row + j)), g = f64x2.splat(load<f64>(row + j + 8));
    const p = f64x2.splat(load<f64>(off + j)), q = f64x2.splat(load<f64>(off + j + 8));
    let k = j;
    // Below the diagonal of the second row, one number is changed that nobody reads.
    for (; k + 16 <= end; k += 16) {
      const o = v128.load(off + k), r = v128.load(row + k);
      const first = f64x2.add(f64x2.mul(f, o), f64x2.mul(p, r));
      const second = f64x2.add(f64x2.mul(g, o), f64x2.mul(q, r));
      v128.store(a + k, f64x2.sub(v128.load(a + k), first));
      v128.store(b + k, f64x2.sub(v128.load(b + k), second));
    }
    if (k < end) {
      const o = load<f64>(off + k), r = load<f64>(row + k);
      const first = load<f64>(row + j) * o + load<f64>(off + j) * r;
      const second = load<f64>(row + j + 8) * o + load<f64>(off + j + 8) * r;
      store<f64>(a + k, load<f64>(a + k) - first);
      store<f64>(b + k, load<f64>(b + k) - second);
    }
  }
  if (j < end) {
    const at = v + (j >> 3) * rowBytes + j;
    store<f64>(at, load<f64>(at) - 2 * (load<f64>(row + j) * load<f64>(off + j)));
  }
}

/**
 * Turns vectors of the diagonal matrix into those of the reduced one, a group of four per block. Arguments: groups
 * (d × 4 float64 each, changed in place), one int32 per group: sweeps of later rows are left out, number of groups,
 * first rows of sweeps (int32), ends of sweeps among the turns (int32), number of sweeps, turns (pairs of float64),
 * v, d, halves.
 */
export function undo(thread: i32, args: usize): void {
  const groups = argument<i32>(args, 2);
  const d = argument<i32>(args, 8);
  for (let group = nextBlock(thread); group < groups; group = nextBlock(thread)) {
    const four = argument<usize>(args, 0) + <usize> group * (<usize> d << 5);
    undoSweeps(args, four, load<i32>(argument<usize>(args, 1) + (<usize> group << 2)));
    undoReflections(args, four, d);
  }
}

export function undoSweeps(args: usize, four: usize, last: i32): void {
  const firsts = argument<usize>(args, 3), ends = argument<usize>(args, 4);
  const turns = argument<usize>(args, 6);
  for (let s = argument<i32>(args, 5) - 1; s >= 0; s--) {
    const first = load<i32>(firsts + (<usize> s << 2));
    if (first > last) continue;
    const begin = s > 0 ? load<i32>(ends + (<usize> s << 2) - 4) : 0;
    const end = load<i32>(ends + (<usize> s << 2));
    undoSweep(four + (<usize> first << 5), turns + (<usize> begin << 4), turns + (<usize> end << 4));
  }
}

export function undoSweep(at: usize, turn: usize, end: usize): void {
  const faded = f64x2.splat(FADED);
  // The lower row of each rotation is the upper one of the next.
  let a = v128.load(at), b = v128.load(at, 16);
  for (; turn < end; turn += 16) {
    const cosine = v128.load64_splat(turn), sine = v128.load64_splat(turn, 8);
    const e = v128.load(at, 32), f = v128.load(at, 48);
    v128.store(at, settled(f64x2.add(f64x2.mul(cosine, a), f64x2.mul(sine, e)), faded));
    v128.store(at, settled(f64x2.add(f64x2.mul(cosine, b), f64x2.mul(sine, f)), faded), 16);
    a = settled(f64x2.sub(f64x2.mul(cosine, e), f64x2.mul(sine, a)), faded);
    b = settled(f64x2.sub(f64x2.mul(cosine, f), f64x2.mul(sine, b)), faded);
    at += 32;
  }
  v128.store(at, a);
  v128.store(at, b, 16);
}

// @ts-ignore: decorator
@inline
function settled(x: v128, faded: v128): v128 {
  return f64x2.sub(f64x2.add(x, faded), faded);
}

export function undoReflections(args: usize, four: usize, d: i32): void {
  const v = argument<usize>(args, 7), halves = argument<usize>(args, 9);
  for (let i = 1; i < d; i++) {
    const half = load<f64>(halves + (<usize> i << 3));
    if (half === 0) continue;
    const begin = v + (<usize> i * <usize> d << 3);
    const end = begin + (<usize> i << 3);
    let a = f64x2.splat(0), b = a;
    let at = four;
    for (let u = begin; u < end; u += 8) {
      const entry = v128.load64_splat(u);
      a = f64x2.add(a, f64x2.mul(entry, v128.load(at)));
      b = f64x2.add(b, f64x2.mul(entry, v128.load(at, 16)));
      at += 32;
    }
    a = f64x2.div(a, f64x2.splat(half));
    b = f64x2.div(b, f64x2.splat(half));
    at = four;
    for (let u = begin; u < end; u += 8) {
      const entry = v128.load64_splat(u);
      v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(entry, a)));
      v128.store(at, f64x2.sub(v128.load(at, 16), f64x2.mul(entry, b)), 16);
      at += 32;
    }
  }
}
