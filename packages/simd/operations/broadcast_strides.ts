/** Strides, in elements, with which two inputs are read for a [rows, columns] result. */
export interface BroadcastStrides {
  readonly rows: number;
  readonly columns: number;
  readonly rowA: number;
  readonly columnA: number;
  readonly rowB: number;
  readonly columnB: number;
}

/** A run of neighbouring axes over which each input either advances or stays. */
interface AxisRun {
  size: number;
  readonly a: boolean;
  readonly b: boolean;
}

/**
 * Returns the strides of a broadcast that folds into two axes: equal shapes, a scalar, a row or a
 * column against a matrix, and the same with more axes. Undefined if it needs three axes.
 */
export function broadcastStrides(
  a: readonly number[],
  b: readonly number[],
  result: readonly number[],
): BroadcastStrides | undefined {
  const runs = axisRuns(a, b, result);
  if (runs.length > 2) return undefined;
  const columns = runs.at(-1) ?? { size: 1, a: true, b: true };
  const rows = runs.length === 2 ? runs[0] : { size: 1, a: false, b: false };
  return {
    rows: rows.size,
    columns: columns.size,
    rowA: rows.a ? (columns.a ? columns.size : 1) : 0,
    columnA: columns.a ? 1 : 0,
    rowB: rows.b ? (columns.b ? columns.size : 1) : 0,
    columnB: columns.b ? 1 : 0,
  };
}

function axisRuns(
  a: readonly number[],
  b: readonly number[],
  result: readonly number[],
): AxisRun[] {
  const runs: AxisRun[] = [];
  result.forEach((size, axis) => {
    if (size === 1) return;
    const advances = (shape: readonly number[]) =>
      (shape[axis - result.length + shape.length] ?? 1) > 1;
    const run = { size, a: advances(a), b: advances(b) };
    const last = runs.at(-1);
    if (last && last.a === run.a && last.b === run.b) last.size *= size;
    else runs.push(run);
  });
  return runs;
}
