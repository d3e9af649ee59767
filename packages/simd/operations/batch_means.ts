import type { Batches, BatchMeansSession, MaybePromise } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { buildInRegions } from "../memory/regions.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { BatchMeans, type BatchSizes } from "./lloyd/batch_means.ts";
import type { LloydData } from "./lloyd/data.ts";
import { type DataHold, holdData } from "./lloyd/shared_data.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Batches of data that others may use. */
class SimdBatchMeansSession implements BatchMeansSession {
  readonly #runtime: SimdRuntime;
  readonly #hold: DataHold;
  readonly #weights: Float64Array | undefined;
  readonly #signal: AbortSignal | undefined;
  #means: BatchMeans | undefined;

  constructor(
    runtime: SimdRuntime,
    hold: DataHold,
    weights?: Float64Array,
    signal?: AbortSignal,
  ) {
    this.#runtime = runtime;
    this.#hold = hold;
    this.#weights = weights;
    this.#signal = signal;
  }

  steps(centroids: Float64Array, seen: Float64Array, batches: Batches): MaybePromise<void> {
    return this.#runtime.turns.drive(this.#steps(centroids, seen, batches), this.#signal);
  }

  [Symbol.dispose](): void {
    this.#means?.[Symbol.dispose]();
    this.#hold[Symbol.dispose]();
  }

  *#steps(centroids: Float64Array, seen: Float64Array, batches: Batches): Work<void> {
    const data = yield* this.#hold.data.finish();
    const sizes = { k: seen.length, rows: batches.size };
    this.#means = this.#fitting(sizes) ?? this.#open(data, sizes);
    yield* this.#means.steps(centroids, seen, batches);
  }

  /** Returns the room that there is, or gives it up if it is not that of such batches. */
  #fitting({ k, rows }: BatchSizes): BatchMeans | undefined {
    const { sizes } = this.#means ?? {};
    if (sizes && sizes.k === k && sizes.rows === rows) return this.#means;
    this.#means?.[Symbol.dispose]();
    return this.#means = undefined;
  }

  #open(data: LloydData, sizes: BatchSizes): BatchMeans {
    return buildInRegions(this.#runtime.memory, (regions) => {
      const weights = this.#weights ? regions.place(this.#weights) : 0;
      return new BatchMeans(this.#runtime, regions, data, sizes, weights);
    });
  }
}

/** Opens mini-batch k-means on data. */
export function openBatchMeans(
  { attrs: { x, sampleWeight, signal }, backend: { runtime } }: NamedCall<"MixtapeBatchMeans">,
): BatchMeansSession {
  const hold = holdData(runtime, x);
  return untilDisposed(new SimdBatchMeansSession(runtime, hold, sampleWeight, signal));
}
