/**
 * Returns the squared length of each row, measured from a point that is subtracted in place.
 *
 * @param x rows × d; changed if an origin is given.
 * @param rows Number of rows.
 * @param d Number of columns.
 * @param origin The point, d numbers; zero by default.
 */
export function squaredLengths(
  x: Float64Array,
  rows: number,
  d: number,
  origin?: Float64Array,
): Float64Array {
  const lengths = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = i * d;
    if (origin) { for (let j = 0; j < d; j++) x[row + j] -= origin[j]; }
    // Two sums, so that an addition need not wait for the previous one.
    let even = 0;
    let odd = 0;
    let j = 0;
    for (; j + 2 <= d; j += 2) {
      even += x[row + j] * x[row + j];
      odd += x[row + j + 1] * x[row + j + 1];
    }
    if (j < d) even += x[row + j] * x[row + j];
    lengths[i] = even + odd;
  }
  return lengths;
}
