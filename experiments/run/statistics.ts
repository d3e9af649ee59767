import { midranks, wilsonInterval } from "@mixtape/ood";
import type { Proportion, Spread } from "@mixtape/results";

/** Mean and standard deviation (dividing by n). */
export function meanAndDeviation(values: ArrayLike<number>): Spread {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
  return { mean, standardDeviation: Math.sqrt(variance) };
}

/**
 * A share of trials with Wilson's score interval at 95%.
 *
 * @see Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953
 */
export function proportion(successes: number, trials: number): Proportion {
  const interval = { ...wilsonInterval(successes, trials), level: 0.95 };
  return { value: successes / trials, successes, trials, interval };
}

/** Spearman's rank correlation, with midranks for ties; 0 where one side does not vary. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [midranks(a), midranks(b)];
  const centre = (a.length + 1) / 2;
  const products = (u: Float64Array, v: Float64Array) =>
    u.reduce((sum, value, i) => sum + (value - centre) * (v[i] - centre), 0);
  const scale = Math.sqrt(products(x, x) * products(y, y));
  return scale === 0 ? 0 : products(x, y) / scale;
}
