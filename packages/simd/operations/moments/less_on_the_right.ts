import { integerScatter } from "../../module/integer_scatter.ts";
import type { SimdRuntime } from "../../runtime.ts";

/** Bytes with a sign, and others: their products, and sums of four of these, are as large as any. */
const LEFT = [-128, 127, -128, 127];
const RIGHT = [255, 255, 128, 127];

const found = new WeakMap<SimdRuntime, number | undefined>();

/**
 * Returns the number by which bytes on the right of a product have to be made less for the instruction that multiplies
 * 8-bit integers, which WebAssembly leaves to the processor: 0 if it reads them as they are, 128 if it reads a sign.
 * Undefined if sums of products leave its 16 bits, or if other instructions stand in for it.
 *
 * @see https://github.com/WebAssembly/relaxed-simd
 */
export function lessOnTheRight(runtime: SimdRuntime): number | undefined {
  if (!runtime.relaxed) return undefined;
  if (!found.has(runtime)) found.set(runtime, readSign(runtime));
  return found.get(runtime);
}

function readSign(runtime: SimdRuntime): number | undefined {
  const { memory } = runtime;
  const sums = memory.borrow(48, (at) => {
    const bytes = [...LEFT, ...RIGHT].flatMap((byte) => [byte, byte, byte, byte]);
    memory.uint8(at, 32).set(bytes);
    runtime.run(integerScatter, "multiplyQuads", [at, at + 16, at + 32], 1);
    return [...memory.int32(at + 32, 4)];
  });
  const isExact = (right: (byte: number) => number) =>
    sums.every((sum, i) => sum === 4 * LEFT[i] * right(RIGHT[i]));
  if (isExact((byte) => byte)) return 0;
  return isExact((byte) => byte > 127 ? byte - 256 : byte) ? 128 : undefined;
}
