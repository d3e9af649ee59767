import type {
  HostMatrix,
  LloydAttributes,
  LloydRun,
  LloydRunRules,
  LloydSession,
  LloydStep,
  MaybePromise,
  Nearest,
  NearestAttributes,
  PlusPlusCandidates,
  PlusPlusDraws,
  PlusPlusSession,
} from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import type { SimdRuntime } from "../runtime.ts";
import { atOnce, type Work } from "../turns.ts";
import { canChoose, chooseRows, isSmallChoice } from "./lloyd/choose_rows.ts";
import { LloydClusters } from "./lloyd/clusters.ts";
import type { LloydData } from "./lloyd/data.ts";
import type { NarrowCandidates } from "./lloyd/narrow_candidates.ts";
import { findNearest, firstBadRow, labelNarrow } from "./lloyd/nearest.ts";
import { openCandidates } from "./lloyd/open_candidates.ts";
import { isWorthQuantising } from "./lloyd/quantisation.ts";
import { makeRuns } from "./lloyd/runs.ts";
import type { RunStarts } from "./lloyd/run_starts.ts";
import type { CandidateDistances } from "./lloyd/plus_plus.ts";
import { workInRegions } from "../memory/regions.ts";
import { type DataHold, holdData, holdOwnData } from "./lloyd/shared_data.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Lloyd's algorithm on fixed data. */
class SimdLloydSession implements LloydSession {
  readonly #runtime: SimdRuntime;
  readonly #hold: DataHold;
  readonly #x: HostMatrix;
  readonly #once: boolean;
  readonly #signal: AbortSignal | undefined;
  #clusters: LloydClusters | undefined;

  constructor(
    runtime: SimdRuntime,
    hold: DataHold,
    { x, once = false, signal }: LloydAttributes,
  ) {
    this.#runtime = runtime;
    this.#hold = hold;
    this.#x = x;
    this.#once = once;
    this.#signal = signal;
  }

  step(centroids: Float64Array): MaybePromise<LloydStep> {
    return this.#runtime.turns.drive(this.#step(centroids), this.#signal);
  }

  distances(): MaybePromise<Float64Array> {
    return this.#runtime.turns.drive(this.#distances(), this.#signal);
  }

  bestRun(
    starts: RunStarts,
    rules: LloydRunRules,
  ): MaybePromise<LloydRun | undefined> {
    return this.#runtime.turns.drive(this.#bestRun(starts, rules), this.#signal);
  }

  reset(): void {
    this.#clusters?.reset();
  }

  [Symbol.dispose](): void {
    this.#discard();
    this.#hold[Symbol.dispose]();
  }

  *#step(centroids: Float64Array): Work<LloydStep> {
    const data = yield* this.#hold.data.finish();
    const k = centroids.length / data.d;
    if (this.#clusters?.k !== k) this.#discard();
    let isDone = false;
    try {
      this.#clusters ??= yield* this.#open(data, k);
      const step = yield* this.#clusters.step(centroids);
      isDone = true;
      return step;
    } finally {
      // Labels and bounds may be half updated: the next step begins anew.
      if (!isDone) this.#discard();
    }
  }

  *#bestRun(
    starts: RunStarts,
    rules: LloydRunRules,
  ): Work<LloydRun | undefined> {
    const data = yield* this.#hold.data.finish();
    if (this.#once) return undefined;
    return yield* makeRuns(this.#runtime, data, this.#x.values, starts, rules);
  }

  *#distances(): Work<Float64Array> {
    const { n } = yield* this.#hold.data.finish();
    return this.#clusters ? yield* this.#clusters.distances() : new Float64Array(n);
  }

  #open(data: LloydData, k: number): Work<LloydClusters> {
    const { memory } = this.#runtime;
    return workInRegions(
      memory,
      (regions) => LloydClusters.open(this.#runtime, regions, data, k, this.#once),
    );
  }

  #discard(): void {
    this.#clusters?.[Symbol.dispose]();
    this.#clusters = undefined;
  }
}

/** Distances to candidates on data that others may use. */
class SimdPlusPlusSession implements PlusPlusSession {
  readonly #runtime: SimdRuntime;
  readonly #hold: DataHold;
  readonly #x: HostMatrix;
  readonly #signal: AbortSignal | undefined;
  #distances: CandidateDistances | NarrowCandidates | undefined;

  constructor(runtime: SimdRuntime, hold: DataHold, x: HostMatrix, signal?: AbortSignal) {
    this.#runtime = runtime;
    this.#hold = hold;
    this.#x = x;
    this.#signal = signal;
  }

  choose(draws: PlusPlusDraws): MaybePromise<Uint32Array | undefined> {
    return this.#runtime.turns.drive(this.#choose(draws), this.#signal);
  }

  candidates(rows: Uint32Array, closest: Float64Array): MaybePromise<PlusPlusCandidates> {
    return this.#runtime.turns.drive(this.#candidates(rows, closest), this.#signal);
  }

  accept(row: number, closest: Float64Array): MaybePromise<void> {
    return this.#runtime.turns.drive(this.#accept(row, closest), this.#signal);
  }

  [Symbol.dispose](): void {
    this.#distances?.[Symbol.dispose]();
    this.#hold[Symbol.dispose]();
  }

  *#choose(draws: PlusPlusDraws): Work<Uint32Array | undefined> {
    const data = yield* this.#hold.data.finish();
    if (!canChoose(data)) return undefined;
    this.#distances ??= this.#open(data);
    const room = this.#distances.roomToChoose(draws);
    const isSmall = isSmallChoice(this.#runtime, data, draws);
    return yield* chooseRows(this.#runtime, room, draws, isSmall);
  }

  *#candidates(rows: Uint32Array, closest: Float64Array): Work<PlusPlusCandidates> {
    const distances = this.#distances ??= this.#open(yield* this.#hold.data.finish());
    return yield* distances.candidates(rows, closest);
  }

  *#accept(row: number, closest: Float64Array): Work<void> {
    const distances = this.#distances ??= this.#open(yield* this.#hold.data.finish());
    yield* distances.accept(row, closest);
  }

  #open(data: LloydData): CandidateDistances | NarrowCandidates {
    return openCandidates(this.#runtime, data, this.#x.values);
  }
}

/** Opens Lloyd's algorithm on data. */
export function openLloyd(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeLloyd">,
): SimdLloydSession {
  const { x, sampleWeight, once = false } = attrs;
  const hold = sampleWeight || once
    ? holdOwnData(runtime, x, { weights: sampleWeight, once })
    : holdData(runtime, x);
  return untilDisposed(new SimdLloydSession(runtime, hold, attrs));
}

/** Opens the choice of start centroids on data. */
export function openPlusPlus(
  { attrs: { x, signal }, backend: { runtime } }: NamedCall<"MixtapePlusPlus">,
): SimdPlusPlusSession {
  return untilDisposed(new SimdPlusPlusSession(runtime, holdData(runtime, x), x, signal));
}

/** Finds the nearest centroid of each row. */
export function nearest(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeNearest">,
): MaybePromise<Nearest> {
  const { x, centroids, k, labelsAlone, signal } = attrs;
  const labelling = labelsAlone && labelNarrow(runtime, x, centroids, k);
  return runtime.turns.drive(labelling || nearestOfHeld(runtime, attrs), signal);
}

function* nearestOfHeld(
  runtime: SimdRuntime,
  { x, centroids, k, labelsAlone, sum }: NearestAttributes,
): Work<Nearest> {
  const hold = holdData(runtime, x, !isWorthQuantising(x.shape[1], k));
  try {
    const data = atOnce(hold.data.finish());
    const found = yield* findNearest(runtime, data, centroids, k, { sum, labelsAlone });
    if (!labelsAlone || !(x.values instanceof Float32Array)) return found;
    return { ...found, ...firstBadRow(runtime, data, found.labels) };
  } finally {
    hold[Symbol.dispose]();
  }
}
