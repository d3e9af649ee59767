import { unrolled } from "./wgsl.ts";

/** Rows of a block: a workgroup computes them side by side. */
export const BLOCK = 64;

/** Blocks of a workgroup: each thread takes a row of each, so that a point is read once for all. */
export const BLOCKS = 4;

/**
 * Storage of rows on the device: bytes, four to a word, or float32. Either way rows come in blocks
 * of {@linkcode BLOCK}, and in a block the first 16 bytes of each row, then the next 16, so that
 * neighbouring threads read neighbouring words.
 */
export type RowStorage = "bytes" | "floats";

/** Columns of 16 bytes of a row. */
export function quadColumns(storage: RowStorage): number {
  return storage === "bytes" ? 16 : 4;
}

/** WGSL of the index, in the buffer of words, of the first word of 16 bytes of `row`. */
export function wordAt(quad: string): string {
  return `((row / ${BLOCK}u * frame.quads + ${quad}) * ${BLOCK}u + row % ${BLOCK}u) * 4u`;
}

/** WGSL of `value(row, column)`, one number of the rows in the buffer `x` of words. */
export function valueOf(storage: RowStorage): string {
  return storage === "bytes"
    ? `fn value(row: u32, column: u32) -> u32 {
  let word = x[${wordAt("column / 16u")} + column % 16u / 4u];
  return (word >> (column % 4u * 8u)) & 0xffu;
}`
    : `fn value(row: u32, column: u32) -> f32 {
  return bitcast<f32>(x[${wordAt("column / 4u")} + column % 4u]);
}`;
}

/**
 * WGSL of a thread's rows, one of each of the {@linkcode BLOCKS} from `block` on: `start0` is where
 * the first begins in the buffer of 16 bytes each, `start1` where the second does, and so on; rows
 * beyond the last are among those of the last block. A workgroup without any rows returns.
 */
export function rowStarts(): string {
  const starts = unrolled(
    BLOCKS,
    (r) => `let start${r} = min(block + ${r}u, last) * frame.quads * ${BLOCK}u + t;`,
  );
  return `let block = (group.y * groups.x + group.x) * ${BLOCKS}u;
  if (block * ${BLOCK}u >= frame.rows) { return; }
  let last = (frame.rows - 1u) / ${BLOCK}u;
  ${starts}`;
}
