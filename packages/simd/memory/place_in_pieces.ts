import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";

/** Arrays that lie in memory as they are. */
type Numbers = Float32Array | Float64Array | Uint8Array;

/** Number of bytes that are copied between two looks at the clock: some milliseconds. */
const PIECE = 2 ** 22;

/** Copies values to an address; the event loop can turn meanwhile. */
export function* placeInPieces(runtime: SimdRuntime, values: Numbers, address: number): Work<void> {
  const { buffer, byteOffset, byteLength } = values;
  for (let start = 0; start < byteLength; start += PIECE) {
    const length = Math.min(PIECE, byteLength - start);
    const target = runtime.memory.uint8(address + start, length);
    target.set(new Uint8Array(buffer, byteOffset + start, length));
    if (byteLength > PIECE) yield* runtime.turns.offer();
  }
}
