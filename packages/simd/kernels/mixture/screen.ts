// @ts-nocheck AssemblyScript
// Leaves out of the E-step with diagonals what float32 shows not to matter.
//
// The whitened length |y| of a row under a component is computed in float32, at half the cost of float64, as l. It
// lies between (l - move) / (1 + e) and (l + move) / (1 - e), where move is the rounding of the mean in standard
// deviations and e the rounding of the rest. The largest lower bound of a density tells what the others have to
// reach; a component whose upper bound lies below e^least of that counts as 0 in any case, see prune.ts.
import { multiplyAdd } from "../shared/vector.ts";
import {
  BOUNDS_BYTES,
  columnCount,
  componentCount,
  constantsAt,
  leastExponent,
  listIn,
  roundingsAt,
  rowBytes,
  rowsAt,
  screenedIn,
  screensAt,
  thresholdsIn,
} from "./problem.ts";
import { listNear, MARGIN, ROOM } from "./prune.ts";

/** Rows of a chunk that tell if it is worth while to look at all of them. */
export const SAMPLE: i32 = 64;
/** A length whose square float32 still holds. */
const FARTHEST: f32 = 1e19;

/** Returns true if less than half of the components of a few rows would be left. */
export function leavesMostOut(args: usize, scratch: usize, first: i32, rows: i32): bool {
  const k = componentCount(args);
  const sample = min(SAMPLE, rows);
  const thresholds = thresholdsIn(scratch);
  let lengths = screenedIn(scratch, args);
  screenRows(args, scratch, first, sample, lengths);
  let near = 0;
  for (let c = 0; c < k; c++, lengths += BOUNDS_BYTES) {
    near += listNear(args, c, roundingsAt(args), thresholds, lengths, sample, listIn(scratch));
  }
  return 2 * near < k * sample;
}

/** Writes lengths in float32, and for each row the log-density that a component must reach to be computed. */
export function screenRows(
  args: usize,
  scratch: usize,
  first: i32,
  rows: i32,
  lengths: usize,
): void {
  const bytes = rowBytes(args);
  const last = rows - 1;
  const x = rowsAt(args) + <usize> first * bytes;
  let thresholds = thresholdsIn(scratch);
  for (let row = 0; row < rows; row += 4, lengths += 16, thresholds += 16) {
    const r0 = x + <usize> row * bytes;
    const r1 = x + <usize> min(last, row + 1) * bytes;
    const r2 = x + <usize> min(last, row + 2) * bytes;
    const r3 = x + <usize> min(last, row + 3) * bytes;
    screenFour(args, r0, r1, r2, r3, lengths, thresholds);
  }
}

/** Four rows with every component. */
export function screenFour(
  args: usize,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  lengths: usize,
  thresholds: usize,
): void {
  const groups = (columnCount(args) + 3) >> 2;
  const k = componentCount(args);
  const bytes = <usize> groups << 5;
  let packed = screensAt(args);
  let best = f32x4.splat(-Infinity);
  let c = 0;
  for (; c + 2 <= k; c += 2, packed += 2 * bytes, lengths += 2 * BOUNDS_BYTES) {
    screenPair(r0, r1, r2, r3, packed, bytes, bytes, lengths);
    best = f32x4.pmax(best, leastDensity(args, c, lengths));
    best = f32x4.pmax(best, leastDensity(args, c + 1, lengths + BOUNDS_BYTES));
  }
  if (c < k) {
    // One left over is its own second.
    screenPair(r0, r1, r2, r3, packed, bytes, 0, lengths);
    best = f32x4.pmax(best, leastDensity(args, c, lengths));
  }
  const margin = f32x4.splat(MARGIN - <f32> leastExponent(args));
  const room = f32x4.mul(f32x4.splat(ROOM), f32x4.abs(best));
  v128.store(thresholds, f32x4.sub(f32x4.sub(best, margin), room));
}

/** Writes lengths of four rows under two components, whose numbers, `bytes` for each, lie `apart`; 0 for one alone. */
export function screenPair(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  packed: usize,
  bytes: usize,
  apart: usize,
  out: usize,
): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  let other = packed + apart;
  const end = packed + bytes;
  for (let at: usize = 0; packed < end; packed += 32, other += 32, at += 16) {
    const m = v128.load(packed), w = v128.load(packed, 16);
    const n = v128.load(other), v = v128.load(other, 16);
    let x = v128.load(r0 + at);
    s0 = addSquare(w, m, x, s0);
    t0 = addSquare(v, n, x, t0);
    x = v128.load(r1 + at);
    s1 = addSquare(w, m, x, s1);
    t1 = addSquare(v, n, x, t1);
    x = v128.load(r2 + at);
    s2 = addSquare(w, m, x, s2);
    t2 = addSquare(v, n, x, t2);
    x = v128.load(r3 + at);
    s3 = addSquare(w, m, x, s3);
    t3 = addSquare(v, n, x, t3);
  }
  v128.store(out, lengthsOf(addLanes(s0, s1, s2, s3)));
  v128.store(apart ? out + BOUNDS_BYTES : out, lengthsOf(addLanes(t0, t1, t2, t3)));
}

/** An infinite length would stay so, however near a component comes later; one that is not a number stays that. */
// @ts-ignore: decorator
@inline
function lengthsOf(squares: v128): v128 {
  return f32x4.min(f32x4.sqrt(squares), f32x4.splat(FARTHEST));
}

/** sum + (w (x - mean))². */
// @ts-ignore: decorator
@inline
function addSquare(w: v128, mean: v128, x: v128, sum: v128): v128 {
  const y = f32x4.mul(w, f32x4.sub(x, mean));
  return multiplyAdd(y, y, sum);
}

/** The sums of the lanes of each. */
// @ts-ignore: decorator
@inline
function addLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    v128.shuffle<f32>(a, b, 0, 4, 2, 6),
    v128.shuffle<f32>(a, b, 1, 5, 3, 7),
  );
  const cd = f32x4.add(
    v128.shuffle<f32>(c, d, 0, 4, 2, 6),
    v128.shuffle<f32>(c, d, 1, 5, 3, 7),
  );
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** The log-density that four rows have at least under a component. */
// @ts-ignore: decorator
@inline
function leastDensity(args: usize, component: i32, lengths: usize): v128 {
  const c = <usize> component << 2;
  const k = <usize> componentCount(args) << 2;
  const move = v128.load32_splat(roundingsAt(args) + c);
  const grow = v128.load32_splat(roundingsAt(args) + 2 * k + c);
  const length = f32x4.mul(f32x4.add(v128.load(lengths), move), grow);
  const constant = f32x4.splat(<f32> load<f64>(constantsAt(args) + 2 * c));
  return f32x4.sub(constant, f32x4.mul(f32x4.splat(0.5), f32x4.mul(length, length)));
}
