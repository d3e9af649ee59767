/**
 * Numbers as experiments count and say them.
 *
 * @module
 */

/** The numbers 0…count−1. */
export function indicesOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Mean and standard deviation (dividing by n). */
export function meanAndDeviation(
  values: ArrayLike<number>,
): { mean: number; standardDeviation: number } {
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
export function proportion(successes: number, trials: number): {
  value: number;
  successes: number;
  trials: number;
  interval: { low: number; high: number; level: number };
} {
  const z = 1.959963984540054;
  const value = successes / trials;
  const centre = (value + z * z / (2 * trials)) / (1 + z * z / trials);
  const half = z / (1 + z * z / trials) *
    Math.sqrt(value * (1 - value) / trials + z * z / (4 * trials * trials));
  const interval = {
    low: Math.max(0, centre - half),
    high: Math.min(1, centre + half),
    level: 0.95,
  };
  return { value, successes, trials, interval };
}

/** Spearman's rank correlation, with midranks for ties; 0 where one side does not vary. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [midranks(a), midranks(b)];
  const centre = (a.length + 1) / 2;
  const products = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, i) => sum + (value - centre) * (v[i] - centre), 0);
  const scale = Math.sqrt(products(x, x) * products(y, y));
  return scale === 0 ? 0 : products(x, y) / scale;
}

function midranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}
