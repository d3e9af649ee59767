import { clearInPieces } from "../../memory/place_values.ts";
import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";

/** Assigns regions, and positions in scratch and in a block's share of the gradients. */
export class Places {
  /** Bytes of scratch that are assigned. */
  scratch = 0;
  /** Bytes of a block's share that are assigned. */
  partial = 0;
  /** Owner of the regions. */
  readonly regions: Regions;
  readonly #zeros: [address: number, bytes: number][] = [];

  /** Starts without places. */
  constructor(regions: Regions) {
    this.regions = regions;
  }

  /** Allocates a region that {@linkcode Places.clear} fills with zeros. */
  zeros(bytes: number): number {
    const address = this.regions.allocate(bytes);
    this.#zeros.push([address, bytes]);
    return address;
  }

  /** Returns a position in scratch. */
  inScratch(bytes: number): number {
    this.scratch += bytes;
    return this.scratch - bytes;
  }

  /** Returns a position in a block's share. */
  inPartial(bytes: number): number {
    this.partial += bytes;
    return this.partial - bytes;
  }

  /** Fills regions with zeros; the event loop can turn meanwhile. */
  *clear(runtime: SimdRuntime): Work<void> {
    for (const [address, bytes] of this.#zeros) yield* clearInPieces(runtime, address, bytes);
  }
}
