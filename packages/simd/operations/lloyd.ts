import type {
  HostMatrix,
  LloydSession,
  LloydStep,
  Nearest,
  PlusPlusCandidates,
  PlusPlusSession,
} from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import type { SimdRuntime } from "../runtime.ts";
import { LloydClusters } from "./lloyd/clusters.ts";
import { isNarrow, NarrowCandidates } from "./lloyd/narrow_candidates.ts";
import { findNearest, labelNarrow } from "./lloyd/nearest.ts";
import { CandidateDistances } from "./lloyd/plus_plus.ts";
import { buildInRegions } from "../memory/regions.ts";
import { type DataHold, holdData, holdWeightedData } from "./lloyd/shared_data.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Lloyd's algorithm on fixed data. */
class SimdLloydSession implements LloydSession {
  readonly #runtime: SimdRuntime;
  readonly #hold: DataHold;
  #clusters: LloydClusters | undefined;

  constructor(runtime: SimdRuntime, hold: DataHold) {
    this.#runtime = runtime;
    this.#hold = hold;
  }

  step(centroids: Float64Array): LloydStep {
    const k = centroids.length / this.#hold.data.d;
    if (this.#clusters?.k !== k) this.#discard();
    try {
      this.#clusters ??= this.#open(k);
      return this.#clusters.step(centroids);
    } catch (error) {
      // Labels and bounds may be half updated: the next step begins anew.
      this.#discard();
      throw error;
    }
  }

  distances(): Float64Array {
    return this.#clusters?.distances() ?? new Float64Array(this.#hold.data.n);
  }

  reset(): void {
    this.#clusters?.reset();
  }

  [Symbol.dispose](): void {
    this.#discard();
    this.#hold[Symbol.dispose]();
  }

  #open(k: number): LloydClusters {
    const { data } = this.#hold;
    return buildInRegions(
      this.#runtime.memory,
      (regions) => new LloydClusters(this.#runtime, regions, data, k),
    );
  }

  #discard(): void {
    this.#clusters?.[Symbol.dispose]();
    this.#clusters = undefined;
  }
}

/** Distances to candidates on data that others may use. */
class SimdPlusPlusSession implements PlusPlusSession {
  readonly #hold: DataHold;
  readonly #distances: CandidateDistances | NarrowCandidates;

  constructor(runtime: SimdRuntime, hold: DataHold, x: HostMatrix) {
    const { data } = hold;
    this.#hold = hold;
    this.#distances = isNarrow(data)
      ? buildInRegions(runtime.memory, (regions) => {
        return new NarrowCandidates(runtime, regions, data, x.values);
      })
      : new CandidateDistances(runtime, data, x.values);
  }

  candidates(rows: Uint32Array, closest: Float64Array): PlusPlusCandidates {
    return this.#distances.candidates(rows, closest);
  }

  accept(row: number, closest: Float64Array): void {
    return this.#distances.accept(row, closest);
  }

  [Symbol.dispose](): void {
    this.#distances[Symbol.dispose]();
    this.#hold[Symbol.dispose]();
  }
}

/** Opens Lloyd's algorithm on data. */
export function openLloyd(
  { attrs: { x, sampleWeight }, backend: { runtime } }: NamedCall<"MixtapeLloyd">,
): SimdLloydSession {
  const hold = sampleWeight ? holdWeightedData(runtime, x, sampleWeight) : holdData(runtime, x);
  return untilDisposed(new SimdLloydSession(runtime, hold));
}

/** Opens the choice of start centroids on data. */
export function openPlusPlus(
  { attrs: { x }, backend: { runtime } }: NamedCall<"MixtapePlusPlus">,
): SimdPlusPlusSession {
  const hold = holdData(runtime, x);
  try {
    return untilDisposed(new SimdPlusPlusSession(runtime, hold, x));
  } catch (error) {
    hold[Symbol.dispose]();
    throw error;
  }
}

/** Finds the nearest centroid of each row. */
export function nearest(
  { attrs: { x, centroids, k, labelsAlone }, backend: { runtime } }: NamedCall<"MixtapeNearest">,
): Nearest {
  const labels = labelsAlone && labelNarrow(runtime, x, centroids, k);
  if (labels) return { labels, distances: new Float64Array(0) };
  const hold = holdData(runtime, x);
  try {
    return findNearest(runtime, hold.data, centroids, k);
  } finally {
    hold[Symbol.dispose]();
  }
}
