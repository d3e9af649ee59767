import type { Batches } from "@mixtape/operations";
import type { Regions } from "../../memory/regions.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import * as batchStructures from "./batch_structures.ts";
import type { LloydData } from "./data.ts";
import type { CentroidPlace } from "./placement.ts";
import { runJob } from "./run_job.ts";
import type * as structures from "./structures.ts";

/** Number of rows that are copied ahead: many for each time that threads are woken, but they stay in the cache. */
const ROWS_AHEAD = 2 ** 13;
/** The same of a block, see `kernels/lloyd/narrow_batches.ts`. */
const COPIED = 1024;
/** Work to draw, copy and add up a row, in multiply-adds. */
const PER_ROW = 100;
/** The same to place a number of a centroid, and to keep it as an outcome. */
const PER_NUMBER = 16;
/** Most work of the steps of one job: some milliseconds, and some megabytes of outcomes. */
const LONGEST_JOB = 2 ** 24;

/** Places of the rows of some batches, and of their copies. */
type Room = Pick<
  Values<typeof batchStructures.steps>,
  "aheadRows" | "aheadDense" | "aheadOriginal" | "aheadWeights"
>;

/** Centroids after a step, what they have seen by then, and its inertia. */
interface Outcome {
  readonly inertia: number;
  readonly centroids: Float64Array;
  readonly seen: Float64Array;
}

/**
 * Steps with batches of few columns, several in one job: while a thread makes them, the caller draws batches, and
 * copies rows of the next ones, which would else be waited for.
 */
export class NarrowSteps {
  /** Largest number of batches that are copied ahead. */
  readonly #most: number;
  readonly #runtime: SimdRuntime;
  readonly #data: LloydData;
  readonly #place: CentroidPlace;
  readonly #batch: Packed<typeof batchStructures.batch>;
  readonly #workspace: Packed<typeof structures.workspace>;
  readonly #rows: number;
  readonly #seen: number;
  readonly #rooms: readonly Room[];
  readonly #outcomes: number;
  readonly #stepsMade: number;

  /**
   * Makes room.
   *
   * @param batch Addresses of what becomes of a batch, and its number of rows.
   */
  constructor(
    runtime: SimdRuntime,
    regions: Regions,
    data: LloydData,
    place: CentroidPlace,
    batch: Values<typeof batchStructures.batch>,
    workspace: Packed<typeof structures.workspace>,
  ) {
    const { d, rows: { dense, original, originalWide } } = data;
    const { batchCount, batchWeights } = batch;
    this.#runtime = runtime;
    this.#data = data;
    this.#place = place;
    this.#batch = pack(batchStructures.batch, batch);
    this.#workspace = workspace;
    this.#rows = batchCount;
    this.#seen = batch.seen;
    const { k } = place.values;
    const perStep = batchCount * (d * k + PER_ROW) + k * (d + 1) * PER_NUMBER;
    const steps = Math.min(ROWS_AHEAD / batchCount, LONGEST_JOB / perStep);
    this.#most = Math.max(1, Math.floor(steps));
    const rows = this.#most * batchCount;
    this.#rooms = [0, 1].map(() => {
      const aheadOriginal = regions.allocate(rows * d * (4 << originalWide));
      return {
        aheadRows: regions.allocate(4 * rows),
        aheadDense: dense === original ? aheadOriginal : regions.allocate(4 * rows * d),
        aheadOriginal,
        aheadWeights: batchWeights && regions.allocate(8 * rows),
      };
    });
    this.#outcomes = regions.allocate(8 * this.#most * this.#numbers);
    this.#stepsMade = regions.allocate(4);
  }

  /**
   * Makes steps; see `BatchMeansSession` of `@mixtape/operations`.
   *
   * @param stepAlone Makes a step with centroids that float32 cannot hold.
   */
  *make(
    centroids: Float64Array,
    seen: Float64Array,
    { draw, after }: Batches,
    stepAlone: (rows: Uint32Array) => Work<number>,
  ): Work<void> {
    const { memory, turns } = this.#runtime;
    let now: readonly Uint32Array[] = [];
    let next = this.#draw(draw, 1, this.#rooms[1]);
    // A caller who changed an outcome may well change the next.
    let atOnce = 1;
    for (let turn = 0; now.length + next.length > 0; turn++) {
      let later: readonly Uint32Array[] = [];
      // Few at first, since fits can be short.
      const size = Math.min(this.#most, 2 ** (turn + 1));
      let ahead = next.length;
      let meanwhile: (() => void) | undefined = () => {
        later = this.#draw(draw, size, this.#rooms[turn % 2]);
      };
      for (let made = 0;;) {
        const { precision, scored, duplicates } = this.#place.placeSplats(centroids);
        memory.float64(this.#seen, seen.length).set(seen);
        // Of equal centroids, all but the first are passed over in the first step alone: later ones would be decided in float64.
        const count = scored ? Math.min(now.length - made, duplicates ? 1 : atOnce) : 0;
        const job = { turn, made, count, ahead };
        this.#run(job, precision, meanwhile);
        [ahead, meanwhile] = [0, undefined];
        atOnce *= 2;
        if (made < now.length && !scored) {
          const inertia = yield* stepAlone(now[made]);
          if (after(now[made++], inertia) === "end") return;
        }
        for (let step = 0; step < memory.int32(this.#stepsMade, 1)[0]; step++) {
          const outcome = this.#outcome(step);
          centroids.set(outcome.centroids);
          seen.set(outcome.seen);
          const told = after(now[made++], outcome.inertia);
          if (told === "end") return;
          // Steps after one whose outcome was changed are made again.
          if (told === "changed") {
            atOnce = 1;
            break;
          }
        }
        yield* turns.offer();
        if (made === now.length) break;
      }
      [now, next] = [next, later];
    }
  }

  /** Draws batches, and places their rows. */
  #draw(draw: Batches["draw"], most: number, { aheadRows }: Room): readonly Uint32Array[] {
    const batches: Uint32Array[] = [];
    while (batches.length < most) {
      const rows = draw();
      if (!rows) break;
      const place = aheadRows + 4 * this.#rows * batches.length;
      this.#runtime.memory.int32(place, rows.length).set(rows);
      batches.push(rows);
    }
    return batches;
  }

  /** Makes some steps with the batches copied before, from one of them on, and copies the next ones. */
  #run(
    { turn, made, count, ahead }: Readonly<Record<"turn" | "made" | "count" | "ahead", number>>,
    precision: Packed<typeof structures.precision>,
    before?: () => void,
  ): void {
    const { d, packed, rows: { originalWide } } = this.#data;
    const [room, copied] = [this.#rooms[(turn + 1) % 2], this.#rooms[turn % 2]];
    const first = made * this.#rows;
    const steps = pack(batchStructures.steps, {
      ...room,
      aheadCount: ahead * this.#rows,
      stepCount: count,
      copiedDense: copied.aheadDense + 4 * first * d,
      copiedOriginal: copied.aheadOriginal + first * d * (4 << originalWide),
      copiedWeights: copied.aheadWeights && copied.aheadWeights + 8 * first,
      outcomes: this.#outcomes,
      stepsMade: this.#stepsMade,
    });
    const placed = [packed, this.#place.packed, precision, this.#batch] as const;
    const given = [...placed, this.#workspace, steps] as const;
    const { k } = this.#place.values;
    runJob(this.#runtime, "stepsNarrow", given, 1 + Math.ceil(ahead * this.#rows / COPIED), {
      before,
      multiplyAdds: Math.max(count, ahead) * this.#rows * (d * k + PER_ROW),
    });
  }

  #outcome(step: number): Outcome {
    const { k } = this.#place.values;
    const numbers = this.#numbers;
    const outcome = this.#runtime.memory.float64(this.#outcomes + 8 * step * numbers, numbers);
    const end = 1 + k * this.#data.d;
    return {
      inertia: outcome[0],
      centroids: outcome.subarray(1, end),
      seen: outcome.subarray(end),
    };
  }

  /** Number of float64 that a step leaves. */
  get #numbers(): number {
    return 1 + this.#place.values.k * (this.#data.d + 1);
  }
}
