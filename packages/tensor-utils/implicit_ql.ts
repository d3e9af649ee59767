import type { Sweep, Tridiagonal } from "@mixtape/operations";

/**
 * Below this times the machine epsilon, numbers beside the diagonal are taken as 0: far less than the rounding of the
 * largest, while the cosine and sine of a rotation of numbers below 1e-308 would not be those of one angle.
 */
const LEAST = 2 ** -900;

/**
 * Runs QL iterations with implicit shifts, yielding after each, until the diagonal holds the
 * eigenvalues.
 *
 * @param matrix A tridiagonal matrix, changed in place.
 * @returns The sweeps in their order; the first rows never decrease.
 * @throws {RangeError} If they do not converge.
 */
export function* diagonalise(
  { diagonal, off }: Tridiagonal,
): Generator<void, Sweep[], void> {
  const d = diagonal.length;
  off.copyWithin(0, 1);
  off[d - 1] = 0;
  const sweeps: Sweep[] = [];
  let shift = 0;
  let largest = LEAST;
  for (let l = 0; l < d; l++) {
    largest = Math.max(largest, Math.abs(diagonal[l]) + Math.abs(off[l]));
    let m = l;
    while (m < d - 1 && Math.abs(off[m]) > Number.EPSILON * largest) m++;
    for (let sweep = 0; m > l && Math.abs(off[l]) > Number.EPSILON * largest; sweep++) {
      if (!(sweep < 60)) {
        throw new RangeError(
          "Cannot decompose the matrix: 60 sweeps did not converge, a symmetric matrix is needed",
        );
      }
      const turns = new Float64Array(2 * (m - l));
      shift += eliminate(diagonal, off, l, turns);
      sweeps.push({ first: l, turns });
      yield;
    }
    diagonal[l] += shift;
    off[l] = 0;
  }
  return sweeps;
}

/**
 * Performs one implicit QL sweep over the rows from l on, as many as there are turns; returns the
 * shift that was subtracted from the diagonal.
 */
function eliminate(
  diagonal: Float64Array,
  off: Float64Array,
  l: number,
  turns: Float64Array,
): number {
  const d = diagonal.length;
  const m = l + turns.length / 2;
  const before = diagonal[l];
  let p = (diagonal[l + 1] - before) / (2 * off[l]);
  const r = p < 0 ? -lengthOf(p, 1) : lengthOf(p, 1);
  diagonal[l] = off[l] / (p + r);
  diagonal[l + 1] = off[l] * (p + r);
  const next = diagonal[l + 1];
  const shift = before - diagonal[l];
  for (let i = l + 2; i < d; i++) diagonal[i] -= shift;
  p = diagonal[m];
  let c = 1, c2 = 1, c3 = 1, s = 0, s2 = 0;
  const offNext = off[l + 1];
  for (let i = m - 1; i >= l; i--) {
    c3 = c2;
    c2 = c;
    s2 = s;
    const g = c * off[i];
    const h = c * p;
    const length = lengthOf(p, off[i]);
    off[i + 1] = s * length;
    s = off[i] / length;
    c = p / length;
    p = c * diagonal[i] - s * g;
    diagonal[i + 1] = h + s * (c * g + s * diagonal[i]);
    turns[2 * (i - l)] = c;
    turns[2 * (i - l) + 1] = s;
  }
  p = -s * s2 * c3 * offNext * off[l] / next;
  off[l] = s * p;
  diagonal[l] = c * p;
  return shift;
}

/** Length of a vector: by its square where that has all its digits, as `hypot` takes several times as long. */
function lengthOf(a: number, b: number): number {
  const square = a * a + b * b;
  return square > 1e-280 && square < 1e280 ? Math.sqrt(square) : Math.hypot(a, b);
}

/**
 * Turns vectors of the diagonal matrix into those of the tridiagonal one.
 *
 * @param four Four vectors side by side, d×4, changed in place; below the row `last` they are 0.
 * @param sweeps Sweeps in their order.
 * @param last Sweeps of later rows are left out, as there is nothing to turn.
 */
export function undoSweeps(four: Float64Array, sweeps: readonly Sweep[], last: number): void {
  for (let s = sweeps.length - 1; s >= 0; s--) {
    const { first, turns } = sweeps[s];
    if (first <= last) undoSweep(four, first, turns);
  }
}

/**
 * Added and taken away again, it makes 0 of numbers far below it: where vectors fade out there are
 * many, and processors take a hundred times as long for those below 1e-308.
 */
const FADED = 1e-150;

function undoSweep(four: Float64Array, first: number, turns: Float64Array): void {
  let at = 4 * first;
  // The lower row of each rotation is the upper one of the next.
  let a = four[at], b = four[at + 1], c = four[at + 2], d = four[at + 3];
  for (let t = 0; t < turns.length; t += 2) {
    const cosine = turns[t], sine = turns[t + 1];
    const e = four[at + 4], f = four[at + 5], g = four[at + 6], h = four[at + 7];
    four[at] = cosine * a + sine * e + FADED - FADED;
    four[at + 1] = cosine * b + sine * f + FADED - FADED;
    four[at + 2] = cosine * c + sine * g + FADED - FADED;
    four[at + 3] = cosine * d + sine * h + FADED - FADED;
    a = cosine * e - sine * a + FADED - FADED;
    b = cosine * f - sine * b + FADED - FADED;
    c = cosine * g - sine * c + FADED - FADED;
    d = cosine * h - sine * d + FADED - FADED;
    at += 4;
  }
  four[at] = a;
  four[at + 1] = b;
  four[at + 2] = c;
  four[at + 3] = d;
}

/** Returns the places of eigenvalues on a diagonal, the largest eigenvalue first. */
export function descendingPlaces(diagonal: Float64Array): number[] {
  return Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i]);
}
