/** Rows of a block: a workgroup computes them side by side. */
export const BLOCK = 64;

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

/** WGSL of `value(row, column, quads)`, one number of the rows in the buffer `x` of words. */
export function valueOf(storage: RowStorage): string {
  const at = (quad: string) =>
    `((row / ${BLOCK}u * quads + ${quad}) * ${BLOCK}u + row % ${BLOCK}u) * 4u`;
  return storage === "bytes"
    ? `fn value(row: u32, column: u32, quads: u32) -> u32 {
  let word = x[${at("column / 16u")} + column % 16u / 4u];
  return (word >> (column % 4u * 8u)) & 0xffu;
}`
    : `fn value(row: u32, column: u32, quads: u32) -> f32 {
  return bitcast<f32>(x[${at("column / 4u")} + column % 4u]);
}`;
}
