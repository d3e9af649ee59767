import type { SimdRuntime } from "../../runtime.ts";
import { lloyd } from "../../module/lloyd.ts";
import type { LloydData } from "./data.ts";
import { changeArguments, type Frame, frameArguments } from "./frame.ts";
import type { Regions } from "../../memory/regions.ts";

/** Scaled length of centroids beyond which float32 scores could overflow. */
const LONGEST = 1e15;
/** A score that no other exceeds. */
const OUT_OF_PLAY = 1e37;
/** Half the distance from 1 to the next float32. */
const ROUNDOFF = 2 ** -24;
/**
 * Number of additions above which a job with one block per centroid is worth waking other threads.
 */
const WORTH_WAKING = 3e5;
/**
 * Number of centroids from which measuring the few that could be nearest is faster than measuring
 * all.
 */
const MANY = 16;
/** Largest loss of a product to underflow. */
const UNDERFLOW = 1e-30;

/** Result of placing centroids in memory. */
export interface Placed {
  /** Arguments of the jobs that follow. */
  readonly frame: Frame;
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

/** Memory for k centroids, in the forms that the kernels need. */
export class CentroidPlace {
  /** Arguments that stay the same. */
  readonly frame: Frame;
  readonly #runtime: SimdRuntime;
  readonly #data: LloydData;
  readonly #k: number;
  readonly #arguments: readonly number[];

  constructor(runtime: SimdRuntime, regions: Regions, data: LloydData, k: number, size: number) {
    const { d } = data;
    const width = Math.ceil(k / 4) * 4;
    const pairwise = data.frame.dense && size > 0 && k >= MANY;
    this.#runtime = runtime;
    this.#data = data;
    this.#k = k;
    const scratchBytes = 64 * Math.ceil((d + size) / 8);
    this.frame = {
      ...data.frame,
      ...{ k, width, sketchSize: size },
      centroids: regions.allocate(8 * k * d),
      former: regions.zeros(8 * k * d),
      panels: regions.zeros(4 * width * d),
      sketchPanels: regions.zeros(4 * width * size),
      pairwise: pairwise ? 1 : 0,
      narrow: pairwise ? regions.allocate(4 * k * d) : 0,
      neighborCount: pairwise ? k >> 2 : 0,
      neighbors: pairwise ? regions.allocate(8 * k * (k >> 2)) : 0,
      bias: regions.allocate(4 * width),
      shift: regions.zeros(4 * width),
      facts: regions.allocate(64 * k),
      scratch: regions.allocate(scratchBytes * runtime.threads),
    };
    this.#arguments = frameArguments({ ...this.frame, scratchBytes });
    runtime.memory.float32(this.frame.bias!, width).fill(OUT_OF_PLAY);
  }

  /** Places centroids, k × d numbers. `history` gives the addresses of residual centroids. */
  place(centroids: Float64Array, history: Frame = {}): Placed {
    const { d } = this.#data;
    const { memory } = this.#runtime;
    const k = this.#k;
    memory.float64(this.frame.centroids!, k * d).set(centroids);
    const pairs = this.frame.pairwise ? k : 0;
    const work = k * d * (4 + 2 * this.frame.sketchSize! + (history.keptCount ?? 0) + pairs);
    runForEach(this.#runtime, "placeCentroids", changeArguments(this.#arguments, history), k, work);
    const facts = this.facts();
    let longest = 0;
    for (let j = 0; j < k; j++) longest = Math.max(longest, Math.sqrt(facts[8 * j + 1]));
    if (!(longest < LONGEST)) return this.#withoutScores(longest);
    const bias = memory.float32(this.frame.bias!, k);
    const shift = memory.float32(this.frame.shift!, k);
    const duplicates = findDuplicates(centroids, facts, k, d);
    for (let j = 0; j < k; j++) {
      bias[j] = duplicates.has(j) ? OUT_OF_PLAY : facts[8 * j + 1];
      shift[j] = this.#data.copied ? 0 : facts[8 * j + 2];
    }
    const sharpness = 2.5 * ROUNDOFF * longest;
    const offset = 16 * ROUNDOFF * longest ** 2 + UNDERFLOW;
    return {
      frame: { sharpness, offset },
      scored: true,
      longest,
      duplicates: [...duplicates].join(),
    };
  }

  /** Returns eight numbers per centroid, see `kernels/lloyd/frame.ts`. */
  facts(): Float64Array {
    return this.#runtime.memory.float64(this.frame.facts!, 8 * this.#k);
  }

  /** Sets all scores to 0 with unlimited error, so that float64 decides among all centroids. */
  #withoutScores(longest: number): Placed {
    const { memory } = this.#runtime;
    const { width, panels, sketchPanels, bias, shift, sketchSize } = this.frame;
    memory.float32(panels!, width! * this.#data.d).fill(0);
    memory.float32(sketchPanels!, width! * sketchSize!).fill(0);
    memory.float32(bias!, this.#k).fill(0);
    memory.float32(shift!, this.#k).fill(0);
    return { frame: { offset: 1e30 }, scored: false, longest, duplicates: "" };
  }
}

/**
 * Runs a job with one block per centroid, on the calling thread alone if waking others takes
 * longer.
 */
export function runForEach(
  runtime: SimdRuntime,
  job: "placeCentroids" | "totalClusters",
  args: readonly number[],
  k: number,
  work: number,
): void {
  runtime.run(lloyd, job, args, work < WORTH_WAKING ? 1 : k);
}

/**
 * Finds centroids that equal an earlier one: they are never nearest, by the rule for ties. Left in
 * play, every row near such duplicates would be decided in float64.
 */
function findDuplicates(
  centroids: Float64Array,
  facts: Float64Array,
  k: number,
  d: number,
): Set<number> {
  const duplicates = new Set<number>();
  const byLength = new Map<number, number[]>();
  for (let j = 0; j < k; j++) {
    const length = facts[8 * j + 1];
    const same = byLength.get(length);
    if (!same) byLength.set(length, [j]);
    else if (same.some((i) => equal(centroids, i * d, j * d, d))) duplicates.add(j);
    else same.push(j);
  }
  return duplicates;
}

function equal(values: Float64Array, a: number, b: number, length: number): boolean {
  for (let p = 0; p < length; p++) if (values[a + p] !== values[b + p]) return false;
  return true;
}
