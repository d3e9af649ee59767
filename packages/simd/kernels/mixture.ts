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
  givenAt,
  givenBytes,
  outputAt,
  responsibilitiesIn,
  rowCount,
  scalesIn,
  scratchOf,
  slotBytes,
  slotCount,
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
  const chunks = (rowCount(args) + CHUNK - 1) / CHUNK;
  for (let slot = nextBlock(thread); slot < slots; slot = nextBlock(thread)) {
    const target = outputAt(args) + <usize> slot * slotBytes(args);
    const first = chunks * slot / slots;
    const start = blockStart(thread, slot, first);
    if (start === first) memory.fill(target, 0, slotBytes(args));
    const end = chunks * (slot + 1) / slots;
    for (let chunk = start; chunk < end; chunk++) {
      if (chunk > start && leavesBlock(thread, slot, chunk)) return;
      stepChunk(args, scratch, chunk * CHUNK, target);
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

export function stepChunk(args: usize, scratch: usize, first: i32, target: usize): void {
  const rows = min(CHUNK, rowCount(args) - first);
  if (givenAt(args)) readRows(args, scratch, first, rows);
  else expectRows(args, scratch, first, rows, target + slotBytes(args) - 8);
  if (hasFewColumns(args)) addFew(args, scratch, rows, target);
  else addMoments(args, scratch, first, rows, target);
}

/** The E-step; adds to the log-likelihood. */
export function expectRows(args: usize, scratch: usize, first: i32, rows: i32, sum: usize): void {
  expectChunk(args, scratch, first, rows);
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
  for (let first = nextBlock(thread) * CHUNK; first < n; first = nextBlock(thread) * CHUNK) {
    const rows = min(CHUNK, n - first);
    expectChunk(args, scratch, first, rows);
    memory.copy(outputAt(args) + (<usize> first << 3), densitiesIn(scratch), <usize> rows << 3);
  }
}

/** Responsibilities row by row, a chunk per block. */
export function responsibilities(thread: i32, args: usize): void {
  const scratch = scratchOf(thread, args);
  const n = rowCount(args);
  const k = componentCount(args);
  for (let first = nextBlock(thread) * CHUNK; first < n; first = nextBlock(thread) * CHUNK) {
    const rows = min(CHUNK, n - first);
    expectChunk(args, scratch, first, rows);
    writeRows(scratch, rows, k, outputAt(args) + (<usize> first * k << 3));
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
