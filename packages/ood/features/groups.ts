/** Rows sorted into the classes that occur, numbered 0…count−1 in order of their labels. */
export interface Groups {
  /** Number of classes that occur. */
  readonly count: number;
  /** Group of each row. */
  readonly ofRow: Int32Array;
  /** Rows in each group, each at least 1. */
  readonly sizes: Float64Array;
  /** Label of each group. */
  readonly labels: Int32Array;
}

/** Groups rows by label; classes without rows are left out. */
export function groupByLabel(labels: Int32Array): Groups {
  const present = Int32Array.from(new Set(labels)).sort();
  const position = new Map(Array.from(present, (label, g) => [label, g]));
  const sizes = new Float64Array(present.length);
  const ofRow = labels.map((label) => position.get(label)!);
  for (const g of ofRow) sizes[g]++;
  return { count: present.length, ofRow, sizes, labels: present };
}

/** Puts all rows into one group. */
export function oneGroup(rows: number): Groups {
  return {
    count: 1,
    ofRow: new Int32Array(rows),
    sizes: Float64Array.of(rows),
    labels: Int32Array.of(0),
  };
}
