/** Columns of a panel, see `kernels/lloyd/products.ts`. */
const PANEL = 12;

/**
 * Lays columns out for the product kernels: panels of 12 columns, each row by row.
 *
 * @param columns Vectors of `length` numbers, one after the other.
 * @param width Number of columns, rounded up to a multiple of 4; missing columns become 0.
 */
export function toPanels(columns: Float64Array, length: number, width: number): Float32Array {
  const panels = new Float32Array(length * width);
  const count = columns.length / length;
  for (let first = 0; first < count; first += PANEL) {
    const across = Math.min(PANEL, width - first);
    for (let j = first; j < Math.min(first + PANEL, count); j++) {
      let to = first * length + (j - first);
      for (let p = 0; p < length; p++, to += across) panels[to] = columns[j * length + p];
    }
  }
  return panels;
}

/** Returns the size in bytes of panels for `width` columns. */
export function panelBytes(length: number, width: number): number {
  return 4 * length * width;
}
