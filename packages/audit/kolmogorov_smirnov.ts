import { pacer } from "@mixtape/tensor-utils";

/** Steps of a comparison after which the event loop may turn. */
const STEPS = 2 ** 18;
/** Largest product of the sizes of two samples for which the p-value is computed exactly. */
const EXACT = 1e6;

/** Result of a two-sample test of Kolmogorov and Smirnov. */
export interface KolmogorovSmirnov {
  /** Largest distance between the two empirical distribution functions, from 0 to 1. */
  readonly statistic: number;
  /** Probability of a distance at least as large if both samples have one distribution. */
  readonly pValue: number;
}

/**
 * Tests two samples for a common distribution. Ties make the test conservative. The p-value is
 * exact if the product of the sizes is at most a million, otherwise asymptotic.
 *
 * @param a Sorted numbers.
 * @param b Sorted numbers.
 * @param signal Ends the comparison; the promise is then rejected with its reason.
 * @returns The statistic, NaN if a sample has no numbers, and the p-value, then 1.
 * @see Hodges (1958), https://doi.org/10.1007/BF02589501
 */
export async function kolmogorovSmirnov(
  a: Float64Array,
  b: Float64Array,
  signal?: AbortSignal,
): Promise<KolmogorovSmirnov> {
  const [m, n] = [a.length, b.length];
  const distance = await largestDistance(a, b, signal);
  const statistic = distance / (m * n);
  if (distance === 0) return { statistic, pValue: 1 };
  const pValue = m * n <= EXACT
    ? m === n ? equalSizesTail(n, distance / n) : exactTail(m, n, distance)
    : asymptoticTail(statistic * Math.sqrt(m / (m + n) * n));
  return { statistic, pValue };
}

/** Returns the largest distance of the distribution functions times m·n, a whole number. */
async function largestDistance(
  a: Float64Array,
  b: Float64Array,
  signal?: AbortSignal,
): Promise<number> {
  const [m, n] = [a.length, b.length];
  const pace = pacer(signal);
  let largest = 0;
  for (let i = 0, j = 0; i < m && j < n;) {
    await pace();
    for (let step = 0; step < STEPS && i < m && j < n; step++) {
      const [x, y] = [a[i], b[j]];
      if (x === y) {
        while (i < m && a[i] === x) i++;
        while (j < n && b[j] === x) j++;
      } else {
        // Not a branch, which the processor could not foresee; equal numbers of one sample alone may pass one by one.
        const isBelow = Number(x < y);
        i += isBelow;
        j += 1 - isBelow;
      }
      largest = Math.max(largest, Math.abs(i * n - j * m));
    }
  }
  return largest;
}

/**
 * Returns the share of the lattice paths from (0, 0) to (m, n), all of them equally likely, that
 * reach |i/m − j/n| ≥ distance/(m·n). Each entry is the share among the paths to its own point, 1
 * outside of the band that does not reach it.
 */
function exactTail(m: number, n: number, distance: number): number {
  const reached = new Float64Array(n + 1).fill(1);
  for (let i = 0; i <= m; i++) {
    const first = Math.max(0, Math.floor((i * n - distance) / m) + 1);
    const last = Math.min(n, Math.ceil((i * n + distance) / m) - 1);
    if (first > 0) reached[first - 1] = 1;
    for (let j = first; j <= last; j++) {
      const fromBelow = i === 0 ? 0 : reached[j];
      const fromLeft = j === 0 ? 0 : reached[j - 1];
      reached[j] = i + j > 0 ? (i * fromBelow + j * fromLeft) / (i + j) : 0;
    }
  }
  return reached[n];
}

/**
 * Returns the share of the lattice paths from (0, 0) to (n, n) that reach |i − j| ≥ height: by reflection,
 * 2 Σ (−1)^(k−1) C(2n, n − k·height) / C(2n, n) over k from 1 on, each term a multiple of the one before.
 */
function equalSizesTail(n: number, height: number): number {
  let share = 0;
  for (let k = Math.floor(n / height); k >= 1; k--) {
    let ratio = 1;
    for (let lost = n - k * height, step = height; step >= 1; step--) {
      ratio *= (lost + step) / (2 * n - lost - step + 1);
    }
    share = ratio * (1 - share);
  }
  return Math.min(1, 2 * share);
}

/** Returns Kolmogorov's limit 2 Σ (−1)^(k−1) exp(−2k²t²), for small t by its theta transform. */
function asymptoticTail(t: number): number {
  if (t < 1) {
    let sum = 0;
    for (let k = 1; k <= 9; k += 2) sum += Math.exp(-((k * Math.PI / t) ** 2) / 8);
    return 1 - Math.sqrt(2 * Math.PI) / t * sum;
  }
  let sum = 0;
  for (let k = 1; k <= 6; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * t) ** 2);
  return sum;
}
