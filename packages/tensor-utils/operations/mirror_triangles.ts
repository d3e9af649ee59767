/**
 * Makes matrices symmetric by copying the triangles below their diagonals.
 *
 * @param matrices Any number of matrices, d × d each; changed in place.
 * @param d Number of rows of each.
 */
export function mirrorTriangles(matrices: Float64Array, d: number): void {
  for (let first = 0; first < matrices.length; first += d * d) {
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < i; j++) matrices[first + j * d + i] = matrices[first + i * d + j];
    }
  }
}
