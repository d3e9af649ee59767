import type { MatrixValues, MaybePromise, Placement } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { workWithRegions } from "../memory/regions.ts";
import type { SimdRuntime } from "../runtime.ts";
import { areSparseBytes, copyAsBytes } from "./copy_as_bytes.ts";
import { copyAndFindLargest, findLargest } from "./largest.ts";

/** Number of bytes from which a copy here takes less time than one on the host and a check there. */
const FEWEST_BYTES = 2 ** 13;
/** Largest share of the memory for one copy: what kernels make of the numbers needs room as well. */
const LARGEST_SHARE = 1 / 4;

/** Numbers in the memory, or bytes on the host. */
class PlacedCopy implements Placement {
  readonly values: MatrixValues;
  readonly #runtime: SimdRuntime;
  #isHeld: boolean;
  /** The largest absolute value, once it is known. */
  #largest: number | undefined;

  constructor(runtime: SimdRuntime, values: MatrixValues) {
    this.#runtime = runtime;
    this.values = values;
    this.#isHeld = runtime.memory.owns(values.buffer);
  }

  /** Copies numbers of the same kind; other threads find the largest meanwhile, if they are idle. */
  take(values: MatrixValues): void {
    const [runtime, to] = [this.#runtime, this.values];
    const isAlone = runtime.threads === 1 || runtime.isBusy;
    if (isAlone || to.BYTES_PER_ELEMENT === 1) to.set(values);
    else this.#largest = copyAndFindLargest(runtime, values, to);
  }

  largest(signal?: AbortSignal, allowNaN = false): MaybePromise<number> {
    const [runtime, { values }] = [this.#runtime, this];
    if (values.BYTES_PER_ELEMENT === 1) return 255;
    const known = this.#largest;
    if (known !== undefined && !(allowNaN && Number.isNaN(known))) return known;
    const work = workWithRegions(
      runtime.memory,
      (regions) => findLargest(runtime, regions, values, allowNaN),
    );
    return runtime.turns.drive(work, signal);
  }

  [Symbol.dispose](): void {
    if (this.#isHeld) this.#runtime.memory.free(this.values.byteOffset);
    this.#isHeld = false;
  }
}

/** The kinds of numbers, by their number of bytes. */
type Width = 1 | 4 | 8;

/**
 * Copies numbers into the memory, unless they are few, or too many. They stay on the host, too, if the
 * memory is not shared: the views of such a memory end when it grows.
 */
export function placeCopy(
  { attrs: { values, lloydColumns }, backend: { runtime } }: NamedCall<"MixtapePlacement">,
): Placement | undefined {
  const { byteLength } = values;
  if (byteLength < FEWEST_BYTES) return undefined;
  const asBytes = lloydColumns && placeBytes(runtime, values, lloydColumns);
  if (asBytes) return asBytes;
  const copy = makeRoom(runtime, values.length, values.BYTES_PER_ELEMENT as Width);
  if (!copy) return undefined;
  const placed = new PlacedCopy(runtime, copy);
  try {
    placed.take(values);
  } catch (error) {
    placed[Symbol.dispose]();
    throw error;
  }
  return placed;
}

/** Copies float32 as bytes, if they are such, and no job of another computation would have to wait. */
function placeBytes(
  runtime: SimdRuntime,
  values: MatrixValues,
  columns: number,
): Placement | undefined {
  if (values.BYTES_PER_ELEMENT !== 4 || runtime.isBusy) return undefined;
  const singles = values as Float32Array;
  if (!areSparseBytes(singles, columns)) return undefined;
  const room = makeRoom(runtime, values.length, 1);
  const copy = room ?? new Uint8Array(values.length);
  const placed = new PlacedCopy(runtime, copy);
  let isExact = false;
  try {
    isExact = copyAsBytes(runtime, singles, copy as Uint8Array);
  } finally {
    if (!isExact) placed[Symbol.dispose]();
  }
  return isExact ? placed : undefined;
}

/** Makes room in a shared memory, for no more than its share. */
function makeRoom({ memory }: SimdRuntime, length: number, width: Width): MatrixValues | undefined {
  if (!memory.shared || width * length > LARGEST_SHARE * memory.maximumBytes) return undefined;
  try {
    const address = memory.allocate(width * length);
    if (width === 1) return memory.uint8(address, length);
    return width === 4 ? memory.float32(address, length) : memory.float64(address, length);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
