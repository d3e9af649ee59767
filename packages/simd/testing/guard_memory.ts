import { WasmMemory } from "../memory/wasm_memory.ts";

/** Number of bytes behind a region that must stay as they are. */
const GUARD = 64;
/** As float32, float64 or int32 of such bytes, a number that spoils any result: not a number, or -1. */
const POISON = 0xff;
/** Larger regions are for their addresses, and nothing is written to most of them. */
const LARGE = 2 ** 26;

/**
 * Fills all memory that is allocated from now on, and some behind every region, with what spoils a
 * result that it enters; freeing a region throws if something was written behind it.
 *
 * @param look Called for each region that is freed, with the end of what was written to it.
 * @returns A function that ends this.
 */
export function guardMemory(look?: (bytes: number, written: number) => void): () => void {
  const { allocate, shrink, free } = WasmMemory.prototype;
  const lengths = new WeakMap<WasmMemory, Map<number, number>>();
  WasmMemory.prototype.allocate = function (bytes) {
    const address = allocate.call(this, bytes + GUARD);
    const filled = bytes < LARGE ? address : address + bytes;
    this.uint8(filled, address + bytes + GUARD - filled).fill(POISON);
    lengths.set(this, (lengths.get(this) ?? new Map()).set(address, bytes));
    return address;
  };
  WasmMemory.prototype.shrink = function (address, bytes) {
    shrink.call(this, address, bytes + GUARD);
    this.uint8(address + bytes, GUARD).fill(POISON);
    lengths.get(this)!.set(address, bytes);
  };
  WasmMemory.prototype.free = function (address) {
    const bytes = lengths.get(this)?.get(address);
    const at = bytes === undefined || this.retired
      ? -1
      : this.uint8(address + bytes, GUARD).findIndex((byte) => byte !== POISON);
    if (look && bytes !== undefined) {
      const last = this.uint8(address, bytes).findLastIndex((byte) => byte !== POISON);
      look(bytes, last + 1);
    }
    lengths.get(this)?.delete(address);
    free.call(this, address);
    if (at >= 0) {
      throw new RangeError(
        `Cannot accept what a kernel wrote: byte ${bytes! + at} of a region of ${bytes} bytes`,
      );
    }
  };
  return () => Object.assign(WasmMemory.prototype, { allocate, shrink, free });
}
