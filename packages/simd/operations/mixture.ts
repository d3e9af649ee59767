import type {
  MatrixValues,
  MaybePromise,
  MixtureAttributes,
  MixtureMoments,
  MixturePasses,
  MixtureStepOptions,
  MixtureTerms,
} from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { addressIn, placeInPieces, takeInPieces } from "../memory/place_values.ts";
import { mixture } from "../module/mixture.ts";
import { Preparation } from "../preparation.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { MixtureBounds } from "./mixture_bounds.ts";
import { type MixtureLayout, mixtureLayout, packFactors } from "./mixture_layout.ts";
import { type MixtureScreen, screenOf } from "./mixture_screen.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Slots of partial sums: enough to share out evenly, few enough to add up quickly. */
const MOST_SLOTS = 32;
/** Numbers of a slot that a thread adds up at a time, as in kernels/mixture.ts. */
const ADDED = 2048;
/** Large problems get fewer slots, so that their sums keep within this. */
const SLOT_BUDGET = 2 ** 28;
/** Bytes after the rows, where the kernel reads beyond a last row of an odd number of columns. */
const PADDING = 16;
/**
 * Densities of at most e^-28 of a row's largest count as 0 in a step: that takes at most 7e-13 off a log-density and a
 * count, and most of the work. What is left out by its bound (see kernels/mixture/prune.ts) lies below that.
 */
const LEAST_EXPONENT = -28;
/** The same for a step in which a component rests on little: at most 1e-52 is left out. */
const CAREFUL_EXPONENT = -120;
/** Beside the largest density of a row, e to this is far below what float64 adds: log-densities need no more. */
const SCORE_EXPONENT = -50;
/** e to this is below what float64 holds: nothing is left out of responsibilities. */
const BELOW_FLOAT64 = -746;

/** Work of a density beside its square, the exponential above all, in multiply-adds. */
const PER_DENSITY = 28;

/** A run of the kernel. */
interface Job {
  readonly name: "step" | "logDensities" | "responsibilities";
  readonly k: number;
  /** The mixture, where responsibilities are to be computed. */
  readonly terms?: MixtureTerms;
  /** Responsibilities, where they are given. */
  readonly given?: MatrixValues;
  /** The points that moments are taken about. */
  readonly about?: Float64Array;
  readonly bounds?: readonly number[];
  readonly screen?: MixtureScreen;
  readonly leastExponent: number;
  readonly outputLength: number;
  readonly blocks: number;
}

/** Data in WebAssembly memory and the passes over it. */
class SimdMixture implements MixturePasses {
  readonly #runtime: SimdRuntime;
  readonly #layout: MixtureLayout;
  readonly #rows: Preparation<PlacedRows>;
  readonly #wide: boolean;
  readonly #bounds: MixtureBounds;
  readonly #signal: AbortSignal | undefined;

  constructor(
    runtime: SimdRuntime,
    { values, rows, columns, shape, signal }: MixtureAttributes,
  ) {
    this.#runtime = runtime;
    this.#layout = mixtureLayout(rows, columns, shape);
    this.#bounds = new MixtureBounds(runtime, this.#layout);
    this.#wide = values.BYTES_PER_ELEMENT === 8;
    this.#signal = signal;
    this.#rows = new Preparation(
      runtime.turns,
      () => placeRows(runtime, values),
      ({ address, isOwn }) => isOwn && runtime.memory.free(address),
    );
  }

  moments(given: MatrixValues, about: Float64Array): MaybePromise<MixtureMoments> {
    const k = about.length / this.#layout.columns;
    const job = { name: "step" as const, k, given, about, leastExponent: LEAST_EXPONENT };
    return this.#runtime.turns.drive(this.#gather(job), this.#signal);
  }

  step(
    terms: MixtureTerms,
    options: Required<MixtureStepOptions>,
  ): MaybePromise<MixtureMoments> {
    return this.#runtime.turns.drive(this.#step(terms, options), this.#signal);
  }

  *#step(
    terms: MixtureTerms,
    { about, careful }: Required<MixtureStepOptions>,
  ): Work<MixtureMoments> {
    const bounds = this.#bounds.begin(terms);
    const screen = this.#wide ? undefined : screenOf(terms, this.#layout);
    const leastExponent = careful ? CAREFUL_EXPONENT : LEAST_EXPONENT;
    const job = { name: "step" as const, k: terms.k, terms, about, bounds, screen, leastExponent };
    const moments = yield* this.#gather(job);
    this.#bounds.end(terms);
    return moments;
  }

  logDensity(terms: MixtureTerms): MaybePromise<Float64Array> {
    return this.#score("logDensities", terms, this.#layout.rows, SCORE_EXPONENT);
  }

  responsibilities(terms: MixtureTerms): MaybePromise<Float64Array> {
    const length = this.#layout.rows * terms.k;
    return this.#score("responsibilities", terms, length, BELOW_FLOAT64);
  }

  [Symbol.dispose](): void {
    this.#bounds.free();
    this.#rows[Symbol.dispose]();
  }

  /** Runs a step, whose chunks are shared out to slots that are added up in their order. */
  *#gather(job: Omit<Job, "outputLength" | "blocks">): Work<MixtureMoments> {
    const { chunks, slotLength, unpackMoments } = this.#layout;
    const length = slotLength(job.k);
    const affordable = Math.max(1, Math.floor(SLOT_BUDGET / (8 * length)));
    const slots = Math.min(MOST_SLOTS, affordable, chunks);
    const whole = { ...job, outputLength: slots * length, blocks: slots };
    const { memory, turns } = this.#runtime;
    return yield* this.#run(whole, function* (output) {
      return yield* unpackMoments(() => memory.float64(output, length), job.k, turns);
    });
  }

  #score(
    name: Job["name"],
    terms: MixtureTerms,
    outputLength: number,
    leastExponent: number,
  ): MaybePromise<Float64Array> {
    const blocks = this.#layout.chunks;
    const job = { name, k: terms.k, terms, leastExponent, outputLength, blocks };
    const runtime = this.#runtime;
    const work = this.#run(job, function* (output) {
      const scores = new Float64Array(outputLength);
      yield* takeInPieces(runtime, output, scores);
      return scores;
    });
    return runtime.turns.drive(work, this.#signal);
  }

  /** Runs a job with everything it needs in memory, and frees that. */
  *#run<T>(job: Job, read: (output: number) => Work<T>): Work<T> {
    const { address: rowsAt } = yield* this.#rows.finish();
    const { memory, threads } = this.#runtime;
    const held: number[] = [];
    const hold = (address: number) => {
      held.push(address);
      return address;
    };
    const place = (values?: MatrixValues) => values ? hold(memory.place(values).address) : 0;
    const { name, k, terms, given, about, bounds, screen, leastExponent, outputLength, blocks } =
      job;
    const { rows, columns, triangles, scratchBytes, slotLength } = this.#layout;
    const packed = terms && packFactors(terms.precisionFactors, this.#layout, k);
    try {
      const output = hold(memory.allocate(8 * outputLength));
      const args = [
        rowsAt,
        rows,
        columns,
        Number(this.#wide),
        k,
        Number(triangles),
        place(terms?.constants),
        place(terms?.means),
        place(packed?.values),
        packed?.bytesPerComponent ?? 0,
        place(about),
        output,
        hold(memory.allocate(scratchBytes(k) * threads)),
        scratchBytes(k),
        blocks,
        8 * slotLength(k),
        ...(bounds ?? MixtureBounds.none),
        given ? addressIn(memory, given, 0) ?? place(given) : 0,
        leastExponent,
        place(screen?.packed),
        place(screen?.roundings),
        given?.BYTES_PER_ELEMENT ?? 0,
      ];
      const work = rows * k * (columns * (triangles ? columns : 4) + PER_DENSITY);
      yield* this.#runtime.runInPieces(mixture, name, args, blocks, work);
      if (name === "step" && blocks > 1) {
        const added = Math.ceil(slotLength(k) / ADDED);
        const sums = blocks * slotLength(k);
        yield* this.#runtime.runInPieces(mixture, "addSlots", args, added, sums);
      }
      return yield* read(output);
    } finally {
      held.forEach((address) => memory.free(address));
    }
  }
}

/** Rows in memory. */
interface PlacedRows {
  readonly address: number;
  /** False if they were there before. */
  readonly isOwn: boolean;
}

/** Places rows as float32, or as float64 if they are, unless they lie in memory like that. */
function* placeRows(runtime: SimdRuntime, values: MatrixValues): Work<PlacedRows> {
  const { memory } = runtime;
  const placed = values.BYTES_PER_ELEMENT > 1 ? addressIn(memory, values, PADDING) : undefined;
  if (placed !== undefined) return { address: placed, isOwn: false };
  const bytes = (values.BYTES_PER_ELEMENT === 8 ? 8 : 4) * values.length;
  const address = memory.allocate(bytes + PADDING);
  let isPlaced = false;
  try {
    yield* placeInPieces(runtime, values, address);
    isPlaced = true;
    return { address, isOwn: true };
  } finally {
    if (!isPlaced) memory.free(address);
  }
}

/** Opens the passes of expectation-maximisation on data. */
export function openMixture({ attrs, backend }: NamedCall<"MixtapeMixture">): SimdMixture {
  return untilDisposed(new SimdMixture(backend.runtime, attrs));
}
