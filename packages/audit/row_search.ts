import {
  type HostMatrix,
  inPieces,
  pacer,
  pieceSize,
  rowsMagnitude,
  safeExponent,
  scaledMatrix,
  timesPowerOfTwo,
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
   * Finds the nearest rows of a row, exactly; which of several equally near ones is open. One search
   * at a time: the event loop turns meanwhile.
   *
   * @param row The row.
   * @param k Most rows to find.
   * @param most Distance from which on rows do not count; Infinity by default.
   */
  nearest(row: number, k: number, most?: number): Promise<NearRows>;
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
/** Number of rows that are looked at, anywhere in memory, between two looks at the clock. */
const LOOKS = 2 ** 16;

/**
 * Opens a search: rows are split into halves recursively along the widest of their columns of
 * largest variance. A search skips parts that are farther away than the rows found so far, and
 * leaves a row as soon as its first columns are.
 *
 * @param given The rows.
 * @param signal Ends the work, now and in the search; promises are then rejected with its reason.
 */
export async function openRowSearch(given: HostMatrix, signal?: AbortSignal): Promise<RowSearch> {
  const exponent = safeExponent(await rowsMagnitude(given, signal));
  const x = scaledMatrix(given, exponent);
  const [n, d] = x.shape;
  const columns = await columnsByVariance(x, signal);
  const order = new Uint32Array(n);
  for (let row = 0; row < n; row++) order[row] = row;
  const unsorted: SortedRows = {
    points: await withColumns(x, order, columns, signal),
    d,
    bounded: Math.min(d, MOST_BOUNDED),
  };
  const root = await split(unsorted, order, 0, n, pacer(signal));
  const points = await withColumns(x, order, columns, signal);
  const search = openPlaceSearch({ ...unsorted, points }, root, pacer(signal));
  const placeOf = new Uint32Array(n);
  order.forEach((row, at) => placeOf[row] = at);
  return {
    async nearest(row, k, most = Infinity) {
      const limit = timesPowerOfTwo(most, exponent) ** 2;
      const found = await search(placeOf[row], Math.min(k, n - 1), limit);
      const distances = found.squared.map((one) => timesPowerOfTwo(Math.sqrt(one), -exponent));
      return { rows: found.places.map((at) => order[at]), distances };
    },
  };
}

async function columnsByVariance(
  { values, shape: [n, d] }: HostMatrix,
  signal?: AbortSignal,
): Promise<number[]> {
  const means = new Float64Array(d);
  const variances = new Float64Array(d);
  await inPieces(n, pieceSize(4 * d), (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < d; j++) {
        const off = values[i * d + j] - means[j];
        means[j] += off / (i + 1);
        variances[j] += off * (values[i * d + j] - means[j]);
      }
    }
  }, signal);
  return [...variances.keys()].sort((a, b) => variances[b] - variances[a]);
}

async function withColumns(
  { values, shape: [n, d] }: HostMatrix,
  order: Uint32Array,
  columns: readonly number[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const points = new Float64Array(n * d);
  await inPieces(n, pieceSize(4 * d), (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < d; j++) points[i * d + j] = values[order[i] * d + columns[j]];
    }
  }, signal);
  return points;
}

async function split(
  sorted: SortedRows,
  order: Uint32Array,
  start: number,
  end: number,
  pace: () => Promise<void>,
): Promise<Part> {
  const { points, d, bounded } = sorted;
  const low = new Float64Array(bounded).fill(Infinity);
  const high = new Float64Array(bounded).fill(-Infinity);
  for (let i = start; i < end;) {
    await pace();
    for (const stop = Math.min(end, i + LOOKS); i < stop; i++) {
      for (let j = 0; j < bounded; j++) {
        const value = points[order[i] * d + j];
        if (value < low[j]) low[j] = value;
        if (value > high[j]) high[j] = value;
      }
    }
  }
  if (end - start <= LEAF_ROWS) return { start, end, low, high, halves: null };
  let widest = 0;
  for (let j = 1; j < bounded; j++) {
    if (high[j] - low[j] > high[widest] - low[widest]) widest = j;
  }
  const middle = (start + end) >> 1;
  await partition(order, { start, end, middle }, (row) => points[row * d + widest], pace);
  const left = await split(sorted, order, start, middle, pace);
  const right = await split(sorted, order, middle, end, pace);
  return { start, end, low, high, halves: [left, right] };
}

/** Moves rows between two places so that those before the middle have no larger keys than the others (Hoare). */
async function partition(
  order: Uint32Array,
  { start, end, middle }: { readonly start: number; readonly end: number; readonly middle: number },
  keyOf: (row: number) => number,
  pace: () => Promise<void>,
): Promise<void> {
  for (let [low, high] = [start, end - 1]; low < high;) {
    const pivot = keyOf(order[(low + high) >> 1]);
    let [i, j] = [low, high];
    while (i <= j) {
      await pace();
      for (let looks = 0; i <= j && looks < LOOKS; looks++) {
        if (keyOf(order[i]) < pivot) i++;
        else if (keyOf(order[j]) > pivot) j--;
        else [order[i++], order[j--]] = [order[j], order[i]];
      }
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

/** Finds the places of the nearest points of the point at a place, and their squared distances. */
type PlaceSearch = (place: number, k: number, most: number) => Promise<{
  readonly places: readonly number[];
  readonly squared: readonly number[];
}>;

function openPlaceSearch(
  { points, d, bounded }: SortedRows,
  root: Part,
  pace: () => Promise<void>,
): PlaceSearch {
  /** Leaves of which all rows are compared between two looks at the clock. */
  const atOnce = Math.max(1, Math.floor(LOOKS / (LEAF_ROWS * d)));
  /** Parts to be searched, the next one last, each if its squared distance is still below the limit. */
  const ahead: Part[] = [];
  const away: number[] = [];
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

  /** Searches parts until so many leaves have been compared; returns false if none is left. */
  function advance(leaves: number): boolean {
    while (ahead.length > 0) {
      const { start, end, halves } = ahead.pop()!;
      if (!(away.pop()! < limit)) continue;
      if (halves === null) {
        scan(start, end);
        if (--leaves === 0) return true;
        continue;
      }
      const [left, right] = halves;
      const [toLeft, toRight] = [outside(left), outside(right)];
      // The nearer one is searched first.
      if (toLeft <= toRight) {
        ahead.push(right, left);
        away.push(toRight, toLeft);
      } else {
        ahead.push(left, right);
        away.push(toLeft, toRight);
      }
    }
    return false;
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

  return async (place, k, most) => {
    await pace();
    [places, squared] = [[], []];
    [own, at, count, limit] = [place, place * d, k, most];
    ahead.length = away.length = 0;
    if (k > 0) {
      ahead.push(root);
      away.push(-1);
    }
    while (advance(atOnce)) await pace();
    return { places, squared };
  };
}
