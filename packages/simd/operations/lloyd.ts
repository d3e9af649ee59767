import type { KernelArguments, SimdKernel } from "../kernel.ts";
import type { SimdRuntime } from "../runtime.ts";
import { LloydClusters, type LloydStep } from "./lloyd/clusters.ts";
import type { HostMatrix } from "./lloyd/matrix.ts";
import { findNearest, type Nearest } from "./lloyd/nearest.ts";
import { CandidateDistances } from "./lloyd/plus_plus.ts";
import { buildInRegions } from "./lloyd/regions.ts";
import { type DataHold, holdData, holdWeightedData } from "./lloyd/shared_data.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Lloyd's algorithm on fixed data, see `openLloyd` of `@mixtape/tensor-utils`. */
class SimdLloydSession implements Disposable {
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

/** Distances to candidates, see `openPlusPlus` of `@mixtape/tensor-utils`. */
class SimdPlusPlusSession extends CandidateDistances {
  readonly #hold: DataHold;

  constructor(runtime: SimdRuntime, hold: DataHold, x: HostMatrix) {
    super(runtime, hold.data, x.values);
    this.#hold = hold;
  }

  override [Symbol.dispose](): void {
    super[Symbol.dispose]();
    this.#hold[Symbol.dispose]();
  }
}

function openLloyd(
  { attrs: { x, sampleWeight }, backend: { runtime } }: KernelArguments,
): Disposable {
  const hold = sampleWeight ? holdWeightedData(runtime, x, sampleWeight) : holdData(runtime, x);
  return untilDisposed(new SimdLloydSession(runtime, hold));
}

function openPlusPlus({ attrs: { x }, backend: { runtime } }: KernelArguments): Disposable {
  const hold = holdData(runtime, x);
  try {
    return untilDisposed(new SimdPlusPlusSession(runtime, hold, x));
  } catch (error) {
    hold[Symbol.dispose]();
    throw error;
  }
}

function nearest({ attrs, backend: { runtime } }: KernelArguments): Nearest {
  const { x, centroids, k } = attrs;
  const hold = holdData(runtime, x);
  try {
    return findNearest(runtime, hold.data, centroids, k);
  } finally {
    hold[Symbol.dispose]();
  }
}

/** Kernels of k-means. */
export const lloydKernels: readonly SimdKernel[] = [
  { kernelName: "MixtapeLloyd", kernelFunc: openLloyd },
  { kernelName: "MixtapeNearest", kernelFunc: nearest },
  { kernelName: "MixtapePlusPlus", kernelFunc: openPlusPlus },
];
