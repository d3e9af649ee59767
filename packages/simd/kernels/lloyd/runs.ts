// @ts-nocheck AssemblyScript
// Lloyd's algorithm from a start to its end, for data so small that the host would take longer to ask for each
// step than the step takes. Every run is one block, done by one thread in a room of its own: labels and sums are
// those of `LloydClusters`, step by step, and so are their bits.
import { blockStart, leavesBlock, nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { assignRows } from "./assign.ts";
import { chooseStart, copyRow } from "./choose_rows.ts";
import { placeCentroid, totalCluster } from "./centroids.ts";
import { measureRows } from "./distances.ts";
import { forgetPeaks } from "./lost_digits.ts";
import { boundErrors, LONGEST, placeScores, splatCentroids } from "./placed.ts";
import { sumRowsAgain } from "./sum_again.ts";
import { setSink } from "./touch.ts";

/** Rounding of paths, by the length of centroids, see `LloydClusters`. */
const PATHS: f64 = 1.9073486328125e-6;
/** See `inertia_of_sums.ts`. */
const CANCELLED: f64 = 1e-6;
const ROUNDED: f64 = 1e-7;
/** Largest number of values for which the inertia is summed row by row at each step. */
const SMALL: i32 = 2048;

/** State of a run between two steps: the caller may leave it there, to come back. */
let isSettled: bool = false;
let largestShift: f64 = 0;
let longestSoFar: f64 = 0;
/** See `LostDigits`. */
let watch: i32 = 0;
let found: i32 = 0;
/** Of the last step: number of labels that changed, and the inertia. */
let changed: i32 = 0;
let inertia: f64 = 0;

export function makeRuns(thread: i32, args: usize): void {
  f.loadMakeRuns(args);
  loadRoom(thread);
  setSink(f.scratch + <usize> f.scratchBytes - 64);
  for (let run = nextBlock(thread); run < f.runs; run = nextBlock(thread)) makeRun(thread, run);
}

function loadRoom(thread: i32): void {
  f.loadRunRoom(f.rooms + <usize> thread * <usize> f.roomBytes);
}

/** Makes a run; all of them end where one is left to the host. */
export function makeRun(thread: i32, run: i32): void {
  const first = blockStart(thread, run, 0);
  if (first === 0) beginRun(thread, run);
  for (let made = first; !atomic.load<i32>(f.abandoned); made++) {
    // A thread that comes back is to do something.
    if (made > first && leavesBlock(thread, run, made)) return;
    const isLast = isSettled || made === f.mostIterations;
    if ((made === f.mostKept && !isLast) || !makeStep(made)) break;
    if (isLast) return keepIfBest(run, made, isSettled);
    store<f64>(f.history + (<usize> made << 3), inertia);
    if (changed === 0) return keepIfBest(run, made + 1, true);
    if (made === 0 && f.tolerance > 0) {
      largestShift = f.tolerance * (f.variance >= 0 ? f.variance : varianceOfStep());
    }
    const shift = moveToMeansOfAll();
    if (shift < 0) break;
    isSettled = shift <= largestShift;
  }
  atomic.store<i32>(f.abandoned, 1);
}

function beginRun(thread: i32, run: i32): void {
  placeStart(thread, run);
  const numbers = <usize> (f.k * f.d);
  const clusters = <usize> (f.partitions * f.places);
  memory.fill(f.sums, 0, numbers << 3);
  memory.fill(f.counts, 0, <usize> f.k << 3);
  memory.fill(f.members, 0, clusters << 2);
  memory.fill(f.dirty, 0, clusters << 2);
  memory.fill(f.partialCounts, 0, clusters << 3);
  memory.fill(f.partialSums, 0, (clusters * <usize> f.d) << 3);
  memory.fill(f.totalDrift, 0, <usize> f.k << 2);
  memory.fill(f.travelled, 0, <usize> f.k << 3);
  watch = 0;
  found = 0;
  isSettled = false;
  largestShift = 0;
  longestSoFar = 0;
}

/** Copies the start of a run, or chooses it. */
function placeStart(thread: i32, run: i32): void {
  if (f.starts) {
    memory.copy(f.centroids, f.starts + <usize> run * place(f.k), place(f.k));
    return;
  }
  // Candidates have a place of their own.
  f.loadChooseRows(f.choiceRooms + <usize> thread * <usize> f.choiceRoomBytes);
  chooseStart(run);
  loadRoom(thread);
  for (let j = 0; j < f.k; j++) copyRow(load<i32>(f.chosenRows + (<usize> j << 2)), j);
}

/** Makes a step, as `LloydClusters.step` does; returns false where the host has to decide. */
function makeStep(made: i32): bool {
  const isFirst = made === 0;
  if (!placeAll()) return false;
  f.fresh = isFirst ? 1 : 0;
  f.voidBounds = isFirst ? 2 : 0;
  f.watch = watch;
  f.largestDrift = isFirst ? 0 : travel();
  changed = 0;
  for (let p = 0; p < f.partitions; p++) {
    const start = p * f.partitionRows;
    changed += assignRows(p, start, min(start + f.partitionRows, f.n), f.scratch);
  }
  totalAll();
  inertia = inertiaOfAll();
  return true;
}

/** Adds up the sums of clusters, as `LloydClusters` does. */
function totalAll(): void {
  for (let j = 0; j < f.k; j++) totalCluster(j);
  if (watch === 0) watch = f.farthest > 0 ? 1 : 0;
  const marked = countMarked();
  found += marked;
  if (watch === 1 && found > f.k) {
    watch = f.watch = 2;
    memory.fill(f.sums, 0, place(f.k));
    memory.fill(f.counts, 0, <usize> f.k << 3);
    for (let j = 0; j < f.k; j++) {
      forgetPeaks(j);
      store<i32>(f.again + (<usize> j << 2), 1);
    }
  } else if (marked === 0) return;
  for (let p = 0; p < f.partitions; p++) {
    const start = p * f.partitionRows;
    sumRowsAgain(p, start, min(start + f.partitionRows, f.n));
  }
  for (let j = 0; j < f.k; j++) totalCluster(j);
}

function countMarked(): i32 {
  let marked = 0;
  for (let j = 0; j < f.k; j++) marked += load<i32>(f.again + (<usize> j << 2));
  return marked;
}

/** Places centroids, as `CentroidPlace.place` does; returns false if two are equal, or float32 cannot hold them. */
function placeAll(): bool {
  for (let j = 0; j < f.k; j++) placeCentroid(j, f.scratch);
  const longest = placeScores();
  if (!(longest < LONGEST)) return false;
  for (let j = 1; j < f.k; j++) {
    for (let i = 0; i < j; i++) if (fact(i, 8) === fact(j, 8)) return false;
  }
  if (f.splats) splatCentroids();
  boundErrors(longest);
  longestSoFar = max(longestSoFar, longest);
  f.slope = <f32> (f.slopeByLength * longestSoFar + PATHS * longestSoFar);
  return true;
}

// @ts-ignore: decorator
@inline
function fact(j: i32, at: usize): f64 {
  return load<f64>(f.facts + (<usize> j << 6) + at);
}

/** Adds the drift of centroids in this step to their total drift; returns the largest. */
function travel(): f32 {
  let first: f64 = 0;
  let second: f64 = 0;
  for (let j = 0; j < f.k; j++) {
    const way = sqrt(fact(j, 0));
    if (way > first) {
      second = first;
      first = way;
    } else if (way > second) second = way;
  }
  let largest: f32 = 0;
  for (let j = 0; j < f.k; j++) {
    const way = sqrt(fact(j, 0));
    const at = f.travelled + (<usize> j << 3);
    const total = load<f64>(at) + (way + (way === first ? second : first)) * (1 + 1e-9);
    store<f64>(at, total);
    const drift = <f32> (total * (1 + 1e-6));
    store<f32>(f.totalDrift + (<usize> j << 2), drift);
    largest = max(largest, drift);
  }
  return largest;
}

/** Returns the inertia, as `LloydClusters` does. */
function inertiaOfAll(): f64 {
  if (f.n * f.d > SMALL) {
    let cross: f64 = 0;
    let own: f64 = 0;
    let count: f64 = 0;
    for (let j = 0; j < f.k; j++) {
      const weight = load<f64>(f.counts + (<usize> j << 3));
      cross += fact(j, 24);
      own += weight * fact(j, 32);
      count += weight;
    }
    const total = f.totalSquares - 2 * cross + own;
    const lost = max(CANCELLED * (f.totalSquares + own), ROUNDED * f.originLength * sqrt(count * own));
    if (total > lost) return total;
  }
  measureRows(0, f.n);
  let total: f64 = 0;
  for (let at: usize = 0; at < <usize> f.n << 3; at += 8) {
    const distance = load<f64>(f.distances + at);
    total += f.weights ? load<f64>(f.weights + at) * distance : distance;
  }
  return total;
}

/** Returns the mean variance of the columns, as `varianceOfStep` of `@mixtape/clustering` does. */
function varianceOfStep(): f64 {
  let n: f64 = 0;
  for (let j = 0; j < f.k; j++) n += load<f64>(f.counts + (<usize> j << 3));
  let total = inertia;
  for (let p: usize = 0; p < <usize> f.d << 3; p += 8) {
    let mean: f64 = 0;
    for (let j = 0; j < f.k; j++) mean += load<f64>(f.sums + place(j) + p) / n;
    store<f64>(f.columnMeans + p, mean);
  }
  for (let j = 0; j < f.k; j++) {
    const count = load<f64>(f.counts + (<usize> j << 3));
    for (let p: usize = 0; p < <usize> f.d << 3; p += 8) {
      const c = load<f64>(f.centroids + place(j) + p);
      const apart = c - load<f64>(f.columnMeans + p);
      total += apart * (2 * (load<f64>(f.sums + place(j) + p) - count * c) + count * apart);
    }
  }
  return max(0, total) / (n * <f64> f.d);
}

/** Bytes before the numbers of a cluster. */
// @ts-ignore: decorator
@inline
function place(j: i32): usize {
  return <usize> (j * f.d) << 3;
}

/** Moves centroids to the means of their rows; returns how far, squared, or −1 where a cluster has none. */
function moveToMeansOfAll(): f64 {
  for (let j = 0; j < f.k; j++) if (load<f64>(f.counts + (<usize> j << 3)) === 0) return -1;
  let shift: f64 = 0;
  let at: usize = 0;
  for (let j = 0; j < f.k; j++) {
    const count = load<f64>(f.counts + (<usize> j << 3));
    for (let end = at + (<usize> f.d << 3); at < end; at += 8) {
      const to = load<f64>(f.sums + at) / count;
      const way = to - load<f64>(f.centroids + at);
      store<f64>(f.centroids + at, to);
      shift += way * way;
    }
  }
  return shift;
}

/** Keeps the outcome of a run that is better than all before it in this room. */
function keepIfBest(run: i32, iterations: i32, isConverged: bool): void {
  const outcome = f.outcome;
  if (load<f64>(outcome) >= 0 && !(inertia < load<f64>(outcome, 8))) return;
  store<f64>(outcome, <f64> run);
  store<f64>(outcome, inertia, 8);
  store<f64>(outcome, <f64> iterations, 16);
  store<f64>(outcome, isConverged ? 1 : 0, 24);
  memory.copy(f.bestCentroids, f.centroids, place(f.k));
  memory.copy(f.bestLabels, f.labels, <usize> f.n << 2);
  memory.copy(f.bestHistory, f.history, <usize> iterations << 3);
}
