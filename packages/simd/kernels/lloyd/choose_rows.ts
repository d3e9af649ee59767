// @ts-nocheck AssemblyScript
// Greedy k-means++ from its first draw to its last, for data so small that the host would take longer to
// ask for each step than the step takes.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { placeCentroid } from "./centroids.ts";
import { lowerRows, measureNarrowBlock } from "./narrow_candidates.ts";
import { placeScores } from "./placed.ts";
import { lowerFrom, measureBlock, ROWS } from "./plus_plus.ts";

/**
 * Chooses `choices` rows, given the numbers that decide each draw: one for the first row, then `k` for
 * the candidates of each further one. All of it is one block.
 */
export function chooseRows(thread: i32, args: usize): void {
  f.loadChooseRows(args);
  for (let b = nextBlock(thread); b < 1; b = nextBlock(thread)) chooseAll();
}

export function chooseAll(): void {
  let uniform = f.uniforms;
  for (let at: usize = 0; at < <usize> f.n << 3; at += 8) store<f64>(f.closest + at, Infinity);
  sumUp(0);
  const first = drawRow(load<f64>(uniform));
  for (let j = 0; j < f.k; j++) store<i32>(f.drawn + (<usize> j << 2), first);
  accept(0, measureDrawn());
  for (let c = 1; c < f.choices; c++) {
    if (!(sumUp(f.closest) > 0)) sumUp(0);
    for (let j = 0; j < f.k; j++) {
      uniform += 8;
      store<i32>(f.drawn + (<usize> j << 2), drawRow(load<f64>(uniform)));
    }
    accept(c, measureDrawn());
  }
}

/** Chooses the rows of one of several starts, whose uniform numbers follow each other. */
export function chooseStart(start: i32): void {
  const each = <usize> (1 + (f.choices - 1) * f.k);
  f.uniforms += (<usize> start * each) << 3;
  chooseAll();
}

/** Writes running sums of numbers, or of ones; returns the last. */
export function sumUp(numbers: usize): f64 {
  let total: f64 = 0;
  for (let at: usize = 0; at < <usize> f.n << 3; at += 8) {
    total += numbers ? load<f64>(numbers + at) : 1;
    store<f64>(f.cumulative + at, total);
  }
  return total;
}

/** Returns the first row whose running sum exceeds this share of the last one. */
export function drawRow(share: f64): i32 {
  let low = 0;
  let high = f.n - 1;
  const value = share * load<f64>(f.cumulative + (<usize> high << 3));
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<f64>(f.cumulative + (<usize> middle << 3)) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Measures all rows against those drawn; returns the place of the one that leaves the least potential. */
function measureDrawn(): i32 {
  for (let j = 0; j < f.k; j++) copyRow(load<i32>(f.drawn + (<usize> j << 2)), j);
  if (f.panels) placeDrawn();
  const blocks = (f.n + ROWS - 1) / ROWS;
  for (let b = 0; b < blocks; b++) {
    if (f.panels) measureBlock(b, f.scratch);
    else measureNarrowBlock(b, f.scratch);
  }
  const columns = f.panels ? f.width : f.k;
  let best = 0;
  let least: f64 = 0;
  for (let j = 0; j < f.k; j++) {
    let potential: f64 = 0;
    for (let b = 0; b < blocks; b++) {
      potential += load<f64>(f.potentials + (<usize> (b * columns + j) << 3));
    }
    if (j > 0 && !(potential < least)) continue;
    least = potential;
    best = j;
  }
  return best;
}

/** Takes a row that was drawn as choice `c`. */
function accept(c: i32, place: i32): void {
  store<i32>(f.chosenRows + (<usize> c << 2), load<i32>(f.drawn + (<usize> place << 2)));
  if (f.panels) lowerFrom(0, f.n, place);
  else lowerRows(0, f.n, place);
}

/** Copies the numbers of a row as given to centroid `j`. */
export function copyRow(i: i32, j: i32): void {
  const from = f.original + <usize> i * (<usize> f.d << (2 + f.originalWide));
  const to = f.centroids + <usize> j * (<usize> f.d << 3);
  for (let p: usize = 0; p < <usize> f.d; p++) {
    store<f64>(to + (p << 3), f.originalWide ? load<f64>(from + (p << 3)) : <f64> load<f32>(from + (p << 2)));
  }
}

/** Centres the candidates. */
export function placeDrawn(): void {
  for (let j = 0; j < f.k; j++) placeCentroid(j, f.scratch);
  placeScores();
}
