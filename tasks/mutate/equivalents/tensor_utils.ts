import type { Equivalent } from "../find_equivalent.ts";

/** Mutants of `packages/tensor-utils` that behave like the original. */
export const inTensorUtils: readonly Equivalent[] = [
  {
    file: "packages/tensor-utils/float16.ts",
    line: "if (size < 0x38800000) { // 2^-14, below which float16 counts in steps of 2^-24",
    original: "0x38800000",
    replacement: "947912705",
    because: "2^−14 itself is written alike as the smallest normal number and as one below",
  },
  {
    file: "packages/tensor-utils/base64.ts",
    line: "for (let start = 0; start < bytes.length; start += CHUNK) {",
    original: "start < bytes.length",
    replacement: "start <= bytes.length",
    because: "a chunk behind the last byte is empty",
  },
  {
    file: "packages/tensor-utils/base64.ts",
    line: "const CHUNK = 0x8000;",
    original: "0x8000",
    replacement: "32769",
    because: "the text is the same however the bytes are divided",
  },
  {
    file: "packages/tensor-utils/base64.ts",
    line: "for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);",
    original: "at < bytes.length",
    replacement: "at <= bytes.length",
    because: "a write beyond the bytes is dropped",
  },
  {
    file: "packages/tensor-utils/largest_first.ts",
    line: "if (heap[child + 1] > heap[child]) child++;",
    original: "heap[child + 1] > heap[child]",
    replacement: "heap[child + 1] >= heap[child]",
    because: "of two equal numbers either may stand above the other",
  },
  {
    file: "packages/tensor-utils/compact_labels.ts",
    line: ": values.sort((a, b) => a < b ? -1 : 1);",
    original: "a < b",
    replacement: "a <= b",
    because: "the values come from a set, so no two are equal",
  },
  {
    file: "packages/tensor-utils/largest_first.ts",
    line: "if (heap[child] <= value) break;",
    original: "heap[child] <= value",
    replacement: "heap[child] < value",
    because: "of two equal numbers either may stand above the other",
  },
  {
    file: "packages/tensor-utils/compact_labels.ts",
    line: "for (let i = 0; i < n; i++) {",
    original: "i < n",
    replacement: "i <= n",
    because:
      "whole numbers are then looked up one by one rather than in a table, to the same codes",
  },
];
