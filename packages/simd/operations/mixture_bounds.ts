import type { WasmMemory } from "../memory/wasm_memory.ts";
import type { SimdRuntime } from "../runtime.ts";
import { CHUNK, FEW, type MixtureLayout } from "./mixture_layout.ts";
import { moveAlgebra } from "./mixture_algebra.ts";
import { type MoveAlgebra, movesBetween, type MovingMixture } from "./mixture_moves.ts";
import { isWorthPruning } from "./mixture_screen.ts";

/** No bounds are kept for problems that would need more than this. */
const BUDGET = 2 ** 28;
/** Beyond so many columns it takes the host longer to see how far triangles moved than bounds save. */
const MOST_COLUMNS = 256;

/** From so many columns on, algebra of matrices is faster in kernels. */
const WORTH_A_JOB = 32;

/** The bounds that a session keeps from one pass to the next, see kernels/mixture/prune.ts. */
export class MixtureBounds {
  /** The arguments of a pass without bounds. */
  static readonly none: readonly number[] = [0, 0, 0, 0];

  readonly #memory: WasmMemory;
  /** Algebra by kernels, where it is worth a job. */
  readonly #algebra: MoveAlgebra | undefined;
  readonly #layout: MixtureLayout;
  #regions: { k: number; lengths: number; best: number; moves: number } | undefined;
  #before: MovingMixture | undefined;

  /** Bounds for passes over data of this layout; nothing is allocated yet. */
  constructor(runtime: SimdRuntime, layout: MixtureLayout) {
    this.#memory = runtime.memory;
    this.#layout = layout;
    if (layout.columns >= WORTH_A_JOB) this.#algebra = moveAlgebra(runtime);
  }

  /** The arguments of the kernel for a pass with this mixture. */
  begin(after: MovingMixture): readonly number[] {
    const bytes = 4 * CHUNK * this.#layout.chunks * after.k;
    if (bytes > BUDGET || !this.#areWorthTheirTime(after.k)) return MixtureBounds.none;
    if (this.#regions?.k !== after.k) this.#allocate(after.k, bytes);
    const { lengths, best, moves } = this.#regions!;
    const moved = this.#movesTo(after);
    this.#before = undefined;
    if (moved) this.#memory.float32(moves, moved.length).set(moved);
    return [lengths, Number(moved !== undefined), best, moves];
  }

  /** Whitening of few columns takes no longer than looking at a bound. */
  #areWorthTheirTime(k: number): boolean {
    const { columns, triangles } = this.#layout;
    if (!triangles) return isWorthPruning(this.#layout, k);
    return columns > FEW && columns <= MOST_COLUMNS;
  }

  /** The pass has ended, and left the bounds of this mixture. */
  end(mixture: MovingMixture): void {
    this.#before = mixture;
  }

  /** Frees what was allocated. */
  free(): void {
    if (!this.#regions) return;
    const { lengths, best, moves } = this.#regions;
    [lengths, best, moves].forEach((address) => this.#memory.free(address));
    this.#regions = undefined;
    this.#before = undefined;
  }

  #movesTo(after: MovingMixture): Float32Array | undefined {
    if (!this.#before) return undefined;
    const { columns, shape } = this.#layout;
    return movesBetween(this.#before, after, columns, shape, this.#algebra);
  }

  #allocate(k: number, bytes: number): void {
    this.free();
    const sizes = [bytes, 8 * CHUNK * this.#layout.chunks, 12 * k];
    const addresses: number[] = [];
    try {
      for (const size of sizes) addresses.push(this.#memory.allocate(size));
    } catch (error) {
      addresses.forEach((address) => this.#memory.free(address));
      throw error;
    }
    const [lengths, best, moves] = addresses;
    this.#regions = { k, lengths, best, moves };
  }
}
