// @ts-nocheck AssemblyScript
// The distance of each query to its k-th nearest point, from scores that bound all distances: nearer is
// higher. A block of queries is scored against some points at a time by a product on packed panels, as in
// matmul.ts, and each query goes over its scores while they are in the cache: points whose score does not
// rule them out are measured in float64.
import { argument, nextBlock } from "./shared/job.ts";
import { tile } from "./generated/score_tile.ts";
import {
  begin,
  isFarther,
  kthDistance,
  listPoint,
  listPoints,
  measure,
  measureListed,
  replaceLargest,
  squaredDistance,
} from "./neighbors/nearest.ts";
import { NR, PANEL_END, packPoints } from "./neighbors/pack_points.ts";
import * as quantised from "./shared/quantise.ts";
import { packRows } from "./shared/pack.ts";

export { isFarther, listPoint, listPoints, measure, measureListed, packPoints, replaceLargest, squaredDistance, tile };

/** Rows of a tile. */
const MR: i32 = 5;
/** Bytes of the term and unit of a query. */
const QUERY_END: usize = 8;

/**
 * Computes squared distances, some queries per block. Arguments: panels of the points, factor of the
 * queries [rows, width], queries [rows, d] in float64, points [n, d] in float32, distances, rows, d, n, k,
 * length of a list, columns of a part and of all panels (all multiples of 16), bound on the rounding of
 * scores, width, queries per block (a multiple of 5), scratch, scratch bytes per thread, centre, columns
 * that are multiplied, those as float32, the length of a query that the terms of points allow for, and the
 * largest error of a point's integers, the largest length of what they count, and of a point, bytes of a
 * search, and the largest length of the coordinates that are left out of factors. In the scratch are the
 * searches of nearest.ts, the integers and numbers of the queries, both packed, their terms and units, and
 * scores [queries per block, columns of a part].
 */
export function kthDistances(thread: i32, args: usize): void {
  const rows = argument<i32>(args, 5);
  const blockRows = argument<i32>(args, 14);
  const scratch = argument<usize>(args, 15) + <usize> thread * argument<usize>(args, 16);
  for (let start = nextBlock(thread) * blockRows; start < rows; start = nextBlock(thread) * blockRows) {
    searchBlock(args, start, min(blockRows, rows - start), scratch);
  }
}

export function searchBlock(args: usize, start: i32, rows: i32, searches: usize): void {
  const part = argument<i32>(args, 10);
  const columns = argument<i32>(args, 11);
  const blockRows = <usize> argument<i32>(args, 14);
  const floats = argument<i32>(args, 19);
  const searchBytes = argument<usize>(args, 24);
  const groups = (argument<i32>(args, 18) - floats + 15) >> 4;
  const panelBytes = (<usize> groups << 7) + (<usize> floats << 5) + PANEL_END;
  const integers = searches + blockRows * searchBytes;
  const numbers = integers + blockRows * (<usize> groups << 4);
  const ends = numbers + blockRows * (<usize> floats << 2);
  const scores = ends + blockRows * QUERY_END;
  const rowBytes = <usize> part << 2;
  packQueries(args, start, rows, groups, searches, integers, numbers, ends, scores);
  const queryBytes = <usize> argument<i32>(args, 6) << 3;
  const queries = argument<usize>(args, 2) + <usize> start * queryBytes;
  let panels = argument<usize>(args, 0);
  for (let first = 0; first < columns; first += part) {
    const count = min(part, columns - first);
    for (let column = 0; column < count; column += NR, panels += panelBytes) {
      const to = scores + (<usize> column << 2);
      scorePanel(integers, numbers, panels, groups, floats >> 2, ends, to, rowBytes, rows);
    }
    for (let row: usize = 0; row < <usize> rows; row++) {
      const search = searches + row * searchBytes;
      listPoints(args, search, queries + row * queryBytes, scores + row * rowBytes, first, count);
    }
  }
  const output = argument<usize>(args, 4) + (<usize> start << 3);
  for (let row: usize = 0; row < <usize> rows; row++) {
    const search = searches + row * searchBytes;
    measureListed(args, search, queries + row * queryBytes);
    store<f64>(output + (row << 3), kthDistance(search));
  }
}

/**
 * Packs some queries, and begins their searches.
 *
 * @param scratch Memory for all numbers and integers of the queries.
 */
export function packQueries(
  args: usize,
  start: i32,
  rows: i32,
  groups: i32,
  searches: usize,
  integers: usize,
  numbers: usize,
  ends: usize,
  scratch: usize,
): void {
  const width = <usize> argument<i32>(args, 13) << 2;
  const centre = argument<usize>(args, 17);
  const columns = argument<i32>(args, 18);
  const floats = argument<i32>(args, 19);
  const bytes = <usize> groups << 4;
  const numberBytes = (bytes + <usize> floats) << 2;
  const own = scratch + <usize> rows * numberBytes;
  let factor = argument<usize>(args, 1) + <usize> start * width;
  for (let row: usize = 0; row < <usize> rows; row++, factor += width) {
    const to = scratch + row * numberBytes;
    quantised.quantiseQuery(factor, centre, columns, floats, to, own + row * bytes);
    store<i32>(ends + row * QUERY_END, quantised.correction());
    store<f32>(ends + row * QUERY_END, quantised.unit, 4);
    const leftOut = load<f32>(factor + (<usize> (columns - 1) << 2));
    beginSearch(args, searches + row * argument<usize>(args, 24), factor, leftOut);
  }
  packRows(own, bytes, integers, groups << 2, rows);
  packRows(scratch, numberBytes, numbers, floats, rows);
}

/**
 * Begins the search of the last query, whose scores may be too low by a bound, and too high by another.
 * Where coordinates are left out, the length of those of the query is `leftOut`: in squares, scores take the
 * difference of such lengths for the distance, which may be their sum.
 */
// @ts-ignore: decorator
@inline
function beginSearch(args: usize, search: usize, factor: usize, leftOut: f32): void {
  const length = <f64> quantised.length;
  const allowed = argument<f64>(args, 20);
  const error = argument<f64>(args, 21);
  const most = sqrt(<f64> quantised.square) + argument<f64>(args, 23);
  const ofQuery = <f64> quantised.error * (argument<f64>(args, 22) + error) +
    argument<f64>(args, 12) * (2 + most * most);
  const low = max(length - allowed, 0) * error + ofQuery;
  const ofLengths = 2.0001 * <f64> leftOut * argument<f64>(args, 25);
  const high = (length + allowed) * error + ofQuery + ofLengths;
  begin(search, factor, argument<i32>(args, 8), <f64> quantised.square / 2 - low, low + high);
}

/** Scores the queries of a block against 8 points, which stay in the first-level cache. */
export function scorePanel(
  integers: usize,
  numbers: usize,
  panel: usize,
  groups: i32,
  floatGroups: i32,
  ends: usize,
  scores: usize,
  rowBytes: usize,
  rows: i32,
): void {
  for (let row = 0; row < rows; row += MR) {
    tile(integers, numbers, panel, groups, floatGroups, ends, scores, rowBytes);
    integers += <usize> groups * (MR * 16);
    numbers += <usize> floatGroups * (MR * 16);
    scores += MR * rowBytes;
    ends += MR * QUERY_END;
  }
}
