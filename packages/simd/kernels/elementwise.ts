// @ts-nocheck AssemblyScript
// Element-wise operations over a [rows, columns] result. Each operation gets a loop of its own:
// `op` is a constant wherever it is tested, so the tests cost nothing.
import { exp4 } from "./shared/exp.ts";
import { argument, nextBlock } from "./shared/job.ts";
import { log4 } from "./shared/log.ts";
import { tanh4 } from "./shared/tanh.ts";
import { sigmoid4 } from "./shared/activation.ts";

/** Number of elements in a block. */
const BLOCK: i32 = 16384;

const ADD: i32 = 0, SUBTRACT: i32 = 1, MULTIPLY: i32 = 2, DIVIDE: i32 = 3;
const MAXIMUM: i32 = 4, MINIMUM: i32 = 5, SQUARED_DIFFERENCE: i32 = 6;

const RELU: i32 = 0, RELU6: i32 = 1, SIGMOID: i32 = 2, EXP: i32 = 3, NEGATE: i32 = 4;
const ABSOLUTE: i32 = 5, SQUARE: i32 = 6, SQUARE_ROOT: i32 = 7, RECIPROCAL_ROOT: i32 = 8;
const RECIPROCAL: i32 = 9, STEP: i32 = 10, LEAKY_RELU: i32 = 11, CLIP: i32 = 12, LOG: i32 = 13;
const TANH: i32 = 14;

/**
 * Computes out = a op b. Arguments: op, a, b, out, rows, columns, then the strides in bytes of a by
 * row and column, and those of b. A column stride is 4, or 0 if one value serves the whole row.
 */
export function binary(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 4);
  const columns = argument<i32>(args, 5);
  const size = rows * columns;
  for (let start = nextBlock(thread) * BLOCK; start < size; start = nextBlock(thread) * BLOCK) {
    const end = min(start + BLOCK, size);
    binaryBlock(args, start, end, columns);
  }
}

/** Computes the elements from `start` to `end`, row by row. */
export function binaryBlock(args: usize, start: i32, end: i32, columns: i32): void {
  const op = argument<i32>(args, 0);
  const rowA = argument<usize>(args, 6);
  const columnA = argument<usize>(args, 7);
  const rowB = argument<usize>(args, 8);
  const columnB = argument<usize>(args, 9);
  while (start < end) {
    const row = start / columns;
    const column = start - row * columns;
    const length = min(columns - column, end - start);
    const a = argument<usize>(args, 1) + row * rowA + column * columnA;
    const b = argument<usize>(args, 2) + row * rowB + column * columnB;
    const out = argument<usize>(args, 3) + (<usize> start << 2);
    if (op === ADD) binaryRun(ADD, a, columnA, b, columnB, out, length);
    else if (op === SUBTRACT) binaryRun(SUBTRACT, a, columnA, b, columnB, out, length);
    else if (op === MULTIPLY) binaryRun(MULTIPLY, a, columnA, b, columnB, out, length);
    else if (op === DIVIDE) binaryRun(DIVIDE, a, columnA, b, columnB, out, length);
    else if (op === MAXIMUM) binaryRun(MAXIMUM, a, columnA, b, columnB, out, length);
    else if (op === MINIMUM) binaryRun(MINIMUM, a, columnA, b, columnB, out, length);
    else binaryRun(SQUARED_DIFFERENCE, a, columnA, b, columnB, out, length);
    start += length;
  }
}

// @ts-ignore: decorator
@inline
function binaryRun(
  op: i32,
  a: usize,
  columnA: usize,
  b: usize,
  columnB: usize,
  out: usize,
  length: i32,
): void {
  const stop = out + (<usize> length << 2);
  if (columnA && columnB) {
    for (; out + 16 <= stop; a += 16, b += 16, out += 16) {
      v128.store(out, combine(op, v128.load(a), v128.load(b)));
    }
  } else if (columnA) {
    const same = v128.load32_splat(b);
    for (; out + 16 <= stop; a += 16, out += 16) {
      v128.store(out, combine(op, v128.load(a), same));
    }
  } else {
    const same = v128.load32_splat(a);
    for (; out + 16 <= stop; b += columnB << 2, out += 16) {
      v128.store(out, combine(op, same, columnB ? v128.load(b) : v128.load32_splat(b)));
    }
  }
  for (; out < stop; a += columnA, b += columnB, out += 4) {
    const value = combine(op, v128.load32_splat(a), v128.load32_splat(b));
    store<f32>(out, f32x4.extract_lane(value, 0));
  }
}

// @ts-ignore: decorator
@inline
function combine(op: i32, a: v128, b: v128): v128 {
  if (op === ADD) return f32x4.add(a, b);
  if (op === SUBTRACT) return f32x4.sub(a, b);
  if (op === MULTIPLY) return f32x4.mul(a, b);
  if (op === DIVIDE) return f32x4.div(a, b);
  if (op === MAXIMUM) return f32x4.max(a, b);
  if (op === MINIMUM) return f32x4.min(a, b);
  const difference = f32x4.sub(a, b);
  return f32x4.mul(difference, difference);
}

/** Computes out = op(x). Arguments: op, x, out, size, two parameters of the operation. */
export function unary(thread: i32, args: usize): void {
  const size = argument<i32>(args, 3);
  for (let start = nextBlock(thread) * BLOCK; start < size; start = nextBlock(thread) * BLOCK) {
    unaryBlock(args, start, min(start + BLOCK, size));
  }
}

/** Computes the elements from `start` to `end`. */
export function unaryBlock(args: usize, start: i32, end: i32): void {
  const op = argument<i32>(args, 0);
  const x = argument<usize>(args, 1) + (<usize> start << 2);
  const out = argument<usize>(args, 2) + (<usize> start << 2);
  const p = f32x4.splat(argument<f32>(args, 4));
  const q = f32x4.splat(argument<f32>(args, 5));
  const length = end - start;
  if (op === RELU) unaryRun(RELU, x, out, length, p, q);
  else if (op === RELU6) unaryRun(RELU6, x, out, length, p, q);
  else if (op === SIGMOID) unaryRun(SIGMOID, x, out, length, p, q);
  else if (op === EXP) unaryRun(EXP, x, out, length, p, q);
  else if (op === NEGATE) unaryRun(NEGATE, x, out, length, p, q);
  else if (op === ABSOLUTE) unaryRun(ABSOLUTE, x, out, length, p, q);
  else if (op === SQUARE) unaryRun(SQUARE, x, out, length, p, q);
  else if (op === SQUARE_ROOT) unaryRun(SQUARE_ROOT, x, out, length, p, q);
  else if (op === RECIPROCAL_ROOT) unaryRun(RECIPROCAL_ROOT, x, out, length, p, q);
  else if (op === RECIPROCAL) unaryRun(RECIPROCAL, x, out, length, p, q);
  else if (op === STEP) unaryRun(STEP, x, out, length, p, q);
  else if (op === LEAKY_RELU) unaryRun(LEAKY_RELU, x, out, length, p, q);
  else if (op === CLIP) unaryRun(CLIP, x, out, length, p, q);
  else if (op === LOG) unaryRun(LOG, x, out, length, p, q);
  else unaryRun(TANH, x, out, length, p, q);
}

// @ts-ignore: decorator
@inline
function unaryRun(op: i32, x: usize, out: usize, length: i32, p: v128, q: v128): void {
  const stop = out + (<usize> length << 2);
  // Four at a time share the constants of a polynomial, which V8 builds anew in every iteration.
  for (; out + 64 <= stop; x += 64, out += 64) {
    v128.store(out, transform(op, v128.load(x), p, q));
    v128.store(out, transform(op, v128.load(x, 16), p, q), 16);
    v128.store(out, transform(op, v128.load(x, 32), p, q), 32);
    v128.store(out, transform(op, v128.load(x, 48), p, q), 48);
  }
  for (; out + 16 <= stop; x += 16, out += 16) {
    v128.store(out, transform(op, v128.load(x), p, q));
  }
  for (; out < stop; x += 4, out += 4) {
    store<f32>(out, f32x4.extract_lane(transform(op, v128.load32_splat(x), p, q), 0));
  }
}

// @ts-ignore: decorator
@inline
function transform(op: i32, x: v128, p: v128, q: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (op === RELU) return f32x4.pmax(x, zero);
  if (op === RELU6) return f32x4.pmin(f32x4.pmax(x, zero), f32x4.splat(6));
  if (op === SIGMOID) return sigmoid4(x);
  if (op === EXP) return exp4(x);
  if (op === NEGATE) return f32x4.neg(x);
  if (op === ABSOLUTE) return f32x4.abs(x);
  if (op === SQUARE) return f32x4.mul(x, x);
  if (op === SQUARE_ROOT) return f32x4.sqrt(x);
  if (op === RECIPROCAL_ROOT) return f32x4.div(one, f32x4.sqrt(x));
  if (op === RECIPROCAL) return f32x4.div(one, x);
  if (op === STEP) {
    // NaN stays NaN: it is the only value that differs from itself.
    const positive = v128.bitselect(one, p, f32x4.gt(x, zero));
    return v128.bitselect(positive, x, f32x4.eq(x, x));
  }
  if (op === LEAKY_RELU) return v128.bitselect(f32x4.mul(x, p), x, f32x4.lt(x, zero));
  if (op === CLIP) return f32x4.pmin(f32x4.pmax(x, p), q);
  if (op === LOG) return log4(x);
  return tanh4(x);
}
