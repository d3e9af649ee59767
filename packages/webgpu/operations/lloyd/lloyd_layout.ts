import { COUNTERS, FRACTION } from "../../kernels/lloyd_frame.ts";
import type { LloydSums } from "../../kernels/lloyd_sums.ts";
import { quadColumns } from "../../kernels/rows.ts";
import { MOST_TURNS } from "../../kernels/wgsl.ts";
import { BATCH, type RowStore } from "../row_store.ts";
import { tileTurns } from "./turns.ts";

/** Most clusters whose scores a thread holds at the same time. */
const MOST_TILE = 16;
/** Rows from which sums of bytes in 32 bits could overflow. */
const MOST_BYTE_ROWS = 2 ** 23;
/** Bits of the sum of all rows, in fixed point of two words. */
const SUM_BITS = 60;
/** Bits of the largest value, of bytes as they are and of floats, which are at most 1. */
const VALUE_BITS = { bytes: 8, floats: 0 } as const;
/** Distance from 1 to the next float32: WGSL lets a device round either way. */
const ROUNDING = 2 ** -23;

/** Bytes of the sums that a batch of steps may leave, and of labels that the host reads at once. */
const MOST_READ = 2 ** 26;
/** Bytes of the labels of a batch, which stay on the device. */
const MOST_LABELS = 2 ** 30;

/** Errors of a coordinate of rows and centroids, in units of the fixed point of centroids. */
const OFF = {
  /** Rows that float32 holds exactly, by their conversion to fixed point. */
  exact: 0.5,
  /** Rows that were centred and rounded to float32, and then converted. */
  rounded: 2 ** (FRACTION.floats - 25) + 0.5,
  /** Means of sums that the host takes over, rounded to fixed point. */
  taken: 1,
  /** Means beside those of sums of the host's own: where they differ by more, a batch ends. */
  replayed: 24,
} as const;

/** A problem for Lloyd's algorithm on rows of the device. */
export interface LloydProblem {
  /** Number of rows. */
  readonly n: number;
  /** Number of columns. */
  readonly d: number;
  /** Number of clusters. */
  readonly k: number;
  /** True to assign rows alone, and to leave all else to the host. */
  readonly labelsAlone?: boolean;
  /** Weight of each row; all 1 by default. */
  readonly weights?: Float64Array;
}

/** Numbers that tell how buffers are laid out, and by how much they may be off. */
export interface LloydLayout {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Steps of a batch, at most, and at least one. */
  readonly steps: number;
  /** Sums of a step; undefined if rows are assigned alone. */
  readonly sums: LloydSums | undefined;
  /** Bits after the point of sums. */
  readonly sumFraction: number;
  /** Bits after the point of centroids. */
  readonly fraction: number;
  /** Most that centroids of the device may differ from the host's, in units of their fixed point. */
  readonly tolerance: number;
  /** Steps whose labels the host may read at once, at least one. */
  readonly labelledSteps: number;
  /** 32-bit words of the sums of a step. */
  readonly historyWords: number;
  /** 32-bit words of the state of a batch. */
  readonly stateWords: number;
  /** Clusters whose scores a thread holds at the same time, and groups of so many. */
  readonly tile: number;
  readonly tiles: number;
  /** Groups of clusters that a pass of scores takes. */
  readonly tilesPerPass: number;
  /** Groups of four columns of a row. */
  readonly columns4: number;
  /** Values of the uniforms that bound errors; see the frame of the kernels. */
  readonly bounds: {
    readonly slope: number;
    readonly offset: number;
    readonly drift: number;
    readonly error: number;
  };
}

/** Sums of a step: the host adds up rows itself where the device's are not exact. */
export function sumsOf(
  { storage, origin }: RowStore,
  { n, weights }: Pick<LloydProblem, "n" | "weights">,
): LloydSums {
  const isWeighted = weights !== undefined;
  const words = storage === "bytes" && !isWeighted && n < MOST_BYTE_ROWS ? 1 : 2;
  return { storage, isWeighted, words, areExact: !isWeighted && !origin };
}

/** Lays out a problem. */
export function layoutOf(store: RowStore, problem: LloydProblem): LloydLayout {
  const { n, d, k } = problem;
  const { storage, origin, parts } = store;
  const sums = problem.labelsAlone ? undefined : sumsOf(store, problem);
  const words = sums?.words ?? 1;
  const historyWords = sums ? k * (d + 1) * words : 0;
  const ofSums = Math.floor(MOST_READ / (4 * historyWords));
  const ofLabels = Math.floor(MOST_LABELS / (4 * n)) - 1;
  const steps = sums ? Math.max(1, Math.min(BATCH, ofSums, ofLabels)) : 1;
  // Weights are scaled to a sum of at most 1.
  const rowBits = sums?.isWeighted ? 0 : Math.ceil(Math.log2(n + 1));
  const fraction = FRACTION[storage];
  const tolerance = OFF[sums?.areExact ?? true ? "taken" : "replayed"];
  const tiles = Math.ceil(k / MOST_TILE);
  // A product of four columns rounds at most 8 times, and as often as there are such products their
  // sum does; centroids, and rows that are centred, were rounded before.
  const product = (8 + Math.ceil(d / 4) + 8 + (origin ? 2 : 0)) * ROUNDING;
  const length = (Math.ceil(d / 64) + 16) * ROUNDING;
  return {
    ...{ n, d, k, steps, sums, historyWords, fraction, tolerance, tiles },
    labelledSteps: Math.max(1, Math.min(steps, Math.floor(MOST_READ / (4 * n)))),
    sumFraction: words === 1 ? 0 : SUM_BITS - VALUE_BITS[storage] - rowBits,
    stateWords: steps + 1 + steps * parts.length * COUNTERS,
    tile: Math.ceil(k / tiles),
    tilesPerPass: Math.min(tiles, Math.floor(MOST_TURNS / tileTurns(storage, d))),
    columns4: store.quads * quadColumns(storage) / 4,
    bounds: {
      slope: 4.2 * product,
      offset: 4.2 * length,
      drift: sums ? tolerance * 2 ** -fraction * Math.sqrt(d) : 0,
      error: tolerance + (origin ? OFF.rounded : OFF.exact),
    },
  };
}
