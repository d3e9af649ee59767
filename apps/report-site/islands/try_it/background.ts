import { cholesky, solveLower, solveLowerTransposed } from "@mixtape/tensor-utils";
import type { GreyImage } from "./ink.ts";

/** Highest total degree of the terms xⁱyʲ: light falls off smoothly, and a vignette is of the fourth degree. */
const highestDegree = 4;

/** Pixels per degree that a picture needs along its shorter side: a surface must not bend around a stroke. */
const pixelsPerDegree = 7;

/** Pixels that the surface is fitted to, at most, along each side. */
const grid = 40;

/** Rounds of reweighting per degree; the weights of ink are 0 after a few. */
const rounds = 5;

/** Tukey's constant: pixels that lie as many deviations away weigh nothing. */
const farthest = 4.685;

/**
 * Estimates the brightness of the paper at each pixel of a photograph, whatever the light: a smooth surface is fitted
 * to all pixels, and again and again to those that lie near it, until what is drawn weighs nothing. It starts flat
 * and bends more from degree to degree.
 *
 * Unlike the mean of a window around each pixel, it does not take the middle of a broad stroke for paper.
 *
 * @param image Brightness of each pixel.
 * @returns Brightness of the paper at each pixel, and the standard deviation of the noise on it.
 * @see Beaton & Tukey (1974), https://doi.org/10.1080/00401706.1974.10489171
 */
export function backgroundOf(
  { values, width, height }: GreyImage,
): { readonly paper: Float32Array; readonly noise: number } {
  const rows = spread(height);
  const columns = spread(width);
  const grey = rows.flatMap((row) => columns.map((column) => values[row * width + column]));
  const most = Math.min(highestDegree, Math.floor(Math.min(width, height) / pixelsPerDegree));
  let surface: ArrayLike<number> = [quantile(grey, 0.5)];
  let noise = 0;
  for (let degree = 0; degree <= most; degree++) {
    const terms = termsOfAll(rows, columns, [width, height], degree);
    for (let round = 0; round < rounds; round++) {
      const away = grey.map((value, i) => Math.abs(value - dot(surface, terms[i])));
      // Two thirds of a picture are paper, or more: the median of the paper is the third of all, 0.43 deviations.
      noise = Math.max(quantile(away, 1 / 3) / 0.43, 1e-3);
      const weights = away.map((value) => Math.max(0, 1 - (value / (farthest * noise)) ** 2) ** 2);
      surface = leastSquares(terms, grey, weights);
    }
  }
  const all = [height, width].map((length) => Array.from({ length }, (_, at) => at));
  const terms = termsOfAll(all[0], all[1], [width, height], most);
  return { paper: Float32Array.from(terms, (row) => dot(surface, row)), noise };
}

/** Places of pixels along a side, borders included. */
function spread(length: number): number[] {
  const count = Math.min(length, grid);
  return Array.from({ length: count }, (_, i) => Math.round(i * (length - 1) / (count - 1 || 1)));
}

/** The terms xⁱyʲ of each place, those of low degree first, with x and y from −1 to 1. */
function termsOfAll(
  rows: readonly number[],
  columns: readonly number[],
  [width, height]: readonly [width: number, height: number],
  degree: number,
): number[][] {
  const xs = columns.map((column) => powersOf(2 * (column + 0.5) / width - 1, degree));
  const ys = rows.map((row) => powersOf(2 * (row + 0.5) / height - 1, degree));
  return ys.flatMap((y) =>
    xs.map((x) => {
      const terms: number[] = [];
      for (let total = 0; total <= degree; total++) {
        for (let i = 0; i <= total; i++) terms.push(x[i] * y[total - i]);
      }
      return terms;
    })
  );
}

function powersOf(base: number, degree: number): number[] {
  return Array.from({ length: degree + 1 }, (_, exponent) => base ** exponent);
}

/** The sum of products of as many numbers as `a` has. */
function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function quantile(values: readonly number[], share: number): number {
  return Float64Array.from(values).sort()[Math.floor(share * values.length)];
}

/** Solves the weighted normal equations; a ridge keeps them regular where all weights are 0. */
function leastSquares(
  terms: readonly (readonly number[])[],
  grey: readonly number[],
  weights: readonly number[],
): Float64Array {
  const d = terms[0].length;
  const products = new Float64Array(d * d);
  const right: number[] = new Array(d).fill(0);
  terms.forEach((row, at) => {
    for (let i = 0; i < d; i++) {
      right[i] += weights[at] * row[i] * grey[at];
      for (let j = 0; j <= i; j++) products[i * d + j] += weights[at] * row[i] * row[j];
    }
  });
  for (let i = 0; i < d; i++) products[i * d + i] += 1e-6 * terms.length;
  const factor = cholesky(products, d);
  return solveLowerTransposed(factor, solveLower(factor, right, d), d);
}
