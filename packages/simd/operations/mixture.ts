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
import { addressIn, placeInPieces } from "../memory/place_values.ts";
import { mixture } from "../module/mixture.ts";
import { Preparation } from "../preparation.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { inStages } from "./in_stages.ts";
import { MixtureBounds } from "./mixture_bounds.ts";
import { CHUNK, type MixtureLayout, mixtureLayout, packFactors } from "./mixture_layout.ts";
import { type MixtureScreen, screenOf } from "./mixture_screen.ts";
import { untilDisposed } from "./until_disposed.ts";

/** Slots of partial sums: enough to share out evenly, few enough to add up quickly. */
const SLOTS = 32;
/** So many where they hold few numbers: the last to end is then waited for less. */
const MOST_SLOTS = 256;
const FEW_SUMS = 2 ** 17;
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

/** Numbers that are computed before they are copied: they should still be in a cache then. */
const STAGE = 2 ** 17;
/** Fewest chunks that they are of: threads share these evenly. */
const FEWEST_CHUNKS = 64;
/** Places of arguments of the kernel. */
const [ROWS, COLUMNS, OUTPUT] = [0, 2, 11];

/** Work of a density beside its square, the exponential above all, in multiply-adds. */
const PER_DENSITY = 28;

/** A run of the kernel. */
interface Job {
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
  /** Number of slots of partial sums. */
  readonly slots?: number;
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
    const job = { k, given, about, leastExponent: LEAST_EXPONENT };
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
    const job = { k: terms.k, terms, about, bounds, screen, leastExponent };
    const moments = yield* this.#gather(job);
    this.#bounds.end(terms);
    return moments;
  }

  logDensity(terms: MixtureTerms): MaybePromise<Float64Array> {
    const scores = new Float64Array(this.#layout.rows);
    return this.#runtime.turns.drive(
      this.#score("logDensities", terms, scores, SCORE_EXPONENT),
      this.#signal,
    );
  }

  responsibilities(terms: MixtureTerms): MaybePromise<Float64Array> {
    const scores = new Float64Array(this.#layout.rows * terms.k);
    return this.#runtime.turns.drive(
      this.#score("responsibilities", terms, scores, BELOW_FLOAT64),
      this.#signal,
    );
  }

  mostProbable(terms: MixtureTerms): MaybePromise<Int32Array> {
    const labels = new Int32Array(this.#layout.rows);
    return this.#runtime.turns.drive(
      this.#score("mostProbable", terms, labels, SCORE_EXPONENT),
      this.#signal,
    );
  }

  [Symbol.dispose](): void {
    this.#bounds.free();
    this.#rows[Symbol.dispose]();
  }

  /** Runs a step, whose chunks are shared out to slots that are added up in their order. */
  *#gather(job: Omit<Job, "outputLength" | "slots">): Work<MixtureMoments> {
    const { rows, chunks, slotLength, unpackMoments } = this.#layout;
    const length = slotLength(job.k);
    const affordable = Math.max(1, Math.floor(SLOT_BUDGET / (8 * length)));
    const wanted = Math.max(SLOTS, Math.min(MOST_SLOTS, Math.floor(FEW_SUMS / length)));
    const slots = Math.min(wanted, affordable, chunks);
    const runtime = this.#runtime;
    const work = this.#work(rows, job.k);
    return yield* this.#run({ ...job, outputLength: slots * length, slots }, function* (args) {
      yield* runtime.runInPieces(mixture, "step", args, slots, work);
      if (slots > 1) {
        const added = Math.ceil(length / ADDED);
        yield* runtime.runInPieces(mixture, "addSlots", args, added, slots * length);
      }
      const sums = () => runtime.memory.float64(args[OUTPUT], length);
      return yield* unpackMoments(sums, job.k, runtime.turns);
    });
  }

  /** Computes numbers of each row, as `scores`; while threads compute some, the caller copies those before them. */
  *#score<Scores extends Float64Array | Int32Array>(
    name: "logDensities" | "responsibilities" | "mostProbable",
    terms: MixtureTerms,
    scores: Scores,
    leastExponent: number,
  ): Work<Scores> {
    const { rows: n, columns } = this.#layout;
    const perRow = scores.length / n;
    const rows = CHUNK * Math.max(FEWEST_CHUNKS, Math.floor(STAGE / (CHUNK * perRow)));
    const outputLength = perRow * Math.min(n, 2 * rows);
    const rowBytes = columns * (this.#wide ? 8 : 4);
    const runtime = this.#runtime;
    const workOf = (rows: number) => this.#work(rows, terms.k);
    return yield* this.#run({ k: terms.k, terms, leastExponent, outputLength }, function* (args) {
      const outputOf = (start: number) => args[OUTPUT] + 8 * perRow * (start % (2 * rows));
      const stages = inStages({
        ...{ n, rows, read: () => {} },
        work: (start, end, meanwhile) => {
          const part = [args[ROWS] + start * rowBytes, end - start, ...args.slice(COLUMNS)];
          part[OUTPUT] = outputOf(start);
          const [blocks, work] = [Math.ceil((end - start) / CHUNK), workOf(end - start)];
          return runtime.runInPieces(mixture, name, part, blocks, work, meanwhile);
        },
        write: (start, end) => {
          const numbers = runtime.memory.float64(outputOf(start), perRow * (end - start));
          scores.set(numbers, perRow * start);
        },
      }, runtime.turns);
      yield* stages;
      return scores;
    });
  }

  /** Returns the work with some rows, in multiply-adds. */
  #work(rows: number, k: number): number {
    const { columns, triangles } = this.#layout;
    return rows * k * (columns * (triangles ? columns : 4) + PER_DENSITY);
  }

  /** Works with the arguments of a job, everything it needs in memory, and frees that. */
  *#run<T>(job: Job, work: (args: readonly number[]) => Work<T>): Work<T> {
    const { address: rowsAt } = yield* this.#rows.finish();
    const { memory, threads } = this.#runtime;
    const held: number[] = [];
    const hold = (address: number) => {
      held.push(address);
      return address;
    };
    const place = (values?: MatrixValues) => values ? hold(memory.place(values).address) : 0;
    const { k, terms, given, about, bounds, screen, leastExponent, outputLength, slots = 0 } = job;
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
        slots,
        8 * slotLength(k),
        ...(bounds ?? MixtureBounds.none),
        given ? addressIn(memory, given, 0) ?? place(given) : 0,
        leastExponent,
        place(screen?.packed),
        place(screen?.roundings),
        given?.BYTES_PER_ELEMENT ?? 0,
      ];
      return yield* work(args);
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
