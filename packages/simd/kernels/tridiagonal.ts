// @ts-nocheck AssemblyScript
// Eigenvectors of symmetric matrices in float64: the reduction to a tridiagonal matrix by Householder
// reflections, and the way back for some vectors. QL iterations in between, which are few, are the host's.
import { argument, blockStart, leavesBlock, nextBlock } from "./shared/job.ts";
import { addTo, multiplyAdd64, multiplySubtract64, sumLanes64 } from "./shared/vector.ts";

/** Added and taken away again, it makes 0 of numbers far below it, which processors are slow with. */
const FADED: f64 = 1e-150;

/** Most blocks of rows that a reflection is divided into. */
const BLOCKS: i32 = 8;
/** Fewest rows of a block. */
const BLOCK_ROWS: i32 = 64;

/**
 * Reduces rows `from` down to `to` + 1 of a matrix, on one thread. Arguments: v (d × d float64, of which the upper
 * triangle is used; row i will begin with the vector of reflection i), d, row (d float64: column d − 1 of the matrix,
 * to begin with), numbers beside the diagonal (d float64, zeros to begin with), halves of the squared lengths of
 * reflections (d float64), products (a vector of d float64 per block), next (d float64), from, to. The vector of `from`
 * is there: `turn` with d begins.
 */
export function reduce(thread: i32, args: usize): void {
  for (let block = nextBlock(thread); block < 1; block = nextBlock(thread)) {
    for (let i = argument<i32>(args, 7); i > argument<i32>(args, 8); i--) {
      const blocks = blocksOf(i);
      for (let b = 0; b < blocks; b++) reflectBlock(args, i, b, blocks);
      turnRow(args, i);
    }
  }
}

/** Does the part of `reduce` for row `from` that threads share; `turn` has to follow. */
export function reflect(thread: i32, args: usize): void {
  const i = argument<i32>(args, 7);
  const blocks = blocksOf(i);
  for (let block = nextBlock(thread); block < blocks; block = nextBlock(thread)) {
    reflectBlock(args, i, block, blocks);
  }
}

/** Ends row `from`, if that is below d, and begins the one before. */
export function turn(thread: i32, args: usize): void {
  for (let block = nextBlock(thread); block < 1; block = nextBlock(thread)) {
    turnRow(args, argument<i32>(args, 7));
  }
}

// @ts-ignore: decorator
@inline
function blocksOf(i: i32): i32 {
  return min(BLOCKS, (i + BLOCK_ROWS - 1) / BLOCK_ROWS);
}

/** The first row of a block, even: each has as much of the triangle. */
// @ts-ignore: decorator
@inline
function blockBegin(i: i32, block: i32, blocks: i32): i32 {
  if (block === blocks) return i;
  return <i32> (<f64> i * (1 - sqrt(1 - <f64> block / <f64> blocks))) & ~1;
}

export function turnRow(args: usize, i: i32): void {
  if (i < argument<i32>(args, 1)) endRow(args, i);
  if (i > 1) beginRow(args, i - 1);
}

/** Makes the vector of reflection i of column i. */
export function beginRow(args: usize, i: i32): void {
  const row = argument<usize>(args, 2);
  const end = <usize> i << 3;
  let scale: f64 = 0;
  for (let k: usize = 0; k < end; k += 8) scale += abs(load<f64>(row + k));
  let h: f64 = 0, g: f64 = 0;
  if (scale !== 0) {
    for (let k: usize = 0; k < end; k += 8) {
      const value = load<f64>(row + k) / scale;
      store<f64>(row + k, value);
      h += value * value;
    }
    const f = load<f64>(row + end - 8);
    g = f > 0 ? -sqrt(h) : sqrt(h);
    h -= f * g;
    store<f64>(row + end - 8, f - g);
  }
  memory.copy(argument<usize>(args, 0) + <usize> i * (argument<usize>(args, 1) << 3), row, end);
  // What is beside the vector of the last reflection, which ends here, is not needed any more.
  store<f64>(argument<usize>(args, 3) + end, scale * g);
  store<f64>(argument<usize>(args, 4) + end, h);
}

/**
 * Subtracts u wᵀ + w uᵀ of the last reflection from rows of a block, in the upper triangle of the leading i × i matrix,
 * and multiplies them by the vector of the next, two rows at a time: one pass over the matrix per reflection.
 */
export function reflectBlock(args: usize, i: i32, block: i32, blocks: i32): void {
  const d = argument<i32>(args, 1);
  const rowBytes = <usize> d << 3;
  const v = argument<usize>(args, 0);
  const u = v + <usize> min(i + 1, d - 1) * rowBytes, w = argument<usize>(args, 3);
  const row = argument<usize>(args, 2), next = argument<usize>(args, 6);
  const out = argument<usize>(args, 5) + <usize> block * rowBytes;
  const end = <usize> i << 3;
  const last = <usize> blockBegin(i, block + 1, blocks) << 3;
  let j = <usize> blockBegin(i, block, blocks) << 3;
  memory.fill(out + j, 0, end - j);
  for (; j + 16 <= last; j += 16) {
    const a = v + (j >> 3) * rowBytes, b = a + rowBytes;
    const ua = v128.load64_splat(u + j), ub = v128.load64_splat(u + j, 8);
    const wa = v128.load64_splat(w + j), wb = v128.load64_splat(w + j, 8);
    const f = load<f64>(row + j), g = load<f64>(row + j, 8);
    const fs = f64x2.splat(f), gs = f64x2.splat(g);
    // Below the diagonal of the second row, one number is changed that nobody reads.
    const corner = subtractTwo(a + j, ua, v128.load(w + j), wa, v128.load(u + j));
    const lower = subtractTwo(b + j, ub, v128.load(w + j), wb, v128.load(u + j));
    const beside = f64x2.extract_lane(corner, 1);
    let firsts = f64x2.splat(0), seconds = firsts;
    let k = j + 16;
    for (; k + 16 <= end; k += 16) {
      const p = v128.load(w + k), q = v128.load(u + k), r = v128.load(row + k);
      const x = subtractTwo(a + k, ua, p, wa, q), y = subtractTwo(b + k, ub, p, wb, q);
      firsts = multiplyAdd64(x, r, firsts);
      seconds = multiplyAdd64(y, r, seconds);
      v128.store(out + k, multiplyAdd64(y, gs, multiplyAdd64(x, fs, v128.load(out + k))));
    }
    let first = sumLanes64(firsts) + f64x2.extract_lane(corner, 0) * f + beside * g;
    let second = sumLanes64(seconds) + beside * f + f64x2.extract_lane(lower, 1) * g;
    if (k < end) {
      const x = subtractOne(a, u, w, j, k), y = subtractOne(b, u, w, j + 8, k);
      first += x * load<f64>(row + k);
      second += y * load<f64>(row + k);
      store<f64>(out + k, load<f64>(out + k) + (x * f + y * g));
    }
    store<f64>(out + j, load<f64>(out + j) + first);
    store<f64>(out + j, load<f64>(out + j, 8) + second, 8);
    store<f64>(next + j, load<f64>(a + end - 8));
    store<f64>(next + j, load<f64>(b + end - 8), 8);
  }
  if (j < last) {
    const x = subtractOne(v + (j >> 3) * rowBytes, u, w, j, j);
    store<f64>(out + j, load<f64>(out + j) + x * load<f64>(row + j));
    store<f64>(next + j, x);
  }
}

/** Subtracts a p + b q from two numbers in memory, and returns what is left. */
// @ts-ignore: decorator
@inline
function subtractTwo(at: usize, a: v128, p: v128, b: v128, q: v128): v128 {
  const left = multiplySubtract64(b, q, multiplySubtract64(a, p, v128.load(at)));
  v128.store(at, left);
  return left;
}

/** Subtracts what `subtractTwo` does from one number of a row; j is the place of the row, k that of the column. */
// @ts-ignore: decorator
@inline
function subtractOne(a: usize, u: usize, w: usize, j: usize, k: usize): f64 {
  const change = load<f64>(u + j) * load<f64>(w + k) + load<f64>(w + j) * load<f64>(u + k);
  const left = load<f64>(a + k) - change;
  store<f64>(a + k, left);
  return left;
}

/** Makes w of reflection i of the products, and column i − 1 without it. */
export function endRow(args: usize, i: i32): void {
  const rowBytes = argument<usize>(args, 1) << 3;
  const row = argument<usize>(args, 2), w = argument<usize>(args, 3);
  const next = argument<usize>(args, 6);
  const h = load<f64>(argument<usize>(args, 4) + (<usize> i << 3));
  const end = <usize> i << 3;
  addProducts(args, i);
  if (h !== 0) {
    let along: f64 = 0;
    for (let k: usize = 0; k < end; k += 8) {
      const value = load<f64>(w + k) / h;
      store<f64>(w + k, value);
      along += value * load<f64>(row + k);
    }
    const share = along / (h + h);
    for (let k: usize = 0; k < end; k += 8) {
      store<f64>(w + k, load<f64>(w + k) - share * load<f64>(row + k));
    }
  }
  const u = load<f64>(row + end - 8), own = load<f64>(w + end - 8);
  const diagonal = argument<usize>(args, 0) + <usize> (i - 1) * (rowBytes + 8);
  store<f64>(diagonal, load<f64>(next + end - 8) - 2 * (u * own));
  for (let k: usize = 0; k + 8 < end; k += 8) {
    const change = load<f64>(row + k) * own + load<f64>(w + k) * u;
    store<f64>(row + k, load<f64>(next + k) - change);
  }
}

/** Adds up the products of the blocks, in their order. */
export function addProducts(args: usize, i: i32): void {
  const rowBytes = argument<usize>(args, 1) << 3;
  const w = argument<usize>(args, 3), products = argument<usize>(args, 5);
  const end = <usize> i << 3;
  const blocks = blocksOf(i);
  memory.copy(w, products, end);
  for (let block = 1; block < blocks; block++) {
    const from = products + <usize> block * rowBytes;
    let k = <usize> blockBegin(i, block, blocks) << 3;
    for (; k + 16 <= end; k += 16) addTo(w + k, v128.load(from + k));
    if (k < end) store<f64>(w + k, load<f64>(w + k) + load<f64>(from + k));
  }
}

/** Number of sweeps, or of reflections, between two looks whether to go on. */
const AT_ONCE: i32 = 16;

/**
 * Turns vectors of the diagonal matrix into those of the reduced one, a group of eight per block: each turn waits for
 * the one before, so eight take as long as four. Arguments: groups (d × 8 float64 each, changed in place), one int32
 * per group: sweeps of later rows are left out, number of groups, first rows of sweeps (int32), ends of sweeps among
 * the turns (int32), number of sweeps, turns (pairs of float64), v, d, halves.
 */
export function undo(thread: i32, args: usize): void {
  const groups = argument<i32>(args, 2);
  const sweeps = argument<i32>(args, 5);
  const d = argument<i32>(args, 8);
  for (let group = nextBlock(thread); group < groups; group = nextBlock(thread)) {
    const eight = argument<usize>(args, 0) + <usize> group * (<usize> d << 6);
    const last = load<i32>(argument<usize>(args, 1) + (<usize> group << 2));
    // Sweeps first, the last of them first, then reflections.
    for (let at = blockStart(thread, group, 0); at < sweeps + d; at += AT_ONCE) {
      if (leavesBlock(thread, group, at)) return;
      const end = min(sweeps + d, at + AT_ONCE);
      for (let step = at; step < min(end, sweeps); step++) {
        undoSweep(args, eight, sweeps - 1 - step, last);
      }
      for (let step = max(at, sweeps); step < end; step++) undoReflection(args, eight, step - sweeps);
    }
  }
}

export function undoSweep(args: usize, eight: usize, s: i32, last: i32): void {
  const first = load<i32>(argument<usize>(args, 3) + (<usize> s << 2));
  if (first > last) return;
  const ends = argument<usize>(args, 4) + (<usize> s << 2);
  const turns = argument<usize>(args, 6);
  let turn = turns + (s > 0 ? <usize> load<i32>(ends - 4) << 4 : 0);
  const end = turns + (<usize> load<i32>(ends) << 4);
  let at = eight + (<usize> first << 6);
  const faded = f64x2.splat(FADED);
  // The lower row of each rotation is the upper one of the next.
  let a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
  for (; turn < end; turn += 16) {
    const cosine = v128.load64_splat(turn), sine = v128.load64_splat(turn, 8);
    a = turnTwo(at, a, cosine, sine, faded);
    b = turnTwo(at + 16, b, cosine, sine, faded);
    c = turnTwo(at + 32, c, cosine, sine, faded);
    d = turnTwo(at + 48, d, cosine, sine, faded);
    at += 64;
  }
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, d, 48);
}

/** Turns two numbers of a row and those below them; stores the upper ones, and returns the lower. */
// @ts-ignore: decorator
@inline
function turnTwo(at: usize, upper: v128, cosine: v128, sine: v128, faded: v128): v128 {
  const lower = v128.load(at, 64);
  v128.store(at, settled(multiplyAdd64(sine, lower, f64x2.mul(cosine, upper)), faded));
  return settled(multiplySubtract64(sine, upper, f64x2.mul(cosine, lower)), faded);
}

// @ts-ignore: decorator
@inline
function settled(x: v128, faded: v128): v128 {
  return f64x2.sub(f64x2.add(x, faded), faded);
}

export function undoReflection(args: usize, eight: usize, i: i32): void {
  const half = load<f64>(argument<usize>(args, 9) + (<usize> i << 3));
  if (half === 0) return;
  const begin = argument<usize>(args, 7) + <usize> i * (argument<usize>(args, 8) << 3);
  const end = begin + (<usize> i << 3);
  let a = f64x2.splat(0), b = a, c = a, d = a;
  let at = eight;
  for (let u = begin; u < end; u += 8) {
    const entry = v128.load64_splat(u);
    a = multiplyAdd64(entry, v128.load(at), a);
    b = multiplyAdd64(entry, v128.load(at, 16), b);
    c = multiplyAdd64(entry, v128.load(at, 32), c);
    d = multiplyAdd64(entry, v128.load(at, 48), d);
    at += 64;
  }
  const halves = f64x2.splat(half);
  a = f64x2.div(a, halves);
  b = f64x2.div(b, halves);
  c = f64x2.div(c, halves);
  d = f64x2.div(d, halves);
  at = eight;
  for (let u = begin; u < end; u += 8) {
    const entry = v128.load64_splat(u);
    v128.store(at, multiplySubtract64(entry, a, v128.load(at)));
    v128.store(at, multiplySubtract64(entry, b, v128.load(at, 16)), 16);
    v128.store(at, multiplySubtract64(entry, c, v128.load(at, 32)), 32);
    v128.store(at, multiplySubtract64(entry, d, v128.load(at, 48)), 48);
    at += 64;
  }
}
