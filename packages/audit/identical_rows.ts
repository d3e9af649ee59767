import type { HostMatrix } from "@mixtape/tensor-utils";

/** Returns for each row the first row that equals it, -1 if there is no earlier one; -0 equals 0. */
export function identicalRows({ values, shape: [n, d] }: HostMatrix): Int32Array {
  const first = new Int32Array(n).fill(-1);
  const rowsByHash = new Map<number, number[]>();
  for (let row = 0; row < n; row++) {
    const hash = hashOf(values, row * d, d);
    const others = rowsByHash.get(hash);
    if (others === undefined) {
      rowsByHash.set(hash, [row]);
      continue;
    }
    const equal = others.find((other) => isEqual(values, other * d, row * d, d));
    if (equal === undefined) others.push(row);
    else first[row] = equal;
  }
  return first;
}

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

function hashOf(values: ArrayLike<number>, start: number, d: number): number {
  let hash = 0;
  for (let j = start; j < start + d; j++) {
    // -0 + 0 is 0.
    number[0] = values[j] + 0;
    hash = Math.imul(hash ^ words[0], 0x9e3779b1);
    hash = Math.imul(hash ^ hash >>> 15 ^ words[1], 0x85ebca6b);
  }
  return hash ^ hash >>> 13;
}

function isEqual(values: ArrayLike<number>, a: number, b: number, d: number): boolean {
  for (let j = 0; j < d; j++) if (values[a + j] !== values[b + j]) return false;
  return true;
}
