import { equivalentsIn } from "./equivalents_in.ts";
import type { Equivalent } from "../find_equivalent.ts";

/** Mutants of `packages/tensor-utils` that behave like the original, but for its operations. */
export const inTensorUtils: readonly Equivalent[] = equivalentsIn("packages/tensor-utils", {
  "base64.ts": {
    "for (let start = 0; start < bytes.length; start += CHUNK) {": [[
      "start < bytes.length",
      "start <= bytes.length",
      "a chunk behind the last byte is empty",
    ]],
    "const CHUNK = 0x8000;": [[
      "0x8000",
      "32769",
      "the text is the same however the bytes are divided",
    ]],
    "for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);": [[
      "at < bytes.length",
      "at <= bytes.length",
      "a write beyond the bytes is dropped",
    ]],
  },
  "compact_labels.ts": {
    ": values.sort((a, b) => a < b ? -1 : 1);": [[
      "a < b",
      "a <= b",
      "the values come from a set, so no two are equal",
    ], ["1", "2", "only the sign of a comparison matters"]],
    "for (let i = 0; i < codeOf.length; i++) codeOf[seen.get(values[i])!] = i;": [[
      "i < codeOf.length",
      "i <= codeOf.length",
      "beyond the values no code is written",
    ]],
    "for (let i = 0; i < codes.length; i++) codes[i] = codeOf[codes[i]];": [[
      "i < codes.length",
      "i <= codes.length",
      "a write beyond the codes is dropped",
    ]],
    "if (label < lowest) lowest = label;": [[
      "label < lowest",
      "label <= lowest",
      "a number takes the place of an equal one",
    ]],
    "if (label > highest) highest = label;": [[
      "label > highest",
      "label >= highest",
      "a number takes the place of an equal one",
    ]],
    "const codeOf = new Int32Array(highest - lowest + 1);": [[
      "1",
      "2",
      "a table may have room for one label more",
    ]],
    "for (let i = 0; i < n; i++) codeOf[labels[i] - lowest] = 1;": [[
      "1",
      "2",
      "any number but 0 marks a label",
    ], ["i < n", "i <= n", "there is no label behind the last, so that nothing is marked"]],
    "for (let i = 0; i < n; i++) codes[i] = codeOf[labels[i] - lowest];": [[
      "i < n",
      "i <= n",
      "a write beyond the codes is dropped",
    ]],
    'return values.every((value) => typeof value === "number")': [[
      'typeof value === "number"',
      "false",
      "the comparison sorts numbers alike, several times slower",
    ]],
  },
  "distances.ts": {
    "for (let i = start; i < end; i++) {": [[
      "i < end",
      "i <= end",
      "a write beyond the block is dropped",
    ]],
    "for (let j = 0; j < m; j++) values[(i - start) * m + j] = squaredDistance(x, i, y, j);": [[
      "j < m",
      "j <= m",
      "the entry is written again by the next row, or beyond the block and dropped",
    ]],
    "const difference = x.values[i * d + p] - y.values[j * d + p];": [[
      "x.values[i * d + p] - y.values[j * d + p]",
      "y.values[j * d + p] - x.values[i * d + p]",
      "the sign of a difference is squared away",
    ]],
    "if (isSafeSquare(squared)) return Math.sqrt(squared);": [[
      "isSafeSquare(squared)",
      "false",
      "scaling by powers of two is exact: it gives the same distance, later",
    ]],
    "const unit = squared > 1 ? 0.25 : 1;": [[
      "squared > 1",
      "squared >= 1",
      "a square of 1 neither overflows nor vanishes, so that it has been used before",
    ], [
      "1",
      "2",
      "a square of 1 or 2 neither overflows nor vanishes, and doubling what is tiny is exact",
    ]],
    "const difference = (p: number) => unit * x.values[a + p] - unit * y.values[b + p];": [[
      "unit * x.values[a + p] - unit * y.values[b + p]",
      "unit * y.values[b + p] - unit * x.values[a + p]",
      "the sign of a difference is squared away",
    ]],
  },
  "float16.ts": {
    "if (size < 0x38800000) { // 2^-14, below which float16 counts in steps of 2^-24": [[
      "0x38800000",
      "947912705",
      "2^−14 itself is written alike as the smallest normal number and as one below",
    ], [
      "size < 0x38800000",
      "size <= 0x38800000",
      "2^−14 itself is written alike as the smallest normal number and as one below",
    ]],
    "const number = new Float32Array(1);": [["1", "2", "the second number is never looked at"]],
    "if (size > 0x7f800000) return sign | 0x7e00; // not a number": [[
      "0x7f800000",
      "2139095041",
      "a float64 NaN becomes the quiet one of float32, which has a larger pattern",
    ]],
    "if (size >= 0x477ff000) return sign | 0x7c00; // 65520": [[
      "size >= 0x477ff000",
      "size > 0x477ff000",
      "65520 itself is a tie, which rounds to the even pattern: that of infinity",
    ], [
      "0x477ff000",
      "1199566849",
      "65520 itself is a tie, which rounds to the even pattern: that of infinity",
    ]],
  },
  "host_matrix.ts": {
    "let [a, b, c, d] = [0, 0, 0, 0];": [[
      "0",
      "1",
      "a sum that starts at 1 is finite if and only if one that starts at 0 is, but for the largest of numbers, which are looked at one by one",
    ]],
    "a += values[i];": [[
      "a += values[i]",
      "a -= values[i]",
      "only whether the sum is finite is looked at",
    ]],
    "b += values[i + 1];": [[
      "b += values[i + 1]",
      "b -= values[i + 1]",
      "only whether the sum is finite is looked at",
    ]],
    "c += values[i + 2];": [[
      "c += values[i + 2]",
      "c -= values[i + 2]",
      "only whether the sum is finite is looked at",
    ]],
    "d += values[i + 3];": [[
      "d += values[i + 3]",
      "d -= values[i + 3]",
      "only whether the sum is finite is looked at",
    ]],
    "for (let i = fours; i < end; i++) a += values[i];": [[
      "a += values[i]",
      "a -= values[i]",
      "only whether the sum is finite is looked at",
    ]],
    "return Number.isFinite(a + b + c + d);": [
      ["a + b + c + d", "a + b + c - d", "only whether the sum is finite is looked at"],
      ["a + b + c", "a + b - c", "only whether the sum is finite is looked at"],
      ["a + b", "a - b", "only whether the sum is finite is looked at"],
    ],
    'if (arrayKind(values) === "Uint8Array" || areFine(values, allowNaN)) return;': [[
      'arrayKind(values) === "Uint8Array"',
      "false",
      "a byte is looked at for its kind only to spare a pass over all of them",
    ]],
  },
  "host_values.ts": {
    "if (arrayKind(values) !== undefined) return -1;": [[
      "arrayKind(values) !== undefined",
      "false",
      "a typed array holds only numbers: looking through it finds no other",
    ]],
  },
  "largest_first.ts": {
    "if (heap[child + 1] > heap[child]) child++;": [[
      "heap[child + 1] > heap[child]",
      "heap[child + 1] >= heap[child]",
      "of two equal numbers either may stand above the other",
    ]],
    "if (heap[child] <= value) break;": [[
      "heap[child] <= value",
      "heap[child] < value",
      "of two equal numbers either may stand above the other",
    ]],
  },
  "linear_algebra.ts": {
    "for (let p = 0; p < i; p++) sum -= l[i * d + p] * y[p];": [[
      "p < i",
      "p <= i",
      "the entry at i is still 0",
    ]],
    "for (let i = 0; i < y.length; i++) {": [[
      "i < y.length",
      "i <= y.length",
      "a write beyond the solution is dropped",
    ]],
    "for (let i = 0; i < d; i++) invertLowerRow(l, inverse, d, i);": [[
      "i < d",
      "i <= d",
      "a write beyond the inverse is dropped",
    ]],
  },
  "log_sum_exp.ts": {
    "for (let i = start; i < end; i++) if (values[i] > max) max = values[i];": [[
      "values[i] > max",
      "values[i] >= max",
      "a number takes the place of an equal one",
    ]],
  },
  "matrix.ts": {
    "for (let j = 0; j < d; j++) sums[j] += scale * values[at + j];": [[
      "j < d",
      "j <= d",
      "a write beyond the sums is dropped",
    ]],
    "for (let i = start, at = start * d; i < end; i++) {": [[
      "i < end",
      "i <= end",
      "the row that is not there is empty, and set behind the last, and a further one is copied later",
    ]],
  },
  "nearest_point.ts": {
    "const unit = Math.max(largestMagnitude(row), largestMagnitude(points)) > 2 ** 1000 ? 0.25 : 1;":
      [
        [
          "Math.max(largestMagnitude(row), largestMagnitude(points)) > 2 ** 1000",
          "Math.max(largestMagnitude(row), largestMagnitude(points)) >= 2 ** 1000",
          "numbers of about 2¹⁰⁰⁰ have exact differences in either unit",
        ],
        ["1000", "1001", "numbers of about 2¹⁰⁰⁰ have exact differences in either unit"],
        ["1", "2", "doubling is exact for numbers up to 2¹⁰⁰⁰, and is taken back"],
      ],
    "missing?.[p] ? 0 : unit * row[p] - unit * points[j * d + p];": [[
      "unit * row[p] - unit * points[j * d + p]",
      "unit * points[j * d + p] - unit * row[p]",
      "the sign of a difference is squared away",
    ]],
    "let label = 0;": [[
      "0",
      "1",
      "the first finite sum takes its place, and the nearest point has one",
    ]],
  },
  "power_of_two.ts": {
    "const end = values.length - 1;": [[
      "values.length - 1",
      "values.length + 1",
      "there are no numbers behind the last, and nothing is larger",
    ]],
    "for (; i < end; i += 2) {": [[
      "i < end",
      "i <= end",
      "there are no numbers behind the last, and nothing is larger",
    ]],
    "if (a > even) even = a;": [[
      "a > even",
      "a >= even",
      "a number takes the place of an equal one",
    ]],
    "if (b > odd) odd = b;": [["b > odd", "b >= odd", "a number takes the place of an equal one"]],
    "if (i === end && Math.abs(values[i]) > even) even = Math.abs(values[i]);": [[
      "i === end",
      "true",
      "there are no numbers behind the last, and nothing is larger",
    ], [
      "Math.abs(values[i]) > even",
      "Math.abs(values[i]) >= even",
      "a number takes the place of an equal one",
    ]],
    "if (largest === 0 || (largest >= 2 ** -limit && largest <= 2 ** limit)) return 0;": [[
      "largest <= 2 ** limit",
      "largest < 2 ** limit",
      "the exponent for 2^limit is 0 in either case",
    ]],
    "for (; left > 1000; left -= 1000) product *= 2 ** 1000;": [[
      "left > 1000",
      "left >= 1000",
      "the last thousand is one factor in either case",
    ], ["1000", "1001", "2¹⁰⁰¹ is within float64, too"]],
    "for (; left < -1000; left += 1000) product *= 2 ** -1000;": [[
      "left < -1000",
      "left <= -1000",
      "the last thousand is one factor in either case",
    ], ["1000", "1001", "2⁻¹⁰⁰¹ is within float64, too"]],
  },
  "triangle_rows.ts": {
    "for (let j = 0; j < i; j++) inverse[row + j] /= pivot;": [[
      "j < i",
      "j <= i",
      "the entry at i is written by the next line",
    ]],
  },
});
