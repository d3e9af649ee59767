/**
 * Finds centroids that equal an earlier one: they are never nearest, by the rule for ties. Left in
 * play, every row near such duplicates would be decided in float64.
 *
 * @param facts Eight numbers per centroid, see `structures.ts`.
 */
export function findDuplicates(
  centroids: Float64Array,
  facts: Float64Array,
  k: number,
  d: number,
): Set<number> {
  const duplicates = new Set<number>();
  if (areDistinct(facts, 1)) return duplicates;
  const byLength = new Map<number, number[]>();
  for (let j = 0; j < k; j++) {
    const length = facts[8 * j + 1];
    const same = byLength.get(length);
    if (!same) byLength.set(length, [j]);
    else if (same.some((i) => equal(centroids, i * d, j * d, d))) duplicates.add(j);
    else same.push(j);
  }
  return duplicates;
}

/** Returns true if no two centroids have the same number among the facts. */
function areDistinct(facts: Float64Array, at: number): boolean {
  const numbers = new Float64Array(facts.length / 8);
  for (let j = 0; j < numbers.length; j++) numbers[j] = facts[8 * j + at];
  numbers.sort();
  for (let j = 1; j < numbers.length; j++) if (numbers[j] === numbers[j - 1]) return false;
  return true;
}

function equal(values: Float64Array, a: number, b: number, length: number): boolean {
  for (let p = 0; p < length; p++) if (values[a + p] !== values[b + p]) return false;
  return true;
}
