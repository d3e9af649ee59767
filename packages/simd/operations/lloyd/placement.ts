import type { SimdRuntime } from "../../runtime.ts";
import { lloyd } from "../../module/lloyd.ts";
import type { LloydData } from "./data.ts";
import { changeArguments, type Frame, frameArguments } from "./frame.ts";
import type { Regions } from "./regions.ts";

/** Scaled lengths of centroids beyond which float32 scores could overflow. */
const LONGEST = 1e15;
/** A score that no other is above. */
const OUT_OF_PLAY = 1e37;
/** Half the distance from 1 to the next float32. */
const ROUNDOFF = 2 ** -24;
/** Additions above which a job of a block a centroid is worth waking other threads for. */
const WORTH_WAKING = 3e5;
/** Centroids from which measuring the few that could be nearest beats measuring all. */
const MANY = 16;
/** What a product may lose to underflow. */
const UNDERFLOW = 1e-30;

/** What is known of centroids once they are placed. */
export interface Placed {
  /** Arguments of the jobs that follow. */
  readonly frame: Frame;
  /** Whether float32 scores hold them; else every centroid is a candidate for every row. */
  readonly scored: boolean;
  /** Length of the longest, less the mean, scaled. */
  readonly longest: number;
  /** Which are out of play, being equal to one before them. */
  readonly twins: string;
}

/** Room for k centroids, in the forms in which the kernels want them. */
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

  /** Places centroids, k × d numbers. `history` says where residual centroids are kept. */
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
    const twins = findTwins(centroids, facts, k, d);
    for (let j = 0; j < k; j++) {
      bias[j] = twins.has(j) ? OUT_OF_PLAY : facts[8 * j + 1];
      shift[j] = this.#data.copied ? 0 : facts[8 * j + 2];
    }
    const sharpness = 2.5 * ROUNDOFF * longest;
    const offset = 16 * ROUNDOFF * longest ** 2 + UNDERFLOW;
    return { frame: { sharpness, offset }, scored: true, longest, twins: [...twins].join() };
  }

  /** Eight numbers a centroid, see `kernels/lloyd/frame.ts`. */
  facts(): Float64Array {
    return this.#runtime.memory.float64(this.frame.facts!, 8 * this.#k);
  }

  /** Scores of 0 that could be wrong by anything: float64 decides among all. */
  #withoutScores(longest: number): Placed {
    const { memory } = this.#runtime;
    const { width, panels, sketchPanels, bias, shift, sketchSize } = this.frame;
    memory.float32(panels!, width! * this.#data.d).fill(0);
    memory.float32(sketchPanels!, width! * sketchSize!).fill(0);
    memory.float32(bias!, this.#k).fill(0);
    memory.float32(shift!, this.#k).fill(0);
    return { frame: { offset: 1e30 }, scored: false, longest, twins: "" };
  }
}

/** Runs a job with a block a centroid, on the caller alone where waking others takes longer. */
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
 * Centroids equal to one before them: never nearest, by the rule for ties. Left in play, every row
 * near such twins would be decided in float64.
 */
function findTwins(
  centroids: Float64Array,
  facts: Float64Array,
  k: number,
  d: number,
): Set<number> {
  const twins = new Set<number>();
  const byLength = new Map<number, number[]>();
  for (let j = 0; j < k; j++) {
    const length = facts[8 * j + 1];
    const same = byLength.get(length);
    if (!same) byLength.set(length, [j]);
    else if (same.some((i) => equal(centroids, i * d, j * d, d))) twins.add(j);
    else same.push(j);
  }
  return twins;
}

function equal(values: Float64Array, a: number, b: number, length: number): boolean {
  for (let p = 0; p < length; p++) if (values[a + p] !== values[b + p]) return false;
  return true;
}
