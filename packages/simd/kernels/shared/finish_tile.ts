// @ts-nocheck AssemblyScript
// The edges of a product that is computed in tiles.

/**
 * Writes the part of a tile of `width` columns that lies in C, adding to the numbers there if
 * `accumulate`.
 */
export function finishTile<T>(
  tile: usize,
  width: i32,
  c: usize,
  rowBytes: usize,
  rows: i32,
  columns: i32,
  accumulate: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = <usize> column * sizeof<T>();
      const value = load<T>(tile + at);
      store<T>(c + at, accumulate ? value + load<T>(c + at) : value);
    }
    tile += <usize> width * sizeof<T>();
    c += rowBytes;
  }
}
