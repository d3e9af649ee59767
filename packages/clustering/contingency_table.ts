import { compactLabels, type Label } from "@mixtape/tensor-utils/host";

/**
 * Number of rows for each pair of a class and a cluster. Only pairs that have rows are stored,
 * since most have none when there are many classes and clusters.
 */
export interface ContingencyTable<Class extends Label = Label, Cluster extends Label = Label> {
  /** Distinct classes, ascending. */
  readonly classes: readonly Class[];
  /** Distinct clusters, ascending. */
  readonly clusters: readonly Cluster[];
  /** Pairs that have rows, ordered by class, then by cluster. */
  readonly cells: ContingencyCells;
  /** Number of rows in each class, in the order of `classes`. */
  readonly classSizes: Uint32Array;
  /** Number of rows in each cluster, in the order of `clusters`. */
  readonly clusterSizes: Uint32Array;
  /** Number of rows. */
  readonly total: number;
}

/** Pairs of a class and a cluster and their numbers of rows, as three parallel arrays. */
export interface ContingencyCells {
  /** Position of the class among the table's `classes`. */
  readonly classes: Int32Array;
  /** Position of the cluster among the table's `clusters`. */
  readonly clusters: Int32Array;
  /** Number of rows of the pair, at least 1. */
  readonly counts: Uint32Array;
}

/**
 * Counts the rows of each pair of a class and a cluster, in time and memory linear in the rows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { contingencyTable } from "@mixtape/clustering";
 *
 * const { classes, clusters, cells } = contingencyTable(["cat", "cat", "ant"], [7, 7, -1]);
 * assert.deepEqual(classes, ["ant", "cat"]);
 * assert.deepEqual(clusters, [-1, 7]);
 * assert.deepEqual([...cells.classes], [0, 1]);
 * assert.deepEqual([...cells.clusters], [0, 1]);
 * assert.deepEqual([...cells.counts], [1, 2]);
 * ```
 *
 * @param classes The true class of each row: any numbers, big integers, strings or booleans.
 * @param labels The cluster of each row, of any of these kinds.
 * @returns The pairs that have rows and their counts, with the totals per class, per cluster and
 * over all.
 * @throws {TypeError} If an argument is not an array, or mixes kinds of labels.
 * @throws {RangeError} If there are no rows, the lengths differ, or a label is NaN.
 */
export function contingencyTable<Class extends Label, Cluster extends Label>(
  classes: ArrayLike<Class>,
  labels: ArrayLike<Cluster>,
): ContingencyTable<Class, Cluster> {
  const byClass = compactLabels(classes, "classes");
  const byCluster = compactLabels(labels, "labels");
  const total = byCluster.codes.length;
  if (byClass.codes.length !== total) {
    throw new RangeError(
      `Cannot compare classes with labels: there are ${byClass.codes.length} classes and ` +
        `${total} labels, one of each is needed per row`,
    );
  }
  if (total === 0) {
    throw new RangeError(
      "Cannot compare classes with clusters: there are no rows, at least 1 is needed",
    );
  }
  return {
    classes: byClass.values,
    clusters: byCluster.values,
    cells: countCells(byClass, byCluster),
    classSizes: sizes(byClass),
    clusterSizes: sizes(byCluster),
    total,
  };
}

/**
 * Returns the most frequent class in each cluster, the lowest one in case of a tie.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { contingencyTable, majorityClasses } from "@mixtape/clustering";
 *
 * const table = contingencyTable(["ant", "cat", "cat"], [0, 0, 0]);
 * assert.deepEqual(majorityClasses(table), ["cat"]);
 * ```
 *
 * @param table A table from {@link contingencyTable}.
 * @returns One class for each of the table's `clusters`.
 */
export function majorityClasses<Class extends Label>(
  table: ContingencyTable<Class>,
): Class[] {
  const { classes, cells } = table;
  return Array.from(majorityCells(table), (cell) => classes[cells.classes[cell]]);
}

/** Finds the largest cell of each cluster, that of the lowest class in case of a tie. */
export function majorityCells({ clusters, cells }: ContingencyTable): Int32Array {
  const majority = new Int32Array(clusters.length).fill(-1);
  cells.clusters.forEach((cluster, cell) => {
    const best = majority[cluster];
    if (best === -1 || cells.counts[cell] > cells.counts[best]) majority[cluster] = cell;
  });
  return majority;
}

/** Returns true if classes and clusters divide the rows in the same way, whatever their names. */
export function isSameDivision({ classes, clusters, cells }: ContingencyTable): boolean {
  return cells.counts.length === classes.length && cells.counts.length === clusters.length;
}

interface Coded {
  readonly codes: Int32Array;
  readonly values: readonly Label[];
}

function countCells(byClass: Coded, byCluster: Coded): ContingencyCells {
  const pairs = byClass.values.length * byCluster.values.length;
  return pairs <= 4 * byClass.codes.length
    ? countAllPairs(byClass, byCluster)
    : countSorted(byClass, byCluster);
}

/** Counts in a dense table of all pairs; used when there are not many more pairs than rows. */
function countAllPairs(byClass: Coded, byCluster: Coded): ContingencyCells {
  const clusters = byCluster.values.length;
  const table = new Uint32Array(byClass.values.length * clusters);
  let filled = 0;
  for (let row = 0; row < byClass.codes.length; row++) {
    if (table[byClass.codes[row] * clusters + byCluster.codes[row]]++ === 0) filled++;
  }
  const cells = emptyCells(filled);
  let cell = 0;
  for (let pair = 0; pair < table.length; pair++) {
    if (table[pair] === 0) continue;
    cells.classes[cell] = Math.floor(pair / clusters);
    cells.clusters[cell] = pair % clusters;
    cells.counts[cell++] = table[pair];
  }
  return cells;
}

/**
 * Counts rows sorted by cluster and then, stably, by class, so that those of a pair are adjacent.
 */
function countSorted(byClass: Coded, byCluster: Coded): ContingencyCells {
  const rows = sortedBy(byClass, sortedBy(byCluster));
  const cells = emptyCells(rows.length);
  const { classes, clusters, counts } = cells;
  let last = -1;
  for (let i = 0; i < rows.length; i++) {
    const own = byClass.codes[rows[i]];
    const cluster = byCluster.codes[rows[i]];
    if (last === -1 || classes[last] !== own || clusters[last] !== cluster) {
      last++;
      classes[last] = own;
      clusters[last] = cluster;
    }
    counts[last]++;
  }
  return {
    classes: classes.slice(0, last + 1),
    clusters: clusters.slice(0, last + 1),
    counts: counts.slice(0, last + 1),
  };
}

function emptyCells(length: number): ContingencyCells {
  return {
    classes: new Int32Array(length),
    clusters: new Int32Array(length),
    counts: new Uint32Array(length),
  };
}

/** Sorts rows by code, stably: rows of the same code keep the given order, by default ascending. */
function sortedBy(labels: Coded, order?: Uint32Array): Uint32Array {
  const { codes } = labels;
  const next = new Uint32Array(labels.values.length);
  let before = 0;
  sizes(labels).forEach((size, code) => {
    next[code] = before;
    before += size;
  });
  const rows = new Uint32Array(codes.length);
  for (let i = 0; i < rows.length; i++) {
    const row = order ? order[i] : i;
    rows[next[codes[row]]++] = row;
  }
  return rows;
}

function sizes({ codes, values }: Coded): Uint32Array {
  const counts = new Uint32Array(values.length);
  for (let row = 0; row < codes.length; row++) counts[codes[row]]++;
  return counts;
}
