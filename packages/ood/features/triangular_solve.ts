/**
 * Solves L y = x for each row x in place by forward substitution, four rows at a time: one row alone waits for every
 * addition of its own dot product.
 *
 * @param l Lower triangular, d × d.
 * @param x rows × d, overwritten by the solutions.
 * @param rows Number of rows.
 * @param d Size.
 */
export function solveLowerRows(l: Float64Array, x: Float64Array, rows: number, d: number): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const r0 = i * d, r1 = r0 + d, r2 = r1 + d, r3 = r2 + d;
    for (let j = 0; j < d; j++) {
      let s0 = x[r0 + j], s1 = x[r1 + j], s2 = x[r2 + j], s3 = x[r3 + j];
      const row = j * d;
      for (let p = 0; p < j; p++) {
        const factor = l[row + p];
        s0 -= factor * x[r0 + p];
        s1 -= factor * x[r1 + p];
        s2 -= factor * x[r2 + p];
        s3 -= factor * x[r3 + p];
      }
      const pivot = 1 / l[row + j];
      x[r0 + j] = s0 * pivot;
      x[r1 + j] = s1 * pivot;
      x[r2 + j] = s2 * pivot;
      x[r3 + j] = s3 * pivot;
    }
  }
  for (; i < rows; i++) {
    for (let j = 0; j < d; j++) {
      let sum = x[i * d + j];
      for (let p = 0; p < j; p++) sum -= l[j * d + p] * x[i * d + p];
      x[i * d + j] = sum / l[j * d + j];
    }
  }
}
