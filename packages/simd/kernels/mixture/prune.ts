// @ts-nocheck AssemblyScript
// The E-step of a chunk of rows that leaves out what cannot matter, by bounds from the pass before.
//
// A row's whitened length |y| under a component becomes |y'| when the component moves. As
// y = A y' + W (mean' - mean) with A = W W'^-1, and |A y'| lies between (1 - e) |y'| and (1 + e) |y'| for
// e = |A - 1|, the length is at least (|y| - move) / (1 + e) and at most (|y| + move) / (1 - e). The upper
// bound for the row's best component says what its largest density is at least; a component whose
// density is at most e^-40 of that counts as 0 in any case, so it need not be computed. Bounds are kept
// for every row and component, and are exact again where the length was computed.
import {
  bestAt,
  BLOCK,
  BLOCK_BYTES,
  boundsAt,
  CHUNK,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  constantsAt,
  densitiesIn,
  factorBytes,
  factorsAt,
  listIn,
  meansAt,
  movesAt,
  offsetsAt,
  responsibilitiesIn,
  rowsAt,
  strideOf,
  workIn,
} from "./problem.ts";
import { LARGEST, normalizeBlock } from "./expectation.ts";
import { TILE_BYTES, whitenTile } from "./whiten.ts";

/**
 * A component is left out when its bound lies e^-44 below, not e^-40, and one part in a thousand more:
 * room for the rounding of float32 in the lengths that the bounds come from.
 */
const MARGIN: f32 = 44;
const ROOM: f32 = 0.001;

/** As expectChunk, with bounds. */
export function expectNear(args: usize, scratch: usize, first: i32, rows: i32): void {
  const k = componentCount(args);
  const squares = responsibilitiesIn(scratch);
  const thresholds = densitiesIn(scratch);
  const list = listIn(scratch);
  const stride = <usize> strideOf(args) << 2;
  const x = rowsAt(args) + <usize> first * stride;
  writeThresholds(args, first, rows, thresholds);
  let bounds = boundsOf(args, first);
  let mean = meansAt(args);
  let factor = factorsAt(args);
  let offset = offsetsAt(args);
  let out = squares;
  for (let c = 0; c < k; c++) {
    const count = listNear(args, c, thresholds, bounds, rows, list);
    memory.fill(out, 0x7f, CHUNK_BYTES);
    whitenListed(args, x, mean, factor, offset, list, count, workIn(scratch, args), out, bounds);
    bounds += CHUNK_BYTES;
    out += CHUNK_BYTES;
    mean += stride;
    factor += factorBytes(args);
    offset += <usize> columnCount(args) << 2;
  }
  for (let start = 0; start < rows; start += BLOCK) {
    const at = <usize> start << 2;
    findBest(args, first + start, squares + at);
    normalizeBlock(args, squares + at, densitiesIn(scratch) + at);
  }
}

// @ts-ignore: decorator
@inline
function boundsOf(args: usize, first: i32): usize {
  return boundsAt(args) + <usize> (first / CHUNK * componentCount(args)) * CHUNK_BYTES;
}

/** For each row the log-density that a component must reach to be computed. */
export function writeThresholds(args: usize, first: i32, rows: i32, out: usize): void {
  const constants = constantsAt(args);
  const moves = movesAt(args);
  const k = <usize> componentCount(args) << 2;
  let best = bestAt(args) + (<usize> first << 3);
  for (let i = 0; i < rows; i++, best += 8, out += 4) {
    const c = <usize> load<i32>(best) << 2;
    const length = (load<f32>(best, 4) + load<f32>(moves + c)) * load<f32>(moves + 2 * k + c);
    const density = load<f32>(constants + c) - 0.5 * length * length;
    store<f32>(out, density - MARGIN - ROOM * abs<f32>(density));
  }
}

/** Moves the bounds of a component, and writes the indices of the rows that it may matter to. */
export function listNear(
  args: usize,
  component: i32,
  thresholds: usize,
  bounds: usize,
  rows: i32,
  list: usize,
): i32 {
  const begin = list;
  const c = <usize> component << 2;
  const k = <usize> componentCount(args) << 2;
  const move = v128.load32_splat(movesAt(args) + c);
  const shrink = v128.load32_splat(movesAt(args) + k + c);
  const constant = v128.load32_splat(constantsAt(args) + c);
  const half = f32x4.splat(0.5 * (1 - ROOM));
  for (let row = 0; row < rows; row += 4) {
    const at = <usize> row << 2;
    const moved = f32x4.sub(v128.load(bounds + at), move);
    const bound = f32x4.mul(f32x4.pmax(moved, f32x4.splat(0)), shrink);
    v128.store(bounds + at, bound);
    const density = f32x4.sub(constant, f32x4.mul(half, f32x4.mul(bound, bound)));
    // Not "≥": a threshold that is NaN or a density that is NaN leaves nothing out.
    const near = v128.not(f32x4.lt(density, v128.load(thresholds + at)));
    let mask = i32x4.bitmask(near);
    while (mask) {
      const i = row + ctz<i32>(mask);
      mask &= mask - 1;
      if (i >= rows) break;
      store<i32>(list, i);
      list += 4;
    }
  }
  return <i32> ((list - begin) >> 2);
}

/** Squared lengths of the listed rows, eight at a time, and their square roots as new bounds. */
export function whitenListed(
  args: usize,
  x: usize,
  mean: usize,
  factor: usize,
  offset: usize,
  list: usize,
  count: i32,
  centred: usize,
  out: usize,
  bounds: usize,
): void {
  const d = columnCount(args);
  const bytes = <usize> strideOf(args) << 2;
  const result = centred + TILE_BYTES * strideOf(args);
  for (let start = 0; start < count; start += 8, list += 32) {
    // The list has room for eight more: a last tile that is not full repeats its first row.
    for (let i = count - start; i < 8; i++) store<i32>(list + (<usize> i << 2), load<i32>(list));
    gatherTile(x, mean, bytes, list, centred);
    gatherTile(x, mean, bytes, list + 16, centred + 16);
    whitenTile(centred, factor, offset, d, result);
    for (let i: usize = 0; i < 32; i += 4) {
      const at = <usize> load<i32>(list + i) << 2;
      const square = load<f32>(result + i);
      store<f32>(out + at, square);
      store<f32>(bounds + at, sqrt<f32>(square));
    }
  }
}

/** Four listed rows less the mean, transposed, with the columns 32 bytes apart. */
export function gatherTile(x: usize, mean: usize, bytes: usize, list: usize, out: usize): void {
  let r0 = x + <usize> load<i32>(list) * bytes;
  let r1 = x + <usize> load<i32>(list, 4) * bytes;
  let r2 = x + <usize> load<i32>(list, 8) * bytes;
  let r3 = x + <usize> load<i32>(list, 12) * bytes;
  const end = mean + bytes;
  for (; mean < end; mean += 16, r0 += 16, r1 += 16, r2 += 16, r3 += 16, out += 128) {
    const m = v128.load(mean);
    const a = f32x4.sub(v128.load(r0), m);
    const b = f32x4.sub(v128.load(r1), m);
    const c = f32x4.sub(v128.load(r2), m);
    const d = f32x4.sub(v128.load(r3), m);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(ab, cd, 0, 2));
    v128.store(out, v128.shuffle<f64>(ab, cd, 1, 3), 32);
    v128.store(out, v128.shuffle<f64>(ab2, cd2, 0, 2), 64);
    v128.store(out, v128.shuffle<f64>(ab2, cd2, 1, 3), 96);
  }
}

/** Remembers the component with the largest density for each row of a block, and its length. */
export function findBest(args: usize, first: i32, squares: usize): void {
  const constants = constantsAt(args);
  const k = componentCount(args);
  const out = bestAt(args) + (<usize> first << 3);
  const half = f32x4.splat(0.5);
  for (let row: usize = 0; row < BLOCK_BYTES; row += 16) {
    let largest = f32x4.splat(-Infinity);
    let best = i32x4.splat(0);
    let length = f32x4.splat(0);
    let at = squares + row;
    for (let c = 0; c < k; c++, at += CHUNK_BYTES) {
      const square = f32x4.pmin(LARGEST, v128.load(at));
      const constant = v128.load32_splat(constants + (<usize> c << 2));
      const density = f32x4.sub(constant, f32x4.mul(half, square));
      const better = f32x4.gt(density, largest);
      largest = v128.bitselect(density, largest, better);
      length = v128.bitselect(square, length, better);
      best = v128.bitselect(i32x4.splat(c), best, better);
    }
    length = f32x4.sqrt(length);
    v128.store(out + 2 * row, v128.shuffle<i32>(best, length, 0, 4, 1, 5));
    v128.store(out + 2 * row, v128.shuffle<i32>(best, length, 2, 6, 3, 7), 16);
  }
}

/** Starts bounds from a block whose lengths were all computed. */
export function keepBounds(args: usize, first: i32, squares: usize): void {
  const k = componentCount(args);
  let bounds = boundsOf(args, first) + (<usize> (first % CHUNK) << 2);
  let from = squares;
  for (let c = 0; c < k; c++, bounds += CHUNK_BYTES, from += CHUNK_BYTES) {
    for (let at: usize = 0; at < BLOCK_BYTES; at += 16) {
      v128.store(bounds + at, f32x4.sqrt(v128.load(from + at)));
    }
  }
  findBest(args, first, squares);
}
