/**
 * Returns P(Z ≤ z) of the standard normal distribution, with small relative error in the lower
 * tail.
 *
 * @param z Any number.
 */
export function normalCdf(z: number): number {
  return z <= 0 ? lowerTail(-z) : 1 - lowerTail(z);
}

/**
 * Returns the z for which P(|Z| ≤ z) = level.
 *
 * @param level Between 0 and 1.
 */
export function normalCritical(level: number): number {
  const tail = (1 - level) / 2;
  let low = 0;
  let high = 40;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (lowerTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Returns P(Z ≤ −z) for z ≥ 0: by a power series near 0, beyond by a continued fraction (which
 * converges fast only there).
 */
function lowerTail(z: number): number {
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; term > 1e-18 * sum; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / (z + fraction);
  return density / (z + fraction);
}
