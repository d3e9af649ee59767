import type {
  MaybePromise,
  Tridiagonal,
  TridiagonalAttributes,
  TridiagonalSession,
  TridiagonalVectors,
} from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { clearInPieces, placeInPieces } from "../memory/place_values.ts";
import { buildInRegions, type Regions, workWithRegions } from "../memory/regions.ts";
import { tridiagonal as kernel } from "../module/tridiagonal.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Number of multiply-adds that take some milliseconds. */
const AT_ONCE = 2 ** 22;
/** Multiply-adds per entry of the leading square block that a reflection changes half of. */
const MULTIPLY_ADDS = 2;
/** Most blocks of rows per reflection, as in kernels/tridiagonal.ts. */
const BLOCKS = 8;
/** Number of sweeps that are placed between two looks at the clock. */
const SWEEPS = 64;
/** Number of vectors that are computed side by side, as in kernels/tridiagonal.ts. */
const GROUP = 8;

/** Opens the reduction of a symmetric matrix to a tridiagonal one. */
export function openTridiagonal(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeTridiagonal">,
): TridiagonalSession {
  return untilDisposed(
    buildInRegions(runtime.memory, (regions) => new Reduction(runtime, regions, attrs)),
  );
}

class Reduction implements TridiagonalSession {
  readonly #runtime: SimdRuntime;
  readonly #regions: Regions;
  readonly #a: Float64Array;
  readonly #d: number;
  /** Addresses of the matrix, whose rows will begin with the vectors of reflections, and of numbers per row. */
  readonly #matrix: number;
  readonly #row: number;
  readonly #beside: number;
  readonly #halves: number;
  /** Addresses of what the blocks of a reflection add up, and of the column of the next one. */
  readonly #products: number;
  readonly #next: number;

  constructor(runtime: SimdRuntime, regions: Regions, { a, d }: TridiagonalAttributes) {
    this.#runtime = runtime;
    this.#regions = regions;
    this.#a = a;
    this.#d = d;
    this.#matrix = regions.allocate(8 * d * d);
    this.#row = regions.allocate(8 * d);
    this.#beside = regions.zeros(8 * d);
    this.#halves = regions.zeros(8 * d);
    this.#products = regions.zeros(8 * d * BLOCKS);
    this.#next = regions.zeros(8 * d);
  }

  reduce(signal?: AbortSignal): MaybePromise<Tridiagonal> {
    return this.#runtime.turns.drive(this.#reduce(), signal);
  }

  *#reduce(): Work<Tridiagonal> {
    const [runtime, a, d] = [this.#runtime, this.#a, this.#d];
    // Placed here: a reduction that failed has changed the matrix in part.
    yield* placeInPieces(runtime, a, this.#matrix);
    runtime.memory.float64(this.#row, d).set(a.subarray((d - 1) * d));
    runtime.memory.float64(this.#beside, d).fill(0);
    const given = [
      ...[this.#matrix, d, this.#row, this.#beside],
      ...[this.#halves, this.#products, this.#next],
    ];
    runtime.run(kernel, "turn", [...given, d], 1);
    for (let from = d - 1; from > 0;) {
      const to = this.#reduceSome(given, from);
      yield* runtime.turns.offer();
      from = to;
    }
    const matrix = runtime.memory.float64(this.#matrix, d * d);
    return {
      diagonal: Float64Array.from({ length: d }, (_, i) => matrix[i * d + i]),
      off: runtime.memory.float64(this.#beside, d).slice().fill(0, 0, 1),
    };
  }

  /** Reduces rows from `from` down for some milliseconds; returns the row that is left to begin with. */
  #reduceSome(given: readonly number[], from: number): number {
    const runtime = this.#runtime;
    const stepMultiplyAdds = MULTIPLY_ADDS * from ** 2;
    const to = Math.max(0, from - Math.ceil(AT_ONCE / stepMultiplyAdds));
    if (runtime.threads === 1 || runtime.isLittle(stepMultiplyAdds)) {
      runtime.run(kernel, "reduce", [...given, from, to], 1);
      return to;
    }
    for (let i = from; i > to; i--) {
      runtime.run(kernel, "reflect", [...given, i], BLOCKS);
      runtime.run(kernel, "turn", [...given, i], 1);
    }
    return to;
  }

  vectors(wanted: TridiagonalVectors): MaybePromise<Float64Array> {
    const work = workWithRegions(
      this.#runtime.memory,
      (regions) => this.#undo(regions, wanted),
    );
    return this.#runtime.turns.drive(work, wanted.signal);
  }

  *#undo(regions: Regions, { sweeps, places }: TridiagonalVectors): Work<Float64Array> {
    const [runtime, d] = [this.#runtime, this.#d];
    const { memory } = runtime;
    // Those of neighbouring places side by side: earlier sweeps do not concern later places.
    const rows = Array.from(places.keys()).sort((a, b) => places[a] - places[b]);
    const count = Math.ceil(rows.length / GROUP);
    const lasts = Int32Array.from(
      { length: count },
      (_, group) => places[rows[Math.min(rows.length, (group + 1) * GROUP) - 1]],
    );
    const size = GROUP * d;
    const groups = regions.allocate(8 * size * count);
    yield* clearInPieces(runtime, groups, 8 * size * count);
    const numbers = memory.float64(groups, size * count);
    const at = (rank: number) => Math.floor(rank / GROUP) * size + rank % GROUP;
    rows.forEach((row, rank) => numbers[at(rank) + GROUP * places[row]] = 1);
    const args = [
      ...[groups, regions.place(lasts), count, ...yield* placeSweeps(runtime, regions, sweeps)],
      ...[this.#matrix, d, this.#halves],
    ];
    const perVector = d * d + sweeps.reduce((sum, { turns }) => sum + 2 * turns.length, 0);
    yield* runtime.runInPieces(kernel, "undo", args, count, GROUP * count * perVector);
    const vectors = new Float64Array(places.length * d);
    for (const [rank, row] of rows.entries()) {
      const found = memory.float64(groups, size * count);
      for (let i = 0; i < d; i++) vectors[row * d + i] = found[at(rank) + GROUP * i];
      if (rank % GROUP === GROUP - 1) yield* runtime.turns.offer();
    }
    return vectors;
  }

  [Symbol.dispose](): void {
    this.#regions[Symbol.dispose]();
  }
}

/** Places sweeps as the kernel reads them: first rows, ends among the turns, their number, and turns. */
function* placeSweeps(
  { turns: clock }: SimdRuntime,
  regions: Regions,
  sweeps: TridiagonalVectors["sweeps"],
): Work<number[]> {
  const ends = new Int32Array(sweeps.length);
  let end = 0;
  sweeps.forEach(({ turns }, s) => ends[s] = end += turns.length / 2);
  const turns = regions.allocate(16 * end);
  for (let s = 0; s < sweeps.length; s++) {
    const own = sweeps[s].turns;
    regions.memory.float64(turns + 16 * ends[s] - 8 * own.length, own.length).set(own);
    if (s % SWEEPS === 0) yield* clock.offer();
  }
  const firsts = Int32Array.from(sweeps, ({ first }) => first);
  return [regions.place(firsts), regions.place(ends), sweeps.length, turns];
}
