import { compactLabels, type Label } from "@mixtape/tensor-utils";

/**
 * How many rows each pair of a class and a cluster has: the pairs that have any, since most have
 * none where there are many classes and clusters.
 */
export interface ContingencyTable<Class extends Label = Label, Cluster extends Label = Label> {
  /** The distinct classes, ascending. */
  readonly classes: readonly Class[];
  /** The distinct clusters, ascending. */
  readonly clusters: readonly Cluster[];
  /** The pairs that have rows, class by class, and by cluster within a class. */
  readonly cells: ContingencyCells;
  /** Rows of each class. */
  readonly classSizes: Uint32Array;
  /** Rows in each cluster. */
  readonly clusterSizes: Uint32Array;
  /** All rows. */
  readonly total: number;
}

/** Pairs of a class and a cluster with the number of their rows, at the same position of three arrays. */
export interface ContingencyCells {
  /** Position of the class among the table's `classes`. */
  readonly classes: Int32Array;
  /** Position of the cluster among the table's `clusters`. */
  readonly clusters: Int32Array;
  /** How many rows the pair has, at least 1. */
  readonly counts: Uint32Array;
}

/**
 * Counts which class went to which cluster, in time and memory linear in the rows.
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
 * @param labels The cluster of each row, of any of these kinds too.
 * @returns The pairs that have rows, with their numbers of rows and the sums of these.
 * @throws {TypeError} If one of the arrays mixes kinds of labels, or is none.
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
        `${total} labels, one of each a row is needed`,
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
 * The class that most rows of each cluster have, the lowest one among equals.
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
 * @param table What {@link contingencyTable} counted.
 * @returns A class for each of the table's `clusters`.
 */
export function majorityClasses<Class extends Label>(
  table: ContingencyTable<Class>,
): Class[] {
  const { classes, cells } = table;
  return Array.from(majorityCells(table), (cell) => classes[cells.classes[cell]]);
}

/** The cell of the largest count of each cluster, that of the lowest class among equals. */
export function majorityCells({ clusters, cells }: ContingencyTable): Int32Array {
  const majority = new Int32Array(clusters.length).fill(-1);
  cells.clusters.forEach((cluster, cell) => {
    const best = majority[cluster];
    if (best === -1 || cells.counts[cell] > cells.counts[best]) majority[cluster] = cell;
  });
  return majority;
}

/** Whether classes and clusters are the same division of the rows, under whatever names. */
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

/** Counts in a table of all pairs, where these are not many more than the rows. */
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

/** Sorts rows by cluster and then, stably, by class, so that those of a pair are adjacent. */
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

/** The rows in the order of their codes, otherwise in the order given: that of the rows unless given. */
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
