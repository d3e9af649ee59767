// @ts-nocheck AssemblyScript
// Expectation-maximisation of Gaussian mixtures, in float64. The rows come in chunks: their responsibilities
// are computed with rows as lanes, then the rows that matter to a component are gathered and their moments
// taken. Nothing of size rows × components × columns is ever stored.
import { blockStart, leavesBlock, nextBlock } from "./shared/job.ts";
import { loadOne } from "./shared/load.ts";
import { addTo } from "./shared/vector.ts";
import { changeOfBasis, solveRow } from "./mixture/change_of_basis.ts";
import {
  countNear,
  keepBounds,
  whitenAll,
  whitenDiagonals,
  whitenListedNarrow,
  whitenListedWide,
  whitenNear,
} from "./mixture/diagonals.ts";
import {
  expectChunk,
  normalize,
  whitenNarrow,
  whitenTriangles,
  whitenWide,
} from "./mixture/expectation.ts";
import {
  addFew,
  addOne,
  addThree,
  addTwo,
  hasFewColumns,
  spreadFew,
  whitenFew,
  whitenOne,
  whitenThree,
  whitenTwo,
} from "./mixture/few_columns.ts";
import {
  addMoments,
  addProducts,
  addTile,
  gatherNarrow,
  gatherWide,
  listRows,
} from "./mixture/moments.ts";
import {
  CHUNK,
  CHUNK_BYTES,
  componentCount,
  densitiesIn,
  expectationUnits,
  givenAt,
  givenBytes,
  outputAt,
  responsibilitiesIn,
  rowCount,
  scalesIn,
  scratchOf,
  slotBytes,
  slotCount,
  unitsOf,
} from "./mixture/problem.ts";
import { addSquaresNarrow, addSquaresWide } from "./mixture/squares.ts";
import { findBest, leaveOut, listAll, listNear, writeThresholds } from "./mixture/prune.ts";
import { leavesMostOut, screenFour, screenPair, screenRows } from "./mixture/screen.ts";
import { whitenTile } from "./mixture/whiten.ts";

/** Bytes of every slot that are added up at a time. */
const ADDED: usize = 16384;

// A function that is not exported may be inlined, and what runs in one long call is never optimised.
export { addFew, addOne, addThree, addTwo, spreadFew };
export { addMoments, addProducts, addTile, gatherNarrow, gatherWide, listRows };
export { addSquaresNarrow, addSquaresWide };
export { changeOfBasis, solveRow };
export { countNear, keepBounds, whitenAll, whitenDiagonals, whitenListedNarrow };
export { expectChunk, leaveOut, listAll, normalize, whitenListedWide, whitenNear, whitenTriangles };
export { leavesMostOut, screenFour, screenPair, screenRows };
export { whitenFew, whitenOne, whitenThree, whitenTwo };
export { findBest, listNear, whitenNarrow, whitenTile, whitenWide, writeThresholds };

/** Moments; the chunks are shared out to slots, a slot per block. A slot ends with its log-likelihood. */
export function step(thread: i32, args: usize): void {
  const scratch = scratchOf(thread, args);
  const slots = slotCount(args);
  const units = unitsOf(args);
  const chunks = (rowCount(args) + CHUNK - 1) / CHUNK;
  for (let slot = nextBlock(thread); slot < slots; slot = nextBlock(thread)) {
    const target = outputAt(args) + <usize> slot * slotBytes(args);
    const first = chunks * slot / slots * units;
    const start = blockStart(thread, slot, first);
    if (start === first) memory.fill(target, 0, slotBytes(args));
    const end = chunks * (slot + 1) / slots;
    let unit = start % units;
    for (let chunk = start / units; chunk < end; chunk++) {
      const at = chunk * units;
      if (at > start && leavesBlock(thread, slot, at)) return;
      if (!stepChunk(thread, slot, at, unit, args, scratch, chunk * CHUNK, target)) return;
      unit = 0;
    }
  }
}

/** Adds the slots to the first, in their order; a part of all slots per block. */
export function addSlots(thread: i32, args: usize): void {
  const bytes = slotBytes(args);
  for (let at = <usize> nextBlock(thread) * ADDED; at < bytes; at = <usize> nextBlock(thread) * ADDED) {
    const end = outputAt(args) + min(at + ADDED, bytes);
    for (let slot = 1; slot < slotCount(args); slot++) {
      addSlot(outputAt(args) + at, end, <usize> slot * bytes);
    }
  }
}

/** Adds to numbers those that lie so many bytes behind; a slot's length is a multiple of two numbers. */
export function addSlot(at: usize, end: usize, behind: usize): void {
  for (; at < end; at += 16) addTo(at, v128.load(at + behind));
}

/** A chunk from a unit of its work on; false if the thread left, to come back at `at` plus the number of a unit. */
export function stepChunk(
  thread: i32,
  slot: i32,
  at: i32,
  unit: i32,
  args: usize,
  scratch: usize,
  first: i32,
  target: usize,
): bool {
  const rows = min(CHUNK, rowCount(args) - first);
  const before = expectationUnits(args);
  if (unit < before) {
    if (givenAt(args)) readRows(args, scratch, first, rows);
    else {
      if (!expectChunk(thread, slot, at, unit, args, scratch, first, rows)) return false;
      addDensities(scratch, rows, target + slotBytes(args) - 8);
    }
  }
  if (!hasFewColumns(args)) {
    const from = max(0, unit - before);
    return addMoments(thread, slot, at + before, from, args, scratch, first, rows, target);
  }
  addFew(args, scratch, rows, target);
  return true;
}

/** Adds to the log-likelihood. */
export function addDensities(scratch: usize, rows: i32, sum: usize): void {
  let total = load<f64>(sum);
  const densities = densitiesIn(scratch);
  for (let i = 0; i < rows; i++) total += load<f64>(densities + (<usize> i << 3));
  store<f64>(sum, total);
}

/** Given responsibilities, component by component. */
export function readRows(args: usize, scratch: usize, first: i32, rows: i32): void {
  if (hasFewColumns(args)) spreadFew(args, scratch, first, rows);
  const scales = scalesIn(scratch);
  // One more, as rows are read in pairs.
  for (let i = 0; i <= rows; i++) store<f64>(scales + (<usize> i << 3), 1);
  const bytes = givenBytes(args);
  if (bytes === 8) readGiven<f64>(args, scratch, first, rows);
  else if (bytes === 4) readGiven<f32>(args, scratch, first, rows);
  else readGiven<u8>(args, scratch, first, rows);
}

export function readGiven<T>(args: usize, scratch: usize, first: i32, rows: i32): void {
  const k = componentCount(args);
  let out = responsibilitiesIn(scratch);
  let from = givenAt(args) + <usize> first * k * sizeof<T>();
  for (let i = 0; i < rows; i++, out += 8) {
    for (let c = 0; c < k; c++, from += sizeof<T>()) {
      store<f64>(out + <usize> c * CHUNK_BYTES, loadOne<T>(from));
    }
  }
}

/** log-densities, a chunk per block. */
export function logDensities(thread: i32, args: usize): void {
  const scratch = scratchOf(thread, args);
  const n = rowCount(args);
  for (let chunk = nextBlock(thread); chunk * CHUNK < n; chunk = nextBlock(thread)) {
    const first = chunk * CHUNK;
    const rows = min(CHUNK, n - first);
    const unit = blockStart(thread, chunk, 0);
    if (!expectChunk(thread, chunk, 0, unit, args, scratch, first, rows)) return;
    memory.copy(outputAt(args) + (<usize> first << 3), densitiesIn(scratch), <usize> rows << 3);
  }
}

/** Responsibilities row by row, a chunk per block. */
export function responsibilities(thread: i32, args: usize): void {
  const scratch = scratchOf(thread, args);
  const n = rowCount(args);
  const k = componentCount(args);
  for (let chunk = nextBlock(thread); chunk * CHUNK < n; chunk = nextBlock(thread)) {
    const first = chunk * CHUNK;
    const rows = min(CHUNK, n - first);
    const unit = blockStart(thread, chunk, 0);
    if (!expectChunk(thread, chunk, 0, unit, args, scratch, first, rows)) return;
    writeRows(scratch, rows, k, outputAt(args) + (<usize> first * k << 3));
  }
}

/**
 * The first of the most probable components of each row, as float64, −1 where its density is below float64; a chunk
 * per block.
 */
export function mostProbable(thread: i32, args: usize): void {
  const scratch = scratchOf(thread, args);
  const n = rowCount(args);
  const k = componentCount(args);
  for (let chunk = nextBlock(thread); chunk * CHUNK < n; chunk = nextBlock(thread)) {
    const first = chunk * CHUNK;
    const rows = min(CHUNK, n - first);
    const unit = blockStart(thread, chunk, 0);
    if (!expectChunk(thread, chunk, 0, unit, args, scratch, first, rows)) return;
    writeLabels(scratch, rows, k, outputAt(args) + (<usize> first << 3));
  }
}

export function writeLabels(scratch: usize, rows: i32, k: i32, out: usize): void {
  const end = responsibilitiesIn(scratch) + <usize> k * CHUNK_BYTES;
  for (let row: usize = 0; row < <usize> rows << 3; row += 16) {
    const scale = v128.load(scalesIn(scratch) + row);
    let from = responsibilitiesIn(scratch) + row;
    let most = f64x2.mul(scale, v128.load(from));
    let label = f64x2.splat(0);
    let c = label;
    for (from += CHUNK_BYTES; from < end; from += CHUNK_BYTES) {
      c = f64x2.add(c, f64x2.splat(1));
      const value = f64x2.mul(scale, v128.load(from));
      label = v128.bitselect(c, label, f64x2.gt(value, most));
      most = f64x2.pmax(most, value);
    }
    label = v128.bitselect(label, f64x2.splat(-1), f64x2.eq(most, most));
    if (row + 8 < <usize> rows << 3) v128.store(out + row, label);
    else store<f64>(out + row, f64x2.extract_lane(label, 0));
  }
}

export function writeRows(scratch: usize, rows: i32, k: i32, out: usize): void {
  for (let i = 0; i < rows; i++) {
    const scale = load<f64>(scalesIn(scratch) + (<usize> i << 3));
    let from = responsibilitiesIn(scratch) + (<usize> i << 3);
    for (let c = 0; c < k; c++, out += 8, from += CHUNK_BYTES) {
      store<f64>(out, scale * load<f64>(from));
    }
  }
}
