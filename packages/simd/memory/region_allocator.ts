/** A contiguous run of bytes; neighbours are linked in address order. */
interface Region {
  start: number;
  size: number;
  free: boolean;
  before: Region | undefined;
  after: Region | undefined;
  /** Position in the list of free regions of its size class. */
  place: number;
}

/** Regions start and end on cache lines, so no two threads write to the same line by accident. */
export const ALIGNMENT = 64;

const CLASSES_PER_DOUBLING = 8;
/** Number of bytes that 32-bit addresses reach. */
const ADDRESSES = 2 ** 32;
/** Number of classes of sizes up to that. */
const CLASSES = 32 * CLASSES_PER_DOUBLING;

/**
 * Allocator of 64-byte-aligned regions of an address range, best size class first, which merges
 * freed regions with their free neighbours. Each call takes constant time: free regions are kept in
 * lists by size class (eight per doubling), and a region of the first non-empty class at or above
 * the wanted one is split.
 *
 * @see Masmano, Ripoll, Crespo & Real (2004), TLSF: a new dynamic memory allocator for real-time systems
 */
export class RegionAllocator {
  readonly #held = new Map<number, Region>();
  /** The free regions of each size class. */
  readonly #free: Region[][] = Array.from({ length: CLASSES }, () => []);
  /** A bit per class: 1 if it has regions. */
  readonly #filled = new Int32Array(CLASSES / 32);
  #last: Region | undefined;
  #end: number;
  #heldBytes = 0;

  /** Makes an allocator of the addresses from `start` on; {@linkcode extend} gives it room. */
  constructor(start: number) {
    this.#end = roundUp(start);
  }

  /** Number of bytes in regions that are held. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Number of regions that are held. */
  get heldRegions(): number {
    return this.#held.size;
  }

  /** Adds the addresses up to `end`. */
  extend(end: number): void {
    const size = end - this.#end;
    const region = this.#insert(this.#end, size, this.#last, undefined);
    this.#end = end;
    this.#release(region);
  }

  /** Returns the number of bytes that {@linkcode extend} must add at the end for `bytes` to fit. */
  missing(bytes: number): number {
    const spare = this.#last?.free ? this.#last.size : 0;
    return roundUp(bytes) - spare;
  }

  /** Returns the address of a fresh region of at least `bytes`, or undefined if none fits. */
  allocate(bytes: number): number | undefined {
    if (bytes > ADDRESSES) return undefined;
    const size = roundUp(Math.max(bytes, 1));
    const region = this.#take(size);
    if (!region) return undefined;
    if (region.size > size) this.#split(region, size);
    region.free = false;
    this.#held.set(region.start, region);
    this.#heldBytes += region.size;
    return region.start;
  }

  /** Frees the region at `address`; returns false if none is held there. */
  release(address: number): boolean {
    const region = this.#held.get(address);
    if (!region) return false;
    this.#held.delete(address);
    this.#heldBytes -= region.size;
    region.free = true;
    this.#release(region);
    return true;
  }

  /** Frees what the region at `address` has beyond `bytes`; returns false if none is held there. */
  shrink(address: number, bytes: number): boolean {
    const region = this.#held.get(address);
    if (!region) return false;
    const size = roundUp(Math.max(bytes, 1));
    if (size >= region.size) return true;
    const rest = this.#insert(region.start + size, region.size - size, region, region.after);
    region.size = size;
    this.#heldBytes -= rest.size;
    this.#release(rest);
    return true;
  }

  #take(size: number): Region | undefined {
    // The list below may also hold a fit; its last entry is the one freed or added last.
    const own = classBelow(size);
    const near = this.#free[own];
    const recent = near.length > 0 ? near[near.length - 1] : undefined;
    if (recent && recent.size >= size) {
      this.#unlist(recent);
      return recent;
    }
    // Where every region of the class would do, its list is empty.
    const index = this.#nextFilled(own + 1);
    if (index >= CLASSES) return undefined;
    const list = this.#free[index];
    const region = list[list.length - 1];
    this.#unlist(region);
    return region;
  }

  /** Returns the first class from `index` on that has regions; `CLASSES` if none has. */
  #nextFilled(index: number): number {
    let mask = -1 << (index & 31);
    for (let word = index >> 5; word < CLASSES / 32; word++, mask = -1) {
      const bits = this.#filled[word] & mask;
      if (bits !== 0) return 32 * word + 31 - Math.clz32(bits & -bits);
    }
    return CLASSES;
  }

  #split(region: Region, size: number): void {
    this.#list(this.#insert(region.start + size, region.size - size, region, region.after));
    region.size = size;
  }

  /** Inserts a free region between two neighbours, without listing it. */
  #insert(start: number, size: number, before?: Region, after?: Region): Region {
    const region: Region = { start, size, free: true, before, after, place: -1 };
    if (before) before.after = region;
    if (after) after.before = region;
    else this.#last = region;
    return region;
  }

  #release(region: Region): void {
    const { before, after } = region;
    if (after?.free) this.#merge(region, after);
    if (before?.free) this.#list(this.#merge(before, region));
    else this.#list(region);
  }

  /** Merges `right` into `left`; neither is listed afterwards. */
  #merge(left: Region, right: Region): Region {
    this.#unlist(left);
    this.#unlist(right);
    left.size += right.size;
    left.after = right.after;
    if (left.after) left.after.before = left;
    else this.#last = left;
    return left;
  }

  #list(region: Region): void {
    const index = classBelow(region.size);
    this.#filled[index >> 5] |= 1 << (index & 31);
    region.place = this.#free[index].push(region) - 1;
  }

  #unlist(region: Region): void {
    if (region.place < 0) return;
    const index = classBelow(region.size);
    const list = this.#free[index];
    const last = list.pop()!;
    if (list.length === 0) this.#filled[index >> 5] &= ~(1 << (index & 31));
    if (last !== region) {
      list[region.place] = last;
      last.place = region.place;
    }
    region.place = -1;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Returns the class whose smallest size is at most `size`, in which a free region is listed. */
function classBelow(size: number): number {
  const units = size / ALIGNMENT;
  const doubling = 31 - Math.clz32(units);
  const step = Math.floor((units / (1 << doubling) - 1) * CLASSES_PER_DOUBLING);
  return doubling * CLASSES_PER_DOUBLING + step;
}
