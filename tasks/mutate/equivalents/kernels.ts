import type { Equivalent } from "../find_equivalent.ts";
import { readGroups } from "./kernel_groups.ts";

/** Mutants of most kernels of the `simd` backend that behave like the original: most only take longer. */
export const inKernels: readonly Equivalent[] = readGroups([
  {
    file: "elementwise.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; out + 16 <= stop; a += 16, b += 16, out += 16) {
  out + 16 <= stop → false → out + 16 < stop
for (; out + 16 <= stop; a += 16, out += 16) {
  out + 16 <= stop → false → out + 16 < stop
for (; out + 16 <= stop; b += columnB << 2, out += 16) {
  out + 16 <= stop → false → out + 16 < stop
for (; out + 16 <= stop; x += 16, out += 16) {
  out + 16 <= stop → false → out + 16 < stop
for (; out + 64 <= stop; x += 64, out += 64) {
  out + 64 <= stop → false → out + 64 < stop
`,
  },
  {
    file: "softmax.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; i + 4 <= columns; i += 4, out += 16) {
  i + 4 <= columns → false → i + 4 < columns
for (; i + 4 <= columns; i += 4, x += 16) all = f32x4.pmax(all, v128.load(x));
  i + 4 <= columns → false → i + 4 < columns
for (; i + 8 <= columns; i += 8) {
  i + 8 <= columns → false → i + 8 < columns
`,
  },
  {
    file: "reduce.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; i + 8 <= length; i += 8) {
  i + 8 <= length → false → i + 8 < length
for (; i + 4 <= length; i += 4, x += 16) greatest = f32x4.max(greatest, v128.load(x));
  i + 4 <= length → false → i + 4 < length
`,
  },
  {
    file: "reduce.ts",
    because: "the columns of a strip that is not whole are added in the same order, one by one",
    changes: `
if (width < STRIP) {
  width < STRIP → true → width <= STRIP
`,
  },
  {
    file: "dense/entries.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; at + 16 <= end; at += 16) {
  at + 16 <= end → false → at + 16 < end
for (; j + 16 <= columns; j += 16) {
  j + 16 <= columns → false → j + 16 < columns
`,
  },
  {
    file: "movement.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; row + 4 <= rows; row += 4) {
  row + 4 <= rows → false → row + 4 < rows
for (; column + 4 <= width; column += 4) {
  column + 4 <= width → false → column + 4 < width
`,
  },
  {
    file: "movement.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; row + 16 <= rows && (width & 3) === 0; row += 16) {
  row + 16 <= rows && (width & 3) === 0 → false
  row + 16 <= rows → row + 16 < rows
`,
  },
  {
    file: "shared/pack.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; i + 4 <= k; i += 4) {
  i + 4 <= k → false → i + 4 < k
`,
  },
  {
    file: "shared/pack.ts",
    because: "the other way of packing writes the same, one number at a time",
    changes: `
if (present === 5) {
  present === 5 → false
if (columns === 8) {
  columns === 8 → false
if (columns >= half + 4) {
  columns >= half + 4 → false → columns > half + 4
`,
  },
  {
    file: "shared/pack64.ts",
    because: "the other way of packing writes the same, one number at a time",
    changes: `
if (columns === 4) {
  columns === 4 → false
if (row + 5 <= rows) packWhole(from, rowStride, stepStride, target, k);
  row + 5 <= rows → false → row + 5 < rows
for (; k >= 2; k -= 2) {
  k >= 2 → false → k > 2
`,
  },
  {
    file: "matmul.ts",
    because: "a tile that could be written in place is written by way of scratch",
    changes: `
const plain = columns === NR && activation <= 0 && (activation < 0 || !bias);
  columns === NR && activation <= 0 && (activation < 0 || !bias) → false
  activation <= 0 → activation < 0
  activation < 0 → false
if (plain && row + MR <= rows) {
  plain && row + MR <= rows → false
  row + MR <= rows → row + MR < rows
`,
  },
  {
    file: "matmul.ts",
    because:
      "the activation 0 leaves numbers as they are, and narrow tiles are finished alike, one number at a time",
    changes: `
if (activation > 0) {
  activation > 0 → true → activation >= 0
if (activation > 0) value = f32x4.extract_lane(activate(f32x4.splat(value), activation), 0);
  activation > 0 → true → activation >= 0
if (columns < NR) {
  columns < NR → true → columns <= NR
`,
  },
  {
    file: "matmul64.ts",
    because: "a tile that could be written in place is written by way of scratch",
    changes: `
if (columns === NR && row + MR <= rows) {
  columns === NR && row + MR <= rows → false
  row + MR <= rows → row + MR < rows
`,
  },
  {
    file: "matmul64.ts",
    because:
      "steps that are left out would add zeros, and numbers above the diagonal that were not asked for are undefined",
    changes: `
if (accumulate && end <= start) return;
  accumulate && end <= start → false
  end <= start → end < start
if (lower) end = min(end, (firstRow + rows + NR - 1) / NR);
  lower → false
if (firstPanel < end) multiplyBlock(args, firstRow, rows, firstPanel, end, scratch);
  firstPanel < end → true → firstPanel <= end
`,
  },
  {
    file: "distance_sums.ts",
    because: "a distance on the border of what is measured again is right either way",
    changes: `
if (load<f64>(at) >= UNSAFE) continue;
  load<f64>(at) >= UNSAFE → load<f64>(at) > UNSAFE
const unit: f64 = largest < 1.7290327071306454e-223 ? 1.0715086071862673e301 : 3.273390607896142e150;
  largest < 1.7290327071306454e-223 → largest <= 1.7290327071306454e-223
`,
  },
  {
    file: "distances.ts",
    because: "what is measured by differences is right as well, only later",
    changes: `
if (!kept) undecided += measureLost(args, start + row, min(MR, rows - row), c, masks, out, rowBytes);
  !kept → true
if (kept !== 15) undecided += measureOthers(args, rowOf(args, first + row), c, count, kept, to);
  kept !== 15 → true
const decided = largest === 0 || (squared > LEAST && squared < MOST);
  squared > LEAST → squared >= LEAST
  squared < MOST → squared <= MOST
`,
  },
  {
    file: "distances.ts",
    because: "a tile that could be written in place is written by way of scratch",
    changes: `
const whole = row + MR <= rows && c + NR <= k;
  row + MR <= rows && c + NR <= k → false
  row + MR <= rows → row + MR < rows
  c + NR <= k → c + NR < k
`,
  },
  {
    file: "shared/squares.ts",
    because: "what is measured by differences is right as well, only later",
    changes: `
return v128.and(f64x2.gt(squared, limit), f64x2.lt(squared, f64x2.splat(MOST)));
  f64x2.gt(squared, limit) → f64x2.gt(limit, squared)
  f64x2.lt(squared, f64x2.splat(MOST)) → f64x2.lt(f64x2.splat(MOST), squared)
`,
  },
  {
    file: "neighbors/nearest.ts",
    because: "points that cannot be among the nearest are measured, and found to be farther",
    changes: `
if (!v128.any_true(near)) continue;
  !v128.any_true(near) → false
if (score >= least) listPoint(args, search, query, score, first + i);
  score >= least → true
for (; d >= 16 && sum < farthest; d -= 16, point += 64, query += 128) {
  d >= 16 && sum < farthest → false
  d >= 16 → d > 16
  sum < farthest → true → sum <= farthest
if (sum >= farthest) return sum;
  sum >= farthest → false → sum > farthest
`,
  },
  {
    file: "neighbors/nearest.ts",
    because: "one of two equal numbers stands for the other",
    changes: `
if (-<f64> score < load<f64>(best)) replaceLargest(best, k, -<f64> score);
  -<f64> score < load<f64>(best) → -<f64> score <= load<f64>(best)
if (distance < farthest) replaceLargest(search + HEAD, argument<i32>(args, 8), distance);
  distance < farthest → distance <= farthest
if (other > largest) {
  other > largest → other >= largest
if (largest <= value) break;
  largest <= value → largest < value
`,
  },
  {
    file: "shared/vector.ts",
    because: "engines without relaxed SIMD compute this, as right but for rounding",
    changes: `
if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  ASC_FEATURE_RELAXED_SIMD → false
if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  ASC_FEATURE_RELAXED_SIMD → false
if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  ASC_FEATURE_RELAXED_SIMD → false
`,
  },
]);
