import type { Batches } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import type { Regions } from "../../memory/regions.ts";
import * as batchStructures from "./batch_structures.ts";
import { NARROW_ROW, NARROW_TILE } from "./cluster_sizes.ts";
import type { LloydData } from "./data.ts";
import { Guesses } from "./guesses.ts";
import { NarrowSteps } from "./narrow_steps.ts";
import { CentroidPlace, type Placed } from "./placement.ts";
import { LABEL_BLOCK, labelBytes, labelForms } from "./quantisation.ts";
import { runJob, runJobInPieces } from "./run_job.ts";
import * as structures from "./structures.ts";

/** Number of products from which a batch is worth waking other threads: about 0.1 ms. */
const WORTH_SHARING = 2 ** 21;

/** Centroids are placed in bytes alone while these leave at most one in so many rows open; else, so many steps in all forms. */
const OPEN = 256;
const PAUSE = 16;

/** Sizes that room is made for. */
export interface BatchSizes {
  /** Number of clusters. */
  readonly k: number;
  /** Number of rows per batch. */
  readonly rows: number;
}

/** Room for batches of data, and for the means of k clusters. */
export class BatchMeans implements Disposable {
  readonly sizes: BatchSizes;
  readonly #runtime: SimdRuntime;
  readonly #regions: Regions;
  readonly #data: LloydData;
  readonly #place: CentroidPlace;
  readonly #guesses: Guesses;
  readonly #batch: Values<typeof batchStructures.batch>;
  /** True if the last step placed the centroids that it moved. */
  #moved = false;
  /** Number of steps that place centroids in all forms yet. */
  #pause = 0;
  readonly #workspace: Packed<typeof structures.workspace>;
  readonly #narrowSteps: NarrowSteps | undefined;

  /**
   * Makes room.
   *
   * @param regions Regions that are freed with this object.
   * @param batchWeights Address of one weight per row of the data, or 0.
   */
  constructor(
    runtime: SimdRuntime,
    regions: Regions,
    data: LloydData,
    sizes: BatchSizes,
    batchWeights: number,
  ) {
    const { d } = data;
    const { k, rows } = sizes;
    this.sizes = sizes;
    this.#runtime = runtime;
    this.#regions = regions;
    this.#data = data;
    this.#place = new CentroidPlace(runtime, regions, data, k, labelForms(runtime, data, k));
    this.#guesses = new Guesses(runtime, regions, data, this.#place);
    this.#batch = {
      batchWeights,
      batchCount: rows,
      batchRows: regions.allocate(4 * rows),
      batchLabels: regions.allocate(4 * rows),
      batchDistances: regions.allocate(8 * rows),
      batchOrder: regions.allocate(4 * rows),
      batchEnds: regions.allocate(4 * k),
      batchSums: regions.allocate(8 * k * (d + 1)),
      batchInertia: regions.allocate(8),
      seen: regions.allocate(8 * k),
    };
    const { width, splats } = this.#place.values;
    const room = splats ? NARROW_TILE * NARROW_ROW : labelBytes(data, k, width);
    const scratchBytes = 64 * Math.ceil(room / 64) + 64;
    const scratch = regions.allocate(scratchBytes * runtime.threads);
    this.#workspace = pack(structures.workspace, { scratch, scratchBytes });
    if (splats && rows * d * k < WORTH_SHARING) {
      const given = [data, this.#place, this.#batch, this.#workspace] as const;
      this.#narrowSteps = new NarrowSteps(runtime, regions, ...given);
    }
  }

  /** Makes steps; see `BatchMeansSession` of `@mixtape/operations`. */
  *steps(centroids: Float64Array, seen: Float64Array, batches: Batches): Work<void> {
    const stepAlone = (rows: Uint32Array, changed = true) =>
      this.#step(rows, centroids, seen, changed);
    if (this.#narrowSteps) {
      return yield* this.#narrowSteps.make(centroids, seen, batches, stepAlone);
    }
    const { draw, after } = batches;
    let changed = true;
    for (let rows = draw(); rows; rows = draw()) {
      const told = after(rows, yield* stepAlone(rows, changed));
      if (told === "end") return;
      changed = told === "changed";
      yield* this.#runtime.turns.offer();
    }
  }

  *#step(
    rows: Uint32Array,
    centroids: Float64Array,
    seen: Float64Array,
    changed: boolean,
  ): Work<number> {
    const { memory } = this.#runtime;
    const { k } = this.sizes;
    const { d, packed } = this.#data;
    const at = this.#batch;
    memory.int32(at.batchRows, rows.length).set(rows);
    memory.float64(at.seen, k).set(seen);
    const batch = pack(batchStructures.batch, at);
    const placed = this.#placeAll(centroids, changed);
    const guesses = this.#guesses.prepare(rows.length, placed);
    const work = rows.length * d * k;
    const blocks = work < WORTH_SHARING ? 1 : Math.ceil(rows.length / LABEL_BLOCK);
    const labelled = [packed, this.#place.packed, placed.precision, batch] as const;
    const given = [...labelled, guesses, this.#workspace] as const;
    yield* runJobInPieces(this.#runtime, "labelBatch", given, blocks, work);
    runJob(this.#runtime, "sortBatch", [this.#place.packed, batch], 1);
    const lacked = this.#chooseForms(rows.length);
    this.#place.moveToMeans(batch, blocks > 1);
    this.#guesses.follow();
    this.#moved = placed.scored && !lacked;
    centroids.set(memory.float64(this.#place.values.centroids, k * d));
    seen.set(memory.float64(at.seen, k));
    return memory.float64(at.batchInertia, 1)[0];
  }

  /** Chooses the forms to place centroids in; returns true if those that stand still lack some. */
  #chooseForms(rows: number): boolean {
    const isEnough = this.#guesses.open * OPEN <= rows;
    const lacked = this.#place.chooseForms(isEnough && --this.#pause < 0);
    if (!isEnough && lacked) this.#pause = PAUSE;
    return lacked;
  }

  /** Places the centroids, unless the last step left them there. */
  #placeAll(centroids: Float64Array, changed: boolean): Placed {
    const moved = this.#moved;
    this.#moved = false;
    if (moved && !changed) return this.#place.judgeMoved(centroids);
    const placed = moved ? this.#place.placeChanged(centroids) : this.#place.place(centroids);
    this.#guesses.follow();
    return placed;
  }

  [Symbol.dispose](): void {
    this.#regions[Symbol.dispose]();
  }
}
