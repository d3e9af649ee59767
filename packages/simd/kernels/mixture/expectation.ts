// @ts-nocheck AssemblyScript
// The E-step of a chunk of rows.
import { constant } from "../shared/constant.ts";
import { exp4 } from "../shared/exp.ts";
import { log4 } from "../shared/log.ts";
import {
  BLOCK,
  BLOCK_BYTES,
  boundsAt,
  CHUNK_BYTES,
  columnCount,
  componentCount,
  constantsAt,
  densitiesIn,
  factorBytes,
  factorsAt,
  hasTriangles,
  meansAt,
  offsetsAt,
  responsibilitiesIn,
  rowsAt,
  strideOf,
  workIn,
} from "./problem.ts";
import { keepBounds } from "./prune.ts";
import { whitenDiagonal, whitenTriangle } from "./whiten.ts";

/** Squared lengths beyond float32 end here: a difference of infinities is NaN. */
export const LARGEST = constant(3e38);
/**
 * Densities of at most e^-40 of the largest are taken as 0. Beside 1 they are below the rounding even of
 * float64, and what is left out by its bound (see prune.ts) does not change a bit of the result.
 */
const LEAST_EXPONENT = constant(-40);

const HALF = constant(0.5);
const ONE = constant(1);

/** log-densities and responsibilities of `rows` rows from `first` on; whole blocks are written. */
export function expectChunk(args: usize, scratch: usize, first: i32, rows: i32): void {
  const responsibilities = responsibilitiesIn(scratch);
  const densities = densitiesIn(scratch);
  const block = workIn(scratch, args);
  const stride = <usize> strideOf(args) << 2;
  const d = columnCount(args);
  for (let start = 0; start < rows; start += BLOCK) {
    const x = rowsAt(args) + <usize> (first + start) * stride;
    transposeRows(x, stride, min(BLOCK, rows - start), d, block);
    const at = <usize> start << 2;
    whitenBlock(args, block, responsibilities + at);
    if (boundsAt(args)) keepBounds(args, first + start, responsibilities + at);
    normalizeBlock(args, responsibilities + at, densities + at);
  }
}

/** Rows beyond the last are zeros: they are computed with and not looked at. */
export function transposeRows(x: usize, stride: usize, rows: i32, d: i32, block: usize): void {
  for (let j = 0; j < d; j++) {
    const column = block + <usize> j * BLOCK_BYTES;
    let from = x + (<usize> j << 2);
    let row = 0;
    for (; row < rows; row++, from += stride) {
      store<f32>(column + (<usize> row << 2), load<f32>(from));
    }
    for (; row < BLOCK; row++) store<f32>(column + (<usize> row << 2), 0);
  }
}

// @ts-ignore: decorator
@inline
function whitenBlock(args: usize, block: usize, out: usize): void {
  const d = columnCount(args);
  const k = componentCount(args);
  const triangles = hasTriangles(args);
  const centred = block + <usize> d * BLOCK_BYTES;
  let mean = meansAt(args);
  let factor = factorsAt(args);
  let offset = offsetsAt(args);
  for (let c = 0; c < k; c++) {
    if (triangles) whitenTriangle(block, mean, factor, offset, d, centred, out);
    else whitenDiagonal(block, mean, factor, offset, d, out);
    mean += <usize> strideOf(args) << 2;
    factor += factorBytes(args);
    offset += <usize> d << 2;
    out += CHUNK_BYTES;
  }
}

/** Turns squared lengths into responsibilities, and gives log p(x). */
export function normalizeBlock(args: usize, squares: usize, densities: usize): void {
  const constants = constantsAt(args);
  const bytes = <usize> componentCount(args) * CHUNK_BYTES;
  for (let row: usize = 0; row < BLOCK_BYTES; row += 16) {
    const begin = squares + row;
    const end = begin + bytes;
    let largest = f32x4.splat(-Infinity);
    let constant = constants;
    for (let at = begin; at < end; at += CHUNK_BYTES, constant += 4) {
      // pmin, not min: it takes the bound where the square is NaN.
      const square = f32x4.pmin(LARGEST, v128.load(at));
      const half = f32x4.mul(square, HALF);
      const joint = f32x4.sub(v128.load32_splat(constant), half);
      v128.store(at, joint);
      largest = f32x4.pmax(largest, joint);
    }
    let sum = f32x4.splat(0);
    for (let at = begin; at < end; at += CHUNK_BYTES) {
      const exponent = f32x4.sub(v128.load(at), largest);
      const counts = f32x4.gt(exponent, LEAST_EXPONENT);
      if (v128.any_true(counts)) {
        const value = v128.and(exp4(f32x4.pmax(exponent, LEAST_EXPONENT)), counts);
        v128.store(at, value);
        sum = f32x4.add(sum, value);
      } else {
        v128.store(at, f32x4.splat(0));
      }
    }
    v128.store(densities + row, f32x4.add(largest, log4(sum)));
    const scale = f32x4.div(ONE, sum);
    for (let at = begin; at < end; at += CHUNK_BYTES) {
      v128.store(at, f32x4.mul(v128.load(at), scale));
    }
  }
}
