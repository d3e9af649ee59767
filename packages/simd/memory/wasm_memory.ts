import { WorkerLostError } from "../pool/worker_lost_error.ts";
import { ALIGNMENT, RegionAllocator } from "./region_allocator.ts";

/** Size of a WebAssembly page in bytes. */
const PAGE = 65536;
/** Number of pages that 32-bit addresses reach: 4 GiB. */
const MAXIMUM_PAGES = 65536;
/**
 * End of the addresses that are allocated: the end of an array that reached 4 GiB would be 0 in 32
 * bits.
 */
const LAST_ADDRESS = 2 ** 32 - ALIGNMENT;
/** The pool's control block and the arguments of a job lie below this address. */
const FIRST_ADDRESS = 4096;
/** Growing costs a system call, so memory grows by at least this many pages (16 MiB). */
const GROWTH_PAGES = 256;

/** Address and number of elements of an array in WebAssembly memory. */
export interface Place {
  readonly address: number;
  readonly length: number;
}

/**
 * A growing WebAssembly memory and the regions handed out from it.
 *
 * Growing detaches the views of an unshared memory and leaves those of a shared memory valid, so
 * views are short-lived: take one, use it, take another after the next allocation.
 */
export class WasmMemory {
  /** The memory that kernel modules import. */
  readonly memory: WebAssembly.Memory;
  readonly shared: boolean;
  readonly #allocator = new RegionAllocator(FIRST_ADDRESS);
  readonly #maximumPages: number;
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #retired: string | undefined;

  /** Makes a memory of at most `maximumPages` pages of 64 KiB. */
  constructor(
    { shared, maximumPages = MAXIMUM_PAGES }: { shared: boolean; maximumPages?: number },
  ) {
    const initial = Math.min(GROWTH_PAGES, maximumPages);
    this.memory = reserve({ initial, maximum: maximumPages, shared });
    this.shared = shared;
    this.#maximumPages = maximumPages;
    this.#buffers.add(this.buffer);
    this.#allocator.extend(Math.min(initial * PAGE, LAST_ADDRESS));
  }

  /**
   * The current buffer.
   *
   * @throws {WorkerLostError} If this memory is retired.
   */
  get buffer(): ArrayBuffer {
    this.throwIfRetired();
    return this.memory.buffer;
  }

  /** True if an abandoned thread may still write to this memory. */
  get retired(): boolean {
    return this.#retired !== undefined;
  }

  /**
   * Ends the use of this memory (`ThreadPool` says why): from now on, regions can be freed and
   * {@linkcode salvage}d, and everything else throws.
   */
  retire(reason: string): void {
    this.#retired = reason;
  }

  /** @throws {WorkerLostError} If this memory is retired. */
  throwIfRetired(): void {
    if (this.#retired === undefined) return;
    throw new WorkerLostError(
      `Cannot go on: ${this.#retired} in an earlier operation, and what was kept for this one may be ` +
        "half done; start the computation again, fresh workers will take part",
    );
  }

  /** A copy of float32 values that a job before the loss of a worker finished, of a retired memory. */
  salvage(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length).slice();
  }

  /** Number of bytes that it may grow to. */
  get maximumBytes(): number {
    return this.#maximumPages * PAGE;
  }

  /** Number of bytes in regions that are held. */
  get heldBytes(): number {
    return this.#allocator.heldBytes;
  }

  /** Number of regions that are held. */
  get heldRegions(): number {
    return this.#allocator.heldRegions;
  }

  /**
   * Allocates a region of at least `bytes` bytes, 64-byte aligned, with undefined contents.
   *
   * @returns The address of the region.
   * @throws {RangeError} If memory cannot grow to hold it.
   * @throws {WorkerLostError} If this memory is retired.
   */
  allocate(bytes: number): number {
    this.throwIfRetired();
    const address = this.#allocator.allocate(bytes);
    if (address !== undefined) return address;
    this.#grow(bytes);
    const grown = this.#allocator.allocate(bytes);
    // The last 64 bytes of 4 GiB are never allocated.
    if (grown === undefined) throw new RangeError(this.#exhausted(bytes));
    return grown;
  }

  /** Frees a region; its address must come from {@linkcode allocate}. */
  free(address: number): void {
    if (!this.#allocator.release(address)) {
      throw new RangeError(`Cannot free address ${address}: no region is held there`);
    }
  }

  /** Frees what a region has beyond `bytes`; its address must come from {@linkcode allocate}. */
  shrink(address: number, bytes: number): void {
    if (!this.#allocator.shrink(address, bytes)) {
      throw new RangeError(`Cannot shrink address ${address}: no region is held there`);
    }
  }

  /** Runs `use` with a region of at least `bytes` bytes that is freed afterwards. */
  borrow<T>(bytes: number, use: (address: number) => T): T {
    const address = this.allocate(bytes);
    try {
      return use(address);
    } finally {
      this.free(address);
    }
  }

  /** Returns true if `buffer` is that of this memory, now or before it grew. */
  owns(buffer: ArrayBufferLike): boolean {
    return this.#buffers.has(buffer);
  }

  /** Allocates a region with a copy of `values`. */
  place(values: Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array): Place {
    const address = this.allocate(values.byteLength);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    new Uint8Array(this.buffer, address, values.byteLength).set(bytes);
    return { address, length: values.length };
  }

  /** Returns a view of the float32 values at `address`. */
  float32(address: number, length: number): Float32Array {
    return new Float32Array(this.buffer, address, length);
  }

  /** Returns a view of the float64 values at `address`. */
  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.buffer, address, length);
  }

  /** Returns a view of the int32 values at `address`. */
  int32(address: number, length: number): Int32Array {
    return new Int32Array(this.buffer, address, length);
  }

  /** Returns a view of the bytes at `address`. */
  uint8(address: number, length: number): Uint8Array {
    return new Uint8Array(this.buffer, address, length);
  }

  #grow(bytes: number): void {
    const current = this.buffer.byteLength / PAGE;
    const needed = Math.ceil(this.#allocator.missing(bytes) / PAGE);
    const room = this.#maximumPages - current;
    const pages = Math.min(Math.max(needed, GROWTH_PAGES, current >> 2), Math.max(room, needed));
    try {
      this.memory.grow(pages);
    } catch {
      throw new RangeError(this.#exhausted(bytes));
    }
    this.#buffers.add(this.buffer);
    this.#allocator.extend(Math.min(this.buffer.byteLength, LAST_ADDRESS));
  }

  #exhausted(bytes: number): string {
    return `Cannot allocate ${mebibytes(bytes)}: ${mebibytes(this.heldBytes)} of at most ` +
      `${
        mebibytes(this.maximumBytes)
      } are held by ${this.heldRegions} arrays, dispose of tensors or work in batches`;
  }
}

/** A memory; a shared one takes the addresses of all that it may grow to at once. */
function reserve(descriptor: WebAssembly.MemoryDescriptor): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory(descriptor);
  } catch {
    const most = mebibytes(descriptor.maximum! * PAGE);
    throw new RangeError(
      `Cannot reserve a memory that may grow to ${most}: this process has no range of addresses ` +
        "of that size left, ask for a smaller maximumBytes",
    );
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
