import type { HostMatrix } from "@mixtape/tensor-utils";

/**
 * Finds rows that are the same in every cell; a missing cell is the same as a missing one.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one.
 * @returns Each set of at least two same rows, ascending, in the order of their first rows.
 */
export function sameRows({ values, shape: [n, d] }: HostMatrix): number[][] {
  return copiesAmong(n, d, (i, j) => values[i * d + j]);
}

/**
 * Finds columns that are the same in every cell; a missing cell is the same as a missing one.
 *
 * @param x Cells, shape [n, d]; NaN stands for a missing one.
 * @returns Each set of at least two same columns, ascending, in the order of their first columns.
 */
export function sameColumns({ values, shape: [n, d] }: HostMatrix): number[][] {
  return copiesAmong(d, n, (j, i) => values[i * d + j]);
}

/** Finds items of which all cells are the same: by a hash first, then cell by cell. */
function copiesAmong(
  items: number,
  cells: number,
  valueOf: (item: number, cell: number) => number,
): number[][] {
  // The last item of each hash that is unlike those before, and from each of these the one before it.
  const last = new Map<number, number>();
  const before = new Int32Array(items);
  const sets = new Map<number, number[]>();
  for (let item = 0; item < items; item++) {
    const hash = hashOf(item);
    let other = last.get(hash) ?? -1;
    while (other !== -1 && !isSame(other, item)) other = before[other];
    if (other === -1) {
      before[item] = last.get(hash) ?? -1;
      last.set(hash, item);
    } else addTo(sets, other, item);
  }
  return [...sets.values()].sort((a, b) => a[0] - b[0]);

  function isSame(a: number, b: number): boolean {
    for (let cell = 0; cell < cells; cell++) {
      const [one, other] = [valueOf(a, cell), valueOf(b, cell)];
      if (one !== other && (one === one || other === other)) return false;
    }
    return true;
  }

  function hashOf(item: number): number {
    let hash = 2166136261;
    for (let cell = 0; cell < cells; cell++) {
      const value = valueOf(item, cell);
      // There are many bit patterns of NaN, and two zeros, which adding 0 makes one.
      number64[0] = value === value ? value + 0 : NO_VALUE;
      hash = Math.imul(hash ^ words[0], 16777619);
      hash = Math.imul(hash ^ words[1] ^ hash >>> 15, 16777619);
    }
    return hash;
  }
}

function addTo(sets: Map<number, number[]>, first: number, item: number): void {
  const set = sets.get(first);
  if (set === undefined) sets.set(first, [first, item]);
  else set.push(item);
}

/** A number in place of a missing one, for hashing. */
const NO_VALUE = 1.2345e300;

/** A number, and the same memory as two words. */
const number64 = new Float64Array(1);
const words = new Uint32Array(number64.buffer);
