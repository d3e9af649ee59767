import {
  type HostMatrix,
  safeExponent,
  scaledMatrix,
  timesPowerOfTwo,
  wideMagnitude,
} from "@mixtape/tensor-utils";

/** The nearest rows of a row, without itself. */
export interface NearRows {
  /** Indices of the rows, the nearest first. */
  readonly rows: readonly number[];
  /** Euclidean distance to each. */
  readonly distances: readonly number[];
}

/** A search for the nearest rows among the rows of a matrix. */
export interface RowSearch {
  /**
   * Finds the nearest rows of a row, exactly; which of several equally near ones is open.
   *
   * @param row The row.
   * @param k Most rows to find.
   * @param most Distance from which on rows do not count; Infinity by default.
   */
  nearest(row: number, k: number, most?: number): NearRows;
}

/** A part of the rows, with the bounds of its columns of largest variance. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly halves: readonly [Part, Part] | null;
}

/** Rows, sorted into parts, their columns by descending variance. */
interface SortedRows {
  /** Values, part by part. */
  readonly points: Float64Array;
  /** Number of columns. */
  readonly d: number;
  /** Number of leading columns that parts bound. */
  readonly bounded: number;
}

const LEAF_ROWS = 32;
const MOST_BOUNDED = 10;

/**
 * Opens a search: rows are split into halves recursively along the widest of their columns of
 * largest variance. A search skips parts that are farther away than the rows found so far, and
 * leaves a row as soon as its first columns are.
 */
export function openRowSearch(given: HostMatrix): RowSearch {
  const exponent = safeExponent(wideMagnitude(given));
  const x = scaledMatrix(given, exponent);
  const [n, d] = x.shape;
  const columns = columnsByVariance(x);
  const order = Uint32Array.from({ length: n }, (_, row) => row);
  const unsorted: SortedRows = {
    points: withColumns(x, order, columns),
    d,
    bounded: Math.min(d, MOST_BOUNDED),
  };
  const root = split(unsorted, order, 0, n);
  const search = openPlaceSearch(
    { ...unsorted, points: withColumns(x, order, columns) },
    root,
  );
  const placeOf = new Uint32Array(n);
  order.forEach((row, at) => placeOf[row] = at);
  return {
    nearest(row, k, most = Infinity) {
      const limit = timesPowerOfTwo(most, exponent) ** 2;
      const found = search(placeOf[row], Math.min(k, n - 1), limit);
      const distances = found.squared.map((one) => timesPowerOfTwo(Math.sqrt(one), -exponent));
      return { rows: found.places.map((at) => order[at]), distances };
    },
  };
}

function columnsByVariance({ values, shape: [n, d] }: HostMatrix): number[] {
  const variances = Array.from({ length: d }, (_, j) => {
    let [mean, sum] = [0, 0];
    for (let i = 0; i < n; i++) {
      const off = values[i * d + j] - mean;
      mean += off / (i + 1);
      sum += off * (values[i * d + j] - mean);
    }
    return sum;
  });
  return [...variances.keys()].sort((a, b) => variances[b] - variances[a]);
}

function withColumns(
  { values, shape: [n, d] }: HostMatrix,
  order: Uint32Array,
  columns: readonly number[],
): Float64Array {
  const points = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) points[i * d + j] = values[order[i] * d + columns[j]];
  }
  return points;
}

function split(sorted: SortedRows, order: Uint32Array, start: number, end: number): Part {
  const { points, d, bounded } = sorted;
  const low = new Float64Array(bounded).fill(Infinity);
  const high = new Float64Array(bounded).fill(-Infinity);
  for (let i = start; i < end; i++) {
    for (let j = 0; j < bounded; j++) {
      const value = points[order[i] * d + j];
      if (value < low[j]) low[j] = value;
      if (value > high[j]) high[j] = value;
    }
  }
  if (end - start <= LEAF_ROWS) return { start, end, low, high, halves: null };
  let widest = 0;
  for (let j = 1; j < bounded; j++) {
    if (high[j] - low[j] > high[widest] - low[widest]) widest = j;
  }
  const middle = (start + end) >> 1;
  partition(order, start, end, middle, (row) => points[row * d + widest]);
  const halves = [split(sorted, order, start, middle), split(sorted, order, middle, end)] as const;
  return { start, end, low, high, halves };
}

/** Moves rows between two places so that those before the middle have no larger keys than the others (Hoare). */
function partition(
  order: Uint32Array,
  start: number,
  end: number,
  middle: number,
  keyOf: (row: number) => number,
): void {
  for (let [low, high] = [start, end - 1]; low < high;) {
    const pivot = keyOf(order[(low + high) >> 1]);
    let [i, j] = [low, high];
    while (i <= j) {
      while (keyOf(order[i]) < pivot) i++;
      while (keyOf(order[j]) > pivot) j--;
      if (i > j) break;
      [order[i], order[j]] = [order[j], order[i]];
      i++;
      j--;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

/** Finds the places of the nearest points of the point at a place, and their squared distances. */
type PlaceSearch = (place: number, k: number, most: number) => {
  readonly places: readonly number[];
  readonly squared: readonly number[];
};

function openPlaceSearch({ points, d, bounded }: SortedRows, root: Part): PlaceSearch {
  let places: number[] = [];
  let squared: number[] = [];
  let [own, at, count, limit] = [0, 0, 0, 0];

  /** Returns the squared distance to a part, or some number that is no smaller than the limit. */
  function outside({ low, high }: Part): number {
    let sum = 0;
    for (let j = 0; j < bounded && sum < limit; j++) {
      const value = points[at + j];
      if (value < low[j]) sum += (low[j] - value) ** 2;
      else if (value > high[j]) sum += (value - high[j]) ** 2;
    }
    return sum;
  }

  function visit({ start, end, halves }: Part): void {
    if (halves === null) return scan(start, end);
    const [left, right] = halves;
    const [toLeft, toRight] = [outside(left), outside(right)];
    if (toLeft <= toRight) {
      if (toLeft < limit) visit(left);
      if (toRight < limit) visit(right);
    } else {
      if (toRight < limit) visit(right);
      if (toLeft < limit) visit(left);
    }
  }

  function scan(start: number, end: number): void {
    for (let other = start; other < end; other++) {
      if (other === own) continue;
      let sum = 0;
      for (let i = at, j = other * d; i < at + d && sum < limit; i++, j++) {
        const off = points[i] - points[j];
        sum += off * off;
      }
      if (sum < limit) insert(other, sum);
    }
  }

  function insert(other: number, sum: number): void {
    let hole = squared.length;
    while (hole > 0 && squared[hole - 1] > sum) hole--;
    places.splice(hole, 0, other);
    squared.splice(hole, 0, sum);
    if (squared.length > count) {
      places.pop();
      squared.pop();
    }
    if (squared.length === count) limit = squared[count - 1];
  }

  return (place, k, most) => {
    [places, squared] = [[], []];
    [own, at, count, limit] = [place, place * d, k, most];
    if (k > 0) visit(root);
    return { places, squared };
  };
}
