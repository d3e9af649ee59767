// @ts-nocheck AssemblyScript
// Greedy k-means++: all draws in one job for data so small that the host would take longer to ask for each step
// than the step takes, else one by one, between which threads measure candidates.
import { nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { placeCentroid } from "./centroids.ts";
import { lowerRows, measureNarrowBlock, ROWS as NARROW_ROWS } from "./narrow_candidates.ts";
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
  for (f.chosenSoFar = 0; f.chosenSoFar < f.choices; f.chosenSoFar++) {
    drawNext();
    measureDrawn();
  }
  acceptBest();
}

/** Takes the best of the candidates that were measured, and draws the next ones unless it is the last; one block. */
export function drawCandidates(thread: i32, args: usize): void {
  f.loadDrawCandidates(args);
  if (nextBlock(thread) > 0) return;
  if (f.chosenSoFar < f.choices) drawNext();
  else acceptBest();
}

/** Chooses the rows of one of several starts, whose uniform numbers follow each other. */
export function chooseStart(start: i32): void {
  const each = <usize> (1 + (f.choices - 1) * f.k);
  f.uniforms += (<usize> start * each) << 3;
  chooseAll();
}

/** Draws candidates for the next choice, the same row for all of the first. */
function drawNext(): void {
  if (f.chosenSoFar > 0) {
    acceptBest();
    if (!(sumUp(f.closest) > 0)) sumUp(0);
  } else {
    for (let at: usize = 0; at < <usize> f.n << 3; at += 8) store<f64>(f.closest + at, Infinity);
    sumUp(0);
  }
  let uniform = f.uniforms + (<usize> max(0, 1 + (f.chosenSoFar - 1) * f.k) << 3);
  for (let j = 0; j < f.k; j++) {
    const row = drawRow(load<f64>(uniform));
    store<i32>(f.drawn + (<usize> j << 2), row);
    copyRow(row, j);
    if (f.chosenSoFar > 0) uniform += 8;
  }
  if (f.panels) placeDrawn();
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

/** Measures all rows against those drawn. */
function measureDrawn(): void {
  for (let b = 0; b < countBlocks(); b++) {
    if (f.panels) measureBlock(b, f.scratch);
    else measureNarrowBlock(b, f.scratch);
  }
}

// @ts-ignore: decorator
@inline
function countBlocks(): i32 {
  const rows = f.panels ? ROWS : NARROW_ROWS;
  return (f.n + rows - 1) / rows;
}

/** Takes the row, of those that were drawn and measured, that leaves the least potential. */
function acceptBest(): void {
  const blocks = countBlocks();
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
  const to = f.chosenRows + (<usize> (f.chosenSoFar - 1) << 2);
  store<i32>(to, load<i32>(f.drawn + (<usize> best << 2)));
  if (f.panels) lowerFrom(0, f.n, best);
  else lowerRows(0, f.n, best);
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
