// @ts-nocheck AssemblyScript
// What the jobs of a mixture are given, and how a thread's scratch is laid out.
import { argument } from "../shared/job.ts";

/** Rows whose responsibilities are kept until their moments are taken. */
export const CHUNK: i32 = 512;
/**
 * Bytes from one component to the next of a chunk's responsibilities, which are float64; not a power of two, else
 * all components of a row would fall on one set of the first-level cache.
 */
export const CHUNK_BYTES: usize = 4160;
/** Bytes from one component to the next of a chunk's bounds, which are float32. */
export const BOUNDS_BYTES: usize = 2048;
/** Rows that are gathered before their products are added up. */
export const GATHERED: i32 = 128;
/** Rows whose squares are added up together: few enough that rows of a thousand columns stay in the caches. */
export const SQUARED: i32 = 32;

/** Rows, n × d. */
export function rowsAt(args: usize): usize {
  return argument<usize>(args, 0);
}
export function rowCount(args: usize): i32 {
  return argument<i32>(args, 1);
}
export function columnCount(args: usize): i32 {
  return argument<i32>(args, 2);
}
/** Returns true if rows are float64, false if they are float32. */
export function isWide(args: usize): bool {
  return argument<i32>(args, 3) !== 0;
}
export function componentCount(args: usize): i32 {
  return argument<i32>(args, 4);
}
/** Returns true if precision factors are triangles, false if they are diagonals. */
export function hasTriangles(args: usize): bool {
  return argument<i32>(args, 5) !== 0;
}
/** Logarithms of weight × normalising constant. */
export function constantsAt(args: usize): usize {
  return argument<usize>(args, 6);
}
/** Means, k × d. */
export function meansAt(args: usize): usize {
  return argument<usize>(args, 7);
}
export function factorsAt(args: usize): usize {
  return argument<usize>(args, 8);
}
/** Bytes from a component's factor to the next one's; 0 where they share it. */
export function factorBytes(args: usize): usize {
  return argument<usize>(args, 9);
}
/** Points that moments are taken about, k × d. */
export function aboutAt(args: usize): usize {
  return argument<usize>(args, 10);
}
/** The output of the job. */
export function outputAt(args: usize): usize {
  return argument<usize>(args, 11);
}
/** A region of float64 sums each; as many as there are blocks in the job. */
export function slotCount(args: usize): i32 {
  return argument<i32>(args, 14);
}
export function slotBytes(args: usize): usize {
  return argument<usize>(args, 15);
}

/**
 * Lower bounds of whitened lengths from the pass before, chunk by chunk and component by component;
 * 0 where none are kept.
 */
export function boundsAt(args: usize): usize {
  return argument<usize>(args, 16);
}
/** Returns true if the bounds come from an earlier pass. */
export function boundsKnown(args: usize): bool {
  return argument<i32>(args, 17) !== 0;
}
/** The component that explained each row best in the pass before, followed by its whitened length. */
export function bestAt(args: usize): usize {
  return argument<usize>(args, 18);
}
/** The distance that each component moved, then the factors that lower and upper bounds shrink and grow by. */
export function movesAt(args: usize): usize {
  return argument<usize>(args, 19);
}

/** Responsibilities that are given, row by row, as numbers of `givenBytes`. */
export function givenAt(args: usize): usize {
  return argument<usize>(args, 20);
}
/** Densities of at most e to this of the largest are taken as 0. */
export function leastExponent(args: usize): f64 {
  return argument<f64>(args, 21);
}

/**
 * Means and factors in float32, component by component: four means, then four factors, zeros after the last; 0 where
 * no float32 lengths are to be computed first.
 */
export function screensAt(args: usize): usize {
  return argument<usize>(args, 22);
}
/** The rounding of float32 lengths, as moves. */
export function roundingsAt(args: usize): usize {
  return argument<usize>(args, 23);
}

/** Bytes of a given responsibility: 8 for float64, 4 for float32, 1 for a whole number. */
export function givenBytes(args: usize): i32 {
  return argument<i32>(args, 24);
}

/** Bytes from row to row. */
export function rowBytes(args: usize): usize {
  return <usize> columnCount(args) << (isWide(args) ? 3 : 2);
}
/** Numbers from row to row of gathered rows and of their products: d and a 1, up to a multiple of 4. */
export function strideOf(args: usize): i32 {
  return (columnCount(args) + 4) & ~3;
}

/** Tiles of eight rows, and bands of the moments of parts of rows, per chunk and component. */
const TILES: i32 = 64;
const PARTS: i32 = 64;
/** Bands of a matrix of moments, which take as long each. */
export const BANDS: i32 = 4;
/** From so many columns on, a component of a chunk may take milliseconds. */
const LONG_COLUMNS: i32 = 64;
/** Beyond so many columns, parts have fewer rows, else one would take longer than the caller may stay. */
const MOST_GATHERED_COLUMNS: i32 = 1536;

/** Returns true if threads can leave a chunk between its units of work, which are numbered. */
// @ts-ignore: decorator
@inline
export function isLong(args: usize): bool {
  return hasTriangles(args) && columnCount(args) >= LONG_COLUMNS;
}
/** Units of work of a chunk before its moments are taken: tiles of rows for each component. */
export function expectationUnits(args: usize): i32 {
  return isLong(args) ? componentCount(args) * TILES : 1;
}
/** Units of work of a chunk: then bands of moments for each part of rows and component. */
export function unitsOf(args: usize): i32 {
  return isLong(args) ? componentCount(args) * (TILES + PARTS) : 1;
}
// @ts-ignore: decorator
@inline
export function expectationUnit(component: i32, row: i32): i32 {
  return component * TILES + (row >> 3);
}
// @ts-ignore: decorator
@inline
export function momentsUnit(component: i32, part: i32): i32 {
  return component * PARTS + part;
}
/** Rows of a part. */
export function partRows(args: usize): i32 {
  if (!hasTriangles(args)) return SQUARED;
  return columnCount(args) > MOST_GATHERED_COLUMNS ? GATHERED >> 2 : GATHERED;
}

export function scratchOf(thread: i32, args: usize): usize {
  return argument<usize>(args, 12) + <usize> thread * argument<usize>(args, 13);
}
/** log p(x) of a chunk. */
export function densitiesIn(scratch: usize): usize {
  return scratch;
}
/** The indices of a chunk's rows that matter to a component. */
export function listIn(scratch: usize): usize {
  return scratch + CHUNK_BYTES;
}
/** The least log-density at which a component is computed, for the rows of a chunk; float32. */
export function thresholdsIn(scratch: usize): usize {
  return listIn(scratch) + 4 * CHUNK;
}
/** The number of rows that a component's moments are taken of, for whoever comes back to them. */
export function listedIn(scratch: usize): usize {
  return listIn(scratch) + 8 * CHUNK;
}
/** The numbers that turn what is stored of a chunk's rows into responsibilities. */
export function scalesIn(scratch: usize): usize {
  return listIn(scratch) + CHUNK_BYTES;
}
/** Responsibilities of a chunk, component by component, before they are scaled. */
export function responsibilitiesIn(scratch: usize): usize {
  return scalesIn(scratch) + CHUNK_BYTES;
}
/** Rows less a mean: transposed while responsibilities are computed, gathered while moments are taken. */
export function workIn(scratch: usize, args: usize): usize {
  return responsibilitiesIn(scratch) + <usize> componentCount(args) * CHUNK_BYTES;
}
/** Lengths of a chunk in float32, component by component; see screen.ts. */
export function screenedIn(scratch: usize, args: usize): usize {
  return workIn(scratch, args) + 64;
}
