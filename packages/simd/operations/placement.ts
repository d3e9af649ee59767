import type { MatrixValues, MaybePromise, Placement } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { magnitude } from "../module/magnitude.ts";
import { type Regions, workWithRegions } from "../memory/regions.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";

/** Numbers in a block of the kernel. */
const BLOCK = 65536;
/** Number of bytes from which a copy here takes less time than one on the host and a check there. */
const FEWEST_BYTES = 2 ** 20;
/** Largest share of the memory for one copy: what kernels make of the numbers needs room as well. */
const LARGEST_SHARE = 1 / 4;

/** Numbers at an address. */
class PlacedCopy implements Placement {
  readonly values: MatrixValues;
  readonly #runtime: SimdRuntime;
  readonly #address: number;
  #isHeld = true;

  constructor(runtime: SimdRuntime, address: number, values: MatrixValues) {
    this.#runtime = runtime;
    this.#address = address;
    this.values = values;
  }

  largest(signal?: AbortSignal, allowNaN = false): MaybePromise<number> {
    const [runtime, address, { values }] = [this.#runtime, this.#address, this];
    if (values.BYTES_PER_ELEMENT === 1) return 255;
    const work = workWithRegions(
      runtime.memory,
      (regions) => findLargest({ runtime, regions, address }, values, allowNaN),
    );
    return runtime.turns.drive(work, signal);
  }

  [Symbol.dispose](): void {
    if (this.#isHeld) this.#runtime.memory.free(this.#address);
    this.#isHeld = false;
  }
}

function* findLargest(
  { runtime, regions, address }: { runtime: SimdRuntime; regions: Regions; address: number },
  { length, BYTES_PER_ELEMENT: bytes }: MatrixValues,
  allowNaN: boolean,
): Work<number> {
  const blocks = Math.ceil(length / BLOCK);
  const out = regions.allocate(8 * blocks);
  const name = bytes === 4 ? "largest32" : "largest64";
  const args = [address, out, length, Number(allowNaN)];
  yield* runtime.runInPieces(magnitude, name, args, blocks, length);
  return runtime.memory.float64(out, blocks).reduce((a, b) => Math.max(a, b));
}

/**
 * Copies numbers into the memory, unless they are few, or too many. They stay on the host, too, if the
 * memory is not shared: the views of such a memory end when it grows.
 */
export function placeCopy(
  { attrs: { values }, backend: { runtime } }: NamedCall<"MixtapePlacement">,
): Placement | undefined {
  const { memory } = runtime;
  const { byteLength, length, BYTES_PER_ELEMENT: bytes } = values;
  const isWorth = byteLength >= FEWEST_BYTES && byteLength <= LARGEST_SHARE * memory.maximumBytes;
  if (!memory.shared || !isWorth) return undefined;
  const address = placeIfRoom(runtime, values);
  if (address === undefined) return undefined;
  const copy = bytes === 1
    ? memory.uint8(address, length)
    : bytes === 4
    ? memory.float32(address, length)
    : memory.float64(address, length);
  return new PlacedCopy(runtime, address, copy);
}

function placeIfRoom({ memory }: SimdRuntime, values: MatrixValues): number | undefined {
  try {
    return memory.place(values).address;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
