import type { SimdRuntime } from "../../runtime.ts";
import { pack, type Packed, type Values } from "../../structure.ts";
import { type LloydData, NARROW, noSketch } from "./data.ts";
import type { Regions } from "../../memory/regions.ts";
import { findDuplicates } from "./duplicates.ts";
import { quantisationError, quantisedBytes } from "./quantisation.ts";
import { filledColumns, placeCentre, screenScratchBytes } from "./screens.ts";
import { runJob } from "./run_job.ts";
import type * as batchStructures from "./batch_structures.ts";
import * as structures from "./structures.ts";

/** Scaled length of centroids beyond which float32 scores could overflow. */
const LONGEST = 1e15;
/** A score that no other exceeds. */
const OUT_OF_PLAY = 1e37;
/** Half the distance from 1 to the next float32. */
const ROUNDOFF = 2 ** -24;
/** Largest loss of a product to underflow. */
const UNDERFLOW = 1e-30;

/** Result of placing centroids in memory. */
export interface Placed {
  /** Bound on the errors of scores. */
  readonly precision: Packed<typeof structures.precision>;
  /**
   * True if float32 scores can represent them; otherwise every centroid is a candidate for every
   * row.
   */
  readonly scored: boolean;
  /** Largest length of a centroid minus the mean, scaled. */
  readonly longest: number;
  /**
   * Indices of the centroids that are out of play because they equal an earlier one, joined by
   * commas.
   */
  readonly duplicates: string;
}

/** Number of centroids per panel, and of panels from which threads share them rather than centroids. */
const PANEL = 12;
const MANY_PANELS = 4;

/** No references: none is kept without a basis. */
export const noHistory: Packed<typeof structures.history> = pack(structures.history, {
  ...{ now: 0, residualDrifts: 0, kept: 0, keptCount: 0 },
});

/** The rows that centroids are placed for. */
export type PlacedRows = Pick<LloydData, "d" | "mean" | "copied" | "packed" | "rows">;

/** Returns the number of columns that products with k centroids have: whole vectors, or whole tiles. */
export function widthOf(k: number, pairs: boolean): number {
  const step = pairs ? 8 : 4;
  return Math.ceil(k / step) * step;
}

/** Memory for k centroids, in the forms that the kernels need. */
export class CentroidPlace {
  /** Sizes and addresses. */
  readonly values: Values<typeof structures.centroids>;
  readonly #sketch: Values<typeof structures.sketch>;
  readonly #runtime: SimdRuntime;
  readonly #regions: Regions;
  readonly #data: PlacedRows;
  #packed: Packed<typeof structures.centroids>;
  #inBytes = false;
  #workspace: Packed<typeof structures.workspace> | undefined;

  /**
   * Makes room; without `sketch`, centroids have no coordinates in the basis.
   *
   * @param pairs True if centroids are needed row by row, too.
   * @param quantised True if they are needed as 16-bit integers.
   * @param screened True if they are needed as 8-bit integers.
   */
  constructor(
    runtime: SimdRuntime,
    regions: Regions,
    data: PlacedRows,
    k: number,
    { sketch = noSketch, pairs = false, quantised = false, screened = false }: {
      sketch?: Values<typeof structures.sketch>;
      pairs?: boolean;
      quantised?: boolean;
      screened?: boolean;
    } = {},
  ) {
    const { d } = data;
    const size = sketch.sketchSize;
    const width = widthOf(k, pairs);
    this.#runtime = runtime;
    this.#regions = regions;
    this.#data = data;
    this.#sketch = sketch;
    this.values = {
      ...{ k, width, together: k < MANY_PANELS * PANEL ? 1 : PANEL },
      centroids: regions.allocate(8 * k * d),
      former: regions.zeros(8 * k * d),
      panels: regions.zeros(4 * width * Math.ceil(d / 4) * 4),
      narrow: pairs ? regions.allocate(4 * k * d) : 0,
      quantised: quantised ? regions.zeros(quantisedBytes(d, width)) : 0,
      units: quantised ? regions.zeros(4 * width) : 0,
      screenPanels: screened ? regions.zeros(filledColumns(d) * width) : 0,
      screenUnits: screened ? regions.zeros(4 * width) : 0,
      screenLengths: screened ? regions.zeros(4 * width) : 0,
      screenErrors: screened ? regions.zeros(4 * width) : 0,
      moves: -1,
      moveColumns: screened && pairs ? regions.zeros(4 * width) : 0,
      movedCentroids: screened && pairs ? regions.zeros(4 * (width + 1)) : 0,
      centre: quantised || screened ? placeCentre(regions, data) : 0,
      sketchPanels: regions.zeros(4 * width * size),
      bias: regions.allocate(4 * width),
      shift: regions.zeros(4 * width),
      splats: data.rows.dense && d <= NARROW ? regions.allocate(16 * k * (d + 1)) : 0,
      facts: regions.allocate(64 * k),
    };
    this.#packed = pack(structures.centroids, this.values);
    runtime.memory.float32(this.values.bias, width).fill(OUT_OF_PLAY);
  }

  /** Sizes and addresses, as kernels are given them. */
  get packed(): Packed<typeof structures.centroids> {
    return this.#packed;
  }

  /**
   * Places centroids as {@linkcode CentroidPlace.place} does, but lets 8-bit integers stand for how far they move
   * from where they were placed last, unless `moves` is false.
   */
  placeMoves(centroids: Float64Array, moves: boolean): Placed {
    const { memory } = this.#runtime;
    const { k, movedCentroids } = this.values;
    this.#packed = pack(structures.centroids, this.values);
    if (moves) {
      memory.float64(this.values.centroids, centroids.length).set(centroids);
      runJob(this.#runtime, "listMoved", [this.#data.packed, this.#packed], 1);
      const [count] = memory.int32(movedCentroids + 4 * k, 1);
      this.#packed = pack(structures.centroids, { ...this.values, moves: count });
    }
    return this.place(centroids);
  }

  /** From here on, places centroids as 8-bit integers alone, or in all forms; returns true if placed ones lack some. */
  chooseForms(bytes: boolean): boolean {
    if (!this.values.screenPanels || bytes === this.#inBytes) return false;
    this.#inBytes = bytes;
    const forms = bytes ? { ...this.values, panels: 0, quantised: 0 } : this.values;
    this.#packed = pack(structures.centroids, forms);
    return !bytes;
  }

  /**
   * Places centroids, k × d numbers. Residual centroids go to the last of the references kept, and
   * are compared with the others.
   */
  place(centroids: Float64Array, history = noHistory, keptCount = 0): Placed {
    return this.#judge(centroids, this.placeInPlay(centroids, history, keptCount));
  }

  /** Places few centroids for rows of few columns, as {@linkcode CentroidPlace.place} does, without a job. */
  placeSplats(centroids: Float64Array): Placed {
    const { d, mean, rows: { scale } } = this.#data;
    const { k } = this.values;
    this.#runtime.memory.float64(this.values.centroids, k * d).set(centroids);
    const facts = this.facts();
    for (let j = 0; j < k; j++) {
      let square = 0;
      for (let p = 0; p < d; p++) square += ((centroids[j * d + p] - mean[p]) * scale) ** 2;
      facts[8 * j + 1] = square;
    }
    return this.#judge(centroids, this.#bringIntoPlay(facts));
  }

  /** Bounds the errors of scores, and takes centroids out of play that equal others. */
  #judge(centroids: Float64Array, longest: number): Placed {
    const { d } = this.#data;
    const { k } = this.values;
    if (!(longest < LONGEST)) return this.#withoutScores(longest);
    const facts = this.facts();
    const duplicates = findDuplicates(centroids, facts, k, d);
    const bias = this.#runtime.memory.float32(this.values.bias, k);
    for (const duplicate of duplicates) bias[duplicate] = OUT_OF_PLAY;
    if (this.values.splats) this.#splat(centroids);
    const sharpness = 2.5 * ROUNDOFF * longest;
    const offset = 16 * ROUNDOFF * longest ** 2 + UNDERFLOW;
    const farthest = largestLength(facts, 6);
    const quantisation = this.values.quantised ? quantisationError(d, longest, farthest) : 0;
    return {
      precision: pack(structures.precision, { sharpness, offset, quantisation }),
      scored: true,
      longest,
      duplicates: [...duplicates].join(),
    };
  }

  /**
   * Places centroids as {@linkcode CentroidPlace.place} does, all of them in play, without a bound on the
   * errors of scores: those that float32 cannot represent are not numbers.
   *
   * @returns The largest length of a centroid minus the mean, scaled.
   */
  placeInPlay(centroids: Float64Array, history = noHistory, keptCount = 0): number {
    const { d } = this.#data;
    const { k } = this.values;
    this.#runtime.memory.float64(this.values.centroids, k * d).set(centroids);
    const additions = k * d * (4 + 2 * this.#sketch.sketchSize + keptCount);
    runJob(this.#runtime, "placeCentroids", this.#given(history), this.#blocks(), {
      multiplyAdds: 2 * additions,
    });
    return this.#bringIntoPlay(this.facts());
  }

  /**
   * Moves the centroids to the means of what they have seen with a batch, and places them there.
   *
   * @param shared True to let other threads take part.
   */
  moveToMeans(batch: Packed<typeof batchStructures.batch>, shared: boolean): void {
    const given = [...this.#given(noHistory), batch] as const;
    const multiplyAdds = shared ? Infinity : 0;
    runJob(this.#runtime, "moveToMeans", given, this.#blocks(), { multiplyAdds });
  }

  /** Does what is left of {@linkcode CentroidPlace.place} after {@linkcode CentroidPlace.moveToMeans}. */
  judgeMoved(centroids: Float64Array): Placed {
    return this.#judge(centroids, this.#bringIntoPlay(this.facts()));
  }

  /**
   * Places centroids as {@linkcode CentroidPlace.place} does, after {@linkcode CentroidPlace.moveToMeans} has
   * placed them: those that have been moved elsewhere since.
   */
  placeChanged(centroids: Float64Array): Placed {
    this.#runtime.memory.float64(this.values.centroids, centroids.length).set(centroids);
    runJob(this.#runtime, "placeChanged", this.#given(noHistory), this.#blocks(), {
      multiplyAdds: 0,
    });
    return this.judgeMoved(centroids);
  }

  #given(history: Packed<typeof structures.history>) {
    const sketch = pack(structures.sketch, this.#sketch);
    return [this.#data.packed, sketch, this.packed, history, this.#scratch()] as const;
  }

  #blocks(): number {
    return Math.ceil(this.values.k / this.values.together);
  }

  /** Writes biases and shifts; returns the largest length of a centroid minus the mean, scaled. */
  #bringIntoPlay(facts: Float64Array): number {
    const { k } = this.values;
    const longest = largestLength(facts, 1);
    const bias = this.#runtime.memory.float32(this.values.bias, k);
    const shift = this.#runtime.memory.float32(this.values.shift, k);
    for (let j = 0; j < k; j++) {
      bias[j] = longest < LONGEST ? facts[8 * j + 1] : NaN;
      shift[j] = this.#data.copied ? 0 : facts[8 * j + 2];
    }
    return longest;
  }

  /** Returns scratch memory, which is allocated once it is needed. */
  #scratch(): Packed<typeof structures.workspace> {
    const { d } = this.#data;
    const scratchBytes = 64 * Math.ceil((d + this.#sketch.sketchSize) / 8) +
      (this.values.screenPanels ? screenScratchBytes(d) : 0);
    return this.#workspace ??= pack(structures.workspace, {
      scratch: this.#regions.allocate(scratchBytes * this.#runtime.threads),
      scratchBytes,
    });
  }

  /** Returns eight numbers per centroid, see `structures.ts`. */
  facts(): Float64Array {
    return this.#runtime.memory.float64(this.values.facts, 8 * this.values.k);
  }

  /** Writes the centroids and their biases, four times each. */
  #splat(centroids: Float64Array): void {
    const { d, mean, rows: { scale } } = this.#data;
    const { memory } = this.#runtime;
    const { k, bias: biasAt, splats: splatsAt } = this.values;
    const bias = memory.float32(biasAt, k);
    const splats = memory.float32(splatsAt, 4 * k * (d + 1));
    let to = 0;
    const add = (value: number) => {
      for (const end = to + 4; to < end; to++) splats[to] = value;
    };
    for (let j = 0; j < k; j++) {
      add(bias[j]);
      for (let p = 0; p < d; p++) add(-2 * (centroids[j * d + p] - mean[p]) * scale);
    }
  }

  /** Sets all scores to 0 with unlimited error, so that float64 decides among all centroids. */
  #withoutScores(longest: number): Placed {
    const { memory } = this.#runtime;
    const { k, width, panels, sketchPanels, bias, shift, splats, units } = this.values;
    memory.float32(panels, width * Math.ceil(this.#data.d / 4) * 4).fill(0);
    memory.float32(sketchPanels, width * this.#sketch.sketchSize).fill(0);
    memory.float32(bias, k).fill(0);
    memory.float32(shift, k).fill(0);
    if (units) memory.float32(units, width).fill(0);
    if (splats) memory.float32(splats, 4 * k * (this.#data.d + 1)).fill(0);
    const precision = pack(structures.precision, {
      ...{ sharpness: 0, offset: 1e30, quantisation: 0 },
    });
    return { precision, scored: false, longest, duplicates: "" };
  }
}

/** Returns the largest of the lengths whose squares are among the facts. */
function largestLength(facts: Float64Array, at: number): number {
  let longest = 0;
  for (; at < facts.length; at += 8) longest = Math.max(longest, Math.sqrt(facts[at]));
  return longest;
}
