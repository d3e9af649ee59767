// @ts-nocheck AssemblyScript
// The terms of each centroid in an assignment.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { forgetPeaks, hasLostDigits } from "./lost_digits.ts";
import { quantiseCentroid } from "./quantised.ts";
import { screenCentroid } from "./screen.ts";
import { fourDots32, squaredDistance32, subtractFour32 } from "./vectors32.ts";
import { dot64, moveSum64, squaredDistance64 } from "./vectors64.ts";

const UP: f32 = 1.0001;
const ROUNDING: f32 = 4e-6;

/**
 * Centres centroids, writes them in panels and in the basis, and measures the drift of their
 * residuals.
 */
export function placeCentroids(thread: i32, args: usize): void {
  f.loadPlaceCentroids(args);
  const centred = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let j = nextBlock(thread) * f.together; j < f.k; j = nextBlock(thread) * f.together) {
    for (let i = j; i < min(j + f.together, f.k); i++) placeCentroid(i, centred);
  }
}

/** Places centroids as `placeCentroids` does, those that are elsewhere than they were placed. */
export function placeChanged(thread: i32, args: usize): void {
  f.loadPlaceChanged(args);
  const centred = f.scratch + <usize> thread * <usize> f.scratchBytes;
  for (let j = nextBlock(thread) * f.together; j < f.k; j = nextBlock(thread) * f.together) {
    for (let i = j; i < min(j + f.together, f.k); i++) {
      if (isWhereItWas(i)) standStill(i);
      else placeCentroid(i, centred);
    }
  }
}

/** Gives the centroids that have moved columns; all of them, if most have. */
export function listMoved(thread: i32, args: usize): void {
  f.loadListMoved(args);
  let moved = 0;
  for (let j = 0; j < f.k; j++) moved += <i32> !isWhereItWas(j);
  const all = moved * 4 > f.k * 3;
  let column = 0;
  for (let j = 0; j < f.k; j++) {
    const isMoved = all || !isWhereItWas(j);
    store<i32>(f.moveColumns + (<usize> j << 2), isMoved ? column : -1);
    if (!isMoved) continue;
    store<i32>(f.movedCentroids + (<usize> column << 2), j);
    column++;
  }
  store<i32>(f.movedCentroids + (<usize> f.k << 2), column);
}

function isWhereItWas(j: i32): bool {
  const bytes = <usize> f.d << 3;
  const given = f.centroids + <usize> j * bytes;
  const former = f.former + <usize> j * bytes;
  for (let p: usize = 0; p < bytes; p += 8) {
    if (load<u64>(given + p) !== load<u64>(former + p)) return false;
  }
  return true;
}

/** Tells that a centroid is where it was placed. */
export function standStill(j: i32): void {
  store<f64>(f.facts + (<usize> j << 6), 0);
}

export function placeCentroid(j: i32, centred: usize): void {
  const bytes = <usize> f.d << 3;
  const given = f.centroids + <usize> j * bytes;
  centreCentroid(given, centred, bytes);
  const facts = f.facts + (<usize> j << 6);
  const former = f.former + <usize> j * bytes;
  store<f64>(facts, squaredDistance64(given, former, f.d) * f.scale * f.scale);
  store<f64>(facts, dot64(centred, centred, f.d), 8);
  store<f64>(facts, dot64(centred, f.mean, f.d), 16);
  store<f64>(facts, dot64(given, given, f.d), 40);
  if (f.screenPanels) screenCentroid(j, centred, centred + bytes);
  memory.copy(former, given, bytes);
  if (f.narrow) {
    fillTiles(j, centred);
    narrow(centred, f.narrow + <usize> j * (bytes >> 1), f.d);
  } else if (f.panels) fillPanel(f.panels, f.d, j, centred);
  if (f.quantised) store<f64>(facts, quantiseCentroid(j, centred, load<f64>(facts, 8)), 48);
  if (f.sketchSize > 0) placeInBasis(j, centred, bytes);
}

/** Writes a centroid minus the mean, scaled. */
// @ts-ignore: decorator
@inline
function centreCentroid(given: usize, to: usize, bytes: usize): void {
  const scale = f64x2.splat(f.scale);
  const mean = f.mean;
  let p: usize = 0;
  for (; p + 16 <= bytes; p += 16) {
    const difference = f64x2.sub(v128.load(given + p), v128.load(mean + p));
    v128.store(to + p, f64x2.mul(difference, scale));
  }
  if (p < bytes) store<f64>(to + p, (load<f64>(given + p) - load<f64>(mean + p)) * f.scale);
}

/**
 * Computes the coordinates of a centroid in the basis, and its residual. Both are in float32: the
 * coordinates used are those subtracted, so that the residual contains their rounding.
 */
function placeInBasis(j: i32, centred: usize, bytes: usize): void {
  const coordinates = centred + bytes;
  const narrowBytes = bytes >> 1;
  const list = f.kept;
  const mine = <usize> load<u32>(list + (<usize> (f.keptCount - 1) << 3), 4) +
    <usize> j * narrowBytes;
  narrow(centred, mine, f.d);
  for (let s = 0; s < f.sketchSize; s += 4) {
    fourDots32(mine, f.basis + <usize> s * narrowBytes, f.d, coordinates + (<usize> s << 3));
  }
  fillPanel(f.sketchPanels, f.sketchSize, j, coordinates);
  for (let s = 0; s < f.sketchSize; s += 4) {
    subtractFour32(mine, f.basis + <usize> s * narrowBytes, f.d, coordinates + (<usize> s << 3));
  }
  const length = <f32> sqrt(load<f64>(f.facts + (<usize> j << 6), 8));
  for (let r = 0; r < f.keptCount; r++) {
    const reference = load<u32>(list + (<usize> r << 3));
    const place = <usize> load<u32>(list + (<usize> r << 3), 4) + <usize> j * narrowBytes;
    const drift = sqrt(squaredDistance32(place, mine, f.d));
    // An upper bound: the sum was rounded, and so was each residual centroid.
    const rounded = length + drift;
    store<f32>(f.residualDrifts + <usize> (reference * f.width + j) * 4, drift * UP + rounded * ROUNDING);
  }
}

/** Converts float64 to float32. */
function narrow(from: usize, to: usize, length: i32): void {
  for (let p: usize = 0; p < <usize> length; p++) {
    store<f32>(to + (p << 2), <f32> load<f64>(from + (p << 3)));
  }
}

/** Fills column j of panels of 12 columns over `length` rows. */
function fillPanel(panels: usize, length: i32, j: i32, values: usize): void {
  const panel = j / 12;
  const columns = min(f.width - panel * 12, 12);
  let to = panels + <usize> panel * <usize> length * 48 + (<usize> (j - panel * 12) << 2);
  for (let p: usize = 0; p < <usize> length; p++) {
    store<f32>(to, <f32> load<f64>(values + (p << 3)));
    to += <usize> columns << 2;
  }
}

/** Fills column j of the panels of 8 columns that `tiledProducts` reads. */
function fillTiles(j: i32, values: usize): void {
  const panel = <usize> (j >> 3) * (<usize> ((f.d + 3) & ~3) << 5);
  let to = f.panels + panel + (<usize> (j & 7) << 2);
  for (let p: usize = 0; p < <usize> f.d; p++, to += 32) {
    store<f32>(to, <f32> load<f64>(values + (p << 3)));
  }
}

/**
 * Adds the changes in the partitions to the sums of clusters, but empties and marks those that have lost digits.
 * A block is one centroid.
 */
export function totalClusters(thread: i32, args: usize): void {
  f.loadTotalClusters(args);
  for (let j = nextBlock(thread); j < f.k; j = nextBlock(thread)) totalCluster(j);
}

export function totalCluster(j: i32): void {
  const bytes = <usize> f.d << 3;
  const sum = f.sums + <usize> j * bytes;
  const count = f.counts + (<usize> j << 3);
  let rows = 0;
  let isDirty = false;
  for (let p = 0; p < f.partitions; p++) {
    const cluster = <usize> (p * f.places + j);
    rows += load<i32>(f.members + (cluster << 2));
    if (!load<i32>(f.dirty + (cluster << 2))) continue;
    store<i32>(f.dirty + (cluster << 2), 0);
    isDirty = true;
    moveSum64(sum, f.partialSums + cluster * bytes, f.d);
    const partCount = f.partialCounts + (cluster << 3);
    store<f64>(count, load<f64>(count) + load<f64>(partCount));
    store<f64>(partCount, 0);
  }
  const again = f.again + (<usize> j << 2);
  // What has just been added up from its rows has lost nothing.
  const lost = isDirty && rows > 0 && f.watch && !load<i32>(again) && hasLostDigits(j);
  if (rows === 0 || lost) {
    // Exactly 0, whatever the rounding of rows that came and went has left.
    memory.fill(sum, 0, bytes);
    store<f64>(count, 0);
    forgetPeaks(j);
  }
  store<i32>(again, lost ? 1 : 0);
  crossTerms(j, f.centroids + <usize> j * bytes, sum);
}

/** Computes two terms of the inertia: (c − origin) · (sum − count · origin) and |c − origin|². */
export function crossTerms(j: i32, centroid: usize, sum: usize): void {
  const count = load<f64>(f.counts + (<usize> j << 3));
  let cross: f64 = 0;
  let square: f64 = 0;
  for (let p: usize = 0; p < <usize> f.d << 3; p += 8) {
    const origin = load<f64>(f.origin + p);
    const c = load<f64>(centroid + p) - origin;
    cross += c * (load<f64>(sum + p) - count * origin);
    square += c * c;
  }
  store<f64>(f.facts + (<usize> j << 6), cross, 24);
  store<f64>(f.facts + (<usize> j << 6), square, 32);
}
