import type { Equivalent } from "../find_equivalent.ts";
import { readGroups } from "./kernel_groups.ts";

/** Mutants of the kernels of k-means that behave like the original: most only take longer. */
export const inLloydKernels: readonly Equivalent[] = readGroups([
  {
    file: "lloyd/distances.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; row + 16 <= end; row += 16, centroid += 32) {
  row + 16 <= end → false → row + 16 < end
for (; row + 32 <= end; row += 32, centroid += 32) {
  row + 32 <= end → false → row + 32 < end
`,
  },
  {
    file: "lloyd/compress.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; column + 16 <= columns; column += 16) {
  column + 16 <= columns → false → column + 16 < columns
for (; column + 16 <= columns; column += 16, row += 64) {
  column + 16 <= columns → false → column + 16 < columns
`,
  },
  {
    file: "lloyd/vectors64.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; a + 32 <= end; a += 32, b += 32) {
  a + 32 <= end → false → a + 32 < end
`,
  },
  {
    file: "lloyd/vectors32.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; a + 64 <= end; a += 64, b += 64) {
  a + 64 <= end → false → a + 64 < end
for (; at + 16 <= bytes; at += 16) {
  at + 16 <= bytes → false → at + 16 < bytes
`,
  },
  {
    file: "lloyd/row_sums.ts",
    because: "the loop behind it computes the same, with fewer elements at a time",
    changes: `
for (; row + 16 <= end; row += 16, sum += 32) {
  row + 16 <= end → false → row + 16 < end
`,
  },
  {
    file: "lloyd/assign.ts",
    because: "rows whose label the bounds would have decided are looked at again, and keep it",
    changes: `
if (i32x4.all_true(f32x4.gt(bounds, largestDrift))) continue;
  i32x4.all_true(f32x4.gt(bounds, largestDrift)) → false
if (f.voidBounds === 2) memory.copy(undecided, list, <usize> count << 2);
  f.voidBounds === 2 → true
if (!(far > near)) return false;
  !(far > near) → true
  far > near → false
keepHamerlyBound(i, label, near, far, tail);
  keepHamerlyBound(i, label, near, far, tail); → ;
`,
  },
  {
    file: "lloyd/assign.ts",
    because: "without rows nothing is done, only later",
    changes: `
if (count === 0) return;
  count === 0 → false
if (count > 0) assignNarrow(partition, list, count, count === end - start);
  count > 0 → true → count >= 0
`,
  },
  {
    file: "lloyd/assign.ts",
    because:
      "both filters keep the same rows but for rounding, and both ways of reading rows read the same",
    changes: `
else if (f.width <= 12) count = filterFoursBySketch(list, count, undecided);
  f.width <= 12 → false → f.width < 12
if (count > 0) assignNarrow(partition, list, count, count === end - start);
  count === end - start → false
`,
  },
  {
    file: "lloyd/assign.ts",
    because: "memory that is needed soon is not read ahead",
    changes: `
touchRecords(list, count);
  touchRecords(list, count); → ;
touchData(undecided, count);
  touchData(undecided, count); → ;
`,
  },
  {
    file: "lloyd/labels.ts",
    because: "a bound below the drift so far says nothing, however far below it lies",
    changes: `
return room * (room > 0 ? DOWN : UP);
  room > 0 → true → room >= 0
`,
  },
  {
    file: "lloyd/plus_plus.ts",
    because: "a distance that is measured in float64 is right as well, only later",
    changes: `
count += <i32> (good !== 15);
  good !== 15 → true
`,
  },
  {
    file: "lloyd/distances.ts",
    because: "a distance that is measured term by term is right as well, only later",
    changes: `
return distance > CANCELLED * (square + own) ? distance : exactDistance(i, centroid);
  distance > CANCELLED * (square + own) → false → distance >= CANCELLED * (square + own)
`,
  },
  {
    file: "lloyd/scores.ts",
    because: "float64 decides what float32 could have decided, alike",
    changes: `
if (second - lowest > margin) return lead;
  second - lowest > margin → false → second - lowest >= margin
if (j !== best && load<f32>(scores + (<usize> j << 2)) > limit) continue;
  j !== best && load<f32>(scores + (<usize> j << 2)) > limit → false
  load<f32>(scores + (<usize> j << 2)) > limit → load<f32>(scores + (<usize> j << 2)) >= limit
`,
  },
  {
    file: "lloyd/touch.ts",
    because: "it only reads ahead, so that memory is near when it is needed",
    changes: `
const LONG: i32 = 2048;
  2048 → 2049
let any: i32 = 0;
  0 → 1
for (let q = 0; q < count; q++) {
  q < count → false → q <= count → q >= count
  0 → 1
for (let at: usize = 0; at < <usize> f.recordBytes; at += 64) any |= load<i32>(record + at);
  at < <usize> f.recordBytes → false → at <= <usize> f.recordBytes → at >= <usize> f.recordBytes
  0 → 1
  64 → 65
  any |= load<i32>(record + at) → any &= load<i32>(record + at)
store<i32>(sink, any);
  store<i32>(sink, any); → ;
if (bytes > LONG) return;
  bytes > LONG → true → false → bytes >= LONG → bytes <= LONG
for (let at: usize = 0; at < <usize> bytes; at += 64) any |= load<i32>(row + at);
  at < <usize> bytes → false → at <= <usize> bytes → at >= <usize> bytes
  0 → 1
  64 → 65
  any |= load<i32>(row + at) → any &= load<i32>(row + at)
any |= load<i32>(row + <usize> bytes - 4);
  any |= load<i32>(row + <usize> bytes - 4) → any &= load<i32>(row + <usize> bytes - 4)
for (let at = 0; at < bytes; at += 64) any |= load<u8>(row + <usize> at);
  at < bytes → false → at <= bytes → at >= bytes
  0 → 1
  64 → 65
  any |= load<u8>(row + <usize> at) → any &= load<u8>(row + <usize> at)
`,
  },
]);
