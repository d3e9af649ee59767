import {
  type Float64Matrix,
  type HostMatrix,
  pacer,
  rowPieces,
  rowsMeans,
  unchanging,
} from "@mixtape/tensor-utils";

/** Means and standard deviations of columns. */
export interface ColumnScaling {
  /** Mean of each column. */
  readonly means: Float64Array;
  /** Standard deviation of each column; 1 where the column is constant. */
  readonly deviations: Float64Array;
}

/** Measures the columns of `x`. */
export async function columnScaling(x: HostMatrix, signal?: AbortSignal): Promise<ColumnScaling> {
  const { values, shape: [n, d] } = x;
  const means = await rowsMeans(x, signal);
  // Squares of very large or small numbers leave float64 unless they are divided by the largest first.
  const largest = new Float64Array(d);
  for await (const { x: { values } } of rowPieces(x, signal, PACED)) {
    for (let at = 0; at < values.length;) {
      for (let j = 0; j < d; j++, at++) {
        largest[j] = Math.max(largest[j], Math.abs(values[at] - means[j]));
      }
    }
  }
  const squares = new Float64Array(d);
  for await (const { x: { values } } of rowPieces(x, signal, PACED)) {
    for (let at = 0; at < values.length;) {
      for (let j = 0; j < d; j++, at++) {
        if (largest[j] > 0) squares[j] += ((values[at] - means[j]) / largest[j]) ** 2;
      }
    }
  }
  const deviations = largest.map((most, j) => {
    for (let row = 1; row < n; row++) {
      if (values[row * d + j] !== values[j]) return most * Math.sqrt(squares[j] / n);
    }
    return 1;
  });
  return { means, deviations };
}

/** Returns the number by which log-densities of scaled columns exceed those in the units of the columns. */
export function logVolumeOf({ deviations }: ColumnScaling): number {
  return deviations.reduce((sum, deviation) => sum + Math.log(deviation), 0);
}

/** Number of entries between two looks at the signal: some milliseconds. */
export const PACED = 2 ** 18;

/** Returns the rows with each column less its mean, divided by its deviation. */
export async function scaleColumns(
  { values, shape }: HostMatrix,
  { means, deviations }: ColumnScaling,
  signal?: AbortSignal,
): Promise<Float64Matrix> {
  const [n, d] = shape;
  const pace = pacer(signal);
  const step = Math.ceil(PACED / d);
  // Float64Array.from with a function takes some forty times as long.
  const scaled = new Float64Array(n * d);
  for (let row = 0, at = 0; row < n; row++) {
    if (row % step === 0) await pace();
    for (let j = 0; j < d; j++, at++) scaled[at] = (values[at] - means[j]) / deviations[j];
  }
  return unchanging({ values: scaled, shape });
}
