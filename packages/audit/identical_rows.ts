import { type HostMatrix, inPieces, pieceSize } from "@mixtape/tensor-utils";

/** Numbers that are read in the time that a row takes to be looked up. */
const LOOK_UP = 64;

/**
 * Returns for each row the first row that equals it, -1 if there is no earlier one; -0 equals 0.
 *
 * @param x The rows.
 * @param signal Ends the comparison; the promise is then rejected with its reason.
 */
export async function identicalRows(
  { values, shape: [n, d] }: HostMatrix,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const first = new Int32Array(n).fill(-1);
  const rowsByHash = new Map<number, number[]>();
  const look = (row: number) => {
    const hash = hashOf(values, row * d, d);
    const others = rowsByHash.get(hash);
    if (others === undefined) {
      rowsByHash.set(hash, [row]);
      return;
    }
    const equal = others.find((other) => isEqual(values, other * d, row * d, d));
    if (equal === undefined) others.push(row);
    else first[row] = equal;
  };
  await inPieces(n, pieceSize(d + LOOK_UP), (start, end) => {
    for (let row = start; row < end; row++) look(row);
  }, signal);
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
