/** A vector as a list of float64 numbers. */
export type Vector = readonly number[];

/** Rows of a matrix as lists. */
export type Rows = readonly Vector[];

/** Returns Σ aⱼ bⱼ. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/** Returns a − b. */
export function minus(a: Vector, b: Vector): number[] {
  return a.map((value, j) => value - b[j]);
}

/** Returns the Euclidean length of a vector. */
export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** Returns the mean of some numbers. */
export function meanOf(values: Vector): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Returns the columns of a matrix as rows. */
export function transposed(rows: Rows): number[][] {
  return rows[0].map((_, j) => rows.map((row) => row[j]));
}

/** Returns the mean of some rows. */
export function meanRow(rows: Rows): number[] {
  return transposed(rows).map(meanOf);
}

/** Returns each row divided by its length; a row of zeros stays as it is. */
export function unitRows(rows: Rows): number[][] {
  return rows.map((row) => {
    const length = norm(row) || 1;
    return row.map((value) => value / length);
  });
}

/** Returns the mean of (x − c)(x − c)ᵀ over the rows x, each with its own centre c. */
export function secondMoment(rows: Rows, centreOf: (row: number) => Vector): number[][] {
  const centred = transposed(rows.map((row, i) => minus(row, centreOf(i))));
  return centred.map((a) => centred.map((b) => dot(a, b) / rows.length));
}

/** Returns a covariance with `share` of its mean variance added to each variance. */
export function ridged(covariance: Rows, share: number): number[][] {
  const added = share * meanOf(covariance.map((row, j) => row[j]));
  return covariance.map((row, i) => row.map((value, j) => i === j ? value + added : value));
}

/** Returns the inverse and the log-determinant of a matrix by Gauss–Jordan elimination. */
export function inverse(matrix: Rows): { inverse: number[][]; logDeterminant: number } {
  const d = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => i === j ? 1 : 0)]);
  let logDeterminant = 0;
  for (let p = 0; p < d; p++) {
    let best = p;
    for (let i = p; i < d; i++) if (Math.abs(work[i][p]) > Math.abs(work[best][p])) best = i;
    [work[p], work[best]] = [work[best], work[p]];
    const pivot = work[p][p];
    logDeterminant += Math.log(Math.abs(pivot));
    work[p] = work[p].map((value) => value / pivot);
    for (let i = 0; i < d; i++) {
      const factor = work[i][p];
      if (i !== p) work[i] = work[i].map((value, j) => value - factor * work[p][j]);
    }
  }
  return { inverse: work.map((row) => row.slice(d)), logDeterminant };
}

/** Returns v M vᵀ. */
export function quadratic(v: Vector, matrix: Rows): number {
  return dot(v, matrix.map((row) => dot(row, v)));
}

/** Returns eigenvalues, descending, and eigenvectors of a symmetric matrix by Jacobi's rotations. */
export function eigen(matrix: Rows): { values: number[]; vectors: number[][] } {
  const d = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors: number[][] = a.map((row, i) => row.map((_, j) => i === j ? 1 : 0));
  for (let sweep = 0; sweep < 40; sweep++) {
    for (let p = 0; p < d; p++) {
      for (let q = p + 1; q < d; q++) {
        const angle = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of a) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
        [a[p], a[q]] = [
          a[p].map((value, j) => c * value - s * a[q][j]),
          a[p].map((value, j) => s * value + c * a[q][j]),
        ];
        [vectors[p], vectors[q]] = [
          vectors[p].map((value, j) => c * value - s * vectors[q][j]),
          vectors[p].map((value, j) => s * value + c * vectors[q][j]),
        ];
      }
    }
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j][j] - a[i][i]);
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => vectors[i]) };
}

/** Returns log Σ exp(values). */
export function logSumExp(values: Vector): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

/** Returns the quantile of some numbers, interpolated linearly between order statistics. */
export function plainQuantile(values: Vector, share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
