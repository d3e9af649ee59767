import type { MatrixValues } from "@mixtape/operations";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";

/** Number of values that are copied between two looks at the clock: some milliseconds. */
const PIECE = 2 ** 20;

/**
 * Copies values to an address, float64 as they are and others as float32; the event loop can turn
 * meanwhile.
 */
export function* placeInPieces(
  { memory, turns }: SimdRuntime,
  values: MatrixValues,
  address: number,
): Work<void> {
  const wide = values.BYTES_PER_ELEMENT === 8;
  for (let start = 0; start < values.length; start += PIECE) {
    const part = values.subarray(start, start + PIECE);
    if (wide) memory.float64(address + 8 * start, part.length).set(part);
    else memory.float32(address + 4 * start, part.length).set(part);
    if (values.length > PIECE) yield* turns.offer();
  }
}
