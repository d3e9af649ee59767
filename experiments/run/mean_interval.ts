import type { Interval } from "@mixtape/results";

/** A mean over repetitions, with its interval. */
export interface MeanInterval {
  /** The mean. */
  readonly value: number;
  /** Student's interval at 95%. */
  readonly interval: Interval;
}

/**
 * Returns the mean of some values with Student's interval at 95%.
 *
 * @param values At least two, such as one per seed.
 * @see Student (1908), https://doi.org/10.1093/biomet/6.1.1
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / n;
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const reach = studentCritical(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { value, interval: { low: value - reach, high: value + reach, level: 0.95 } };
}

/** Steps of Simpson's rule, an even number. */
const STEPS = 400;

/** Returns the number that |t| exceeds with probability 0.05: √ν·tan θ, where the angle θ has a density of cos^(ν−1). */
function studentCritical(freedom: number): number {
  const area = (to: number) => {
    let sum = 0;
    for (let i = 0; i <= STEPS; i++) {
      const weight = i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2;
      sum += weight * Math.cos(to * i / STEPS) ** (freedom - 1);
    }
    return sum * to / STEPS / 3;
  };
  const wanted = 0.95 * area(Math.PI / 2);
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (area(middle) < wanted) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan(low);
}
