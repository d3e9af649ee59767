import type { MixtureShape } from "@mixtape/operations";
import { BLOCK_ROWS, type FactorKind, MASK_WORDS, THREADS } from "../../kernels/mixture/frame.ts";
import { tasksOf, taskVectors } from "../../kernels/mixture/moments.ts";
import { MOST_TURNS } from "../../kernels/wgsl.ts";

/** Workgroups that are enough to keep a device busy. */
const WORKERS = 512;
/** Bytes of what workgroups keep for themselves, at most. */
const MOST_BYTES = 2 ** 27;

/** Sizes of data of some columns, as kernels see them. */
export interface MixtureColumns {
  /** Number of columns. */
  readonly d: number;
  /** Groups of four columns. */
  readonly inner: number;
  /** Groups of four columns, with the column of ones. */
  readonly quads: number;
  /** Layout of the covariances. */
  readonly shape: MixtureShape;
  /** Kind of the covariances. */
  readonly factors: FactorKind;
}

/** Sizes for a number of components. */
export interface MixtureSizes extends MixtureColumns {
  /** Number of components. */
  readonly k: number;
  /** Groups of moments that a thread adds up. */
  readonly tasks: number;
  /** Vectors of float64 that a workgroup leaves. */
  readonly vectors: number;
  /** Most blocks that a workgroup takes; 0 if one takes too many turns. */
  readonly mostBlocks: number;
  /** Most workgroups whose sums fit a buffer. */
  readonly mostWorkers: number;
  /** Most blocks whose shares fit a buffer. */
  readonly mostShares: number;
  /** True if a block can be scored without too many turns. */
  readonly isScored: boolean;
}

/** Consecutive blocks of a part of the rows that a dispatch takes. */
export interface Launch {
  /** Index of the part. */
  readonly part: number;
  /** The first block, counted in the part. */
  readonly first: number;
  /** Number of blocks. */
  readonly blocks: number;
  /** Blocks of a workgroup. */
  readonly share: number;
  /** Number of workgroups. */
  readonly workers: number;
}

/** Computes the sizes of columns. */
export function columnsOf(d: number, shape: MixtureShape): MixtureColumns {
  const factors = shape.block === "matrix" ? "matrix" : "diagonal";
  return { d, shape, factors, inner: Math.ceil(d / 4), quads: Math.ceil((d + 1) / 4) };
}

/**
 * Computes the sizes of a mixture.
 *
 * @param columns Sizes of its columns.
 * @param k Number of components.
 * @param mostBytes Largest number of bytes of a buffer that a kernel reads or writes.
 */
export function sizesOf(columns: MixtureColumns, k: number, mostBytes: number): MixtureSizes {
  const { factors, inner, quads } = columns;
  const tasks = k * tasksOf(factors, quads);
  const vectors = tasks * taskVectors[factors] + 1;
  const pairs = Math.ceil(inner / 2);
  const whitening = factors === "matrix" ? pairs * (inner - pairs + 2) : inner;
  const scoring = k * (whitening + 4) + 1;
  const marking = Math.ceil(k * MASK_WORDS / THREADS);
  const adding = Math.ceil(tasks / THREADS) * (BLOCK_ROWS + 2 * MASK_WORDS + 2);
  const turns = MOST_TURNS - THREADS;
  const most = Math.min(MOST_BYTES, mostBytes);
  const shareBytes = 8 * k * BLOCK_ROWS;
  return {
    ...columns,
    k,
    tasks,
    vectors,
    mostBlocks: Math.floor(turns / (scoring + marking + adding + 1)),
    mostWorkers: Math.min(MOST_TURNS, Math.floor(most / Math.max(shareBytes, 32 * vectors))),
    mostShares: Math.floor(most / shareBytes),
    isScored: scoring <= turns && shareBytes <= most,
  };
}

/** Returns the largest numbers of workgroups: of a launch, and of a round. */
export function mostWorkersOf(
  parts: readonly number[],
  sizes: MixtureSizes,
): { ofLaunch: number; ofRound: number } {
  const share = shareOf(parts, sizes);
  const workers = parts.map((blocks) => Math.ceil(blocks / share));
  const most = (count: number) => Math.min(sizes.mostWorkers, count);
  return {
    ofLaunch: most(Math.max(...workers)),
    ofRound: most(workers.reduce((sum, count) => sum + count, 0)),
  };
}

/** Returns the number of blocks that a workgroup takes. */
function shareOf(parts: readonly number[], { mostBlocks }: MixtureSizes): number {
  const all = parts.reduce((sum, blocks) => sum + blocks, 0);
  return Math.min(mostBlocks, Math.ceil(all / WORKERS));
}

/**
 * Divides the blocks of all parts among workgroups: by their number alone, so that sums have the
 * same bits each time. What one pass over the data cannot hold is left to further rounds.
 *
 * @param parts Number of blocks of each part.
 * @param sizes Sizes of the mixture.
 * @returns The launches of each round.
 */
export function roundsOf(
  parts: readonly number[],
  sizes: MixtureSizes,
): Launch[][] {
  const { mostWorkers } = sizes;
  const share = shareOf(parts, sizes);
  const rounds: Launch[][] = [[]];
  let left = mostWorkers;
  for (const [part, blocksOfPart] of parts.entries()) {
    for (let first = 0; first < blocksOfPart;) {
      if (left === 0) {
        rounds.push([]);
        left = mostWorkers;
      }
      const blocks = Math.min(blocksOfPart - first, left * share);
      const workers = Math.ceil(blocks / share);
      rounds[rounds.length - 1].push({ part, first, blocks, share, workers });
      first += blocks;
      left -= workers;
    }
  }
  return rounds;
}

/**
 * Divides the blocks of all parts among workgroups, as {@linkcode roundsOf} does, where
 * responsibilities are given, which have to fit a buffer, too: each launch is a round.
 */
export function givenRoundsOf(parts: readonly number[], sizes: MixtureSizes): Launch[][] {
  const share = shareOf(parts, sizes);
  const most = Math.min(sizes.mostShares, sizes.mostWorkers * share);
  return runsOf(parts, most).map((run) => [
    { ...run, share, workers: Math.ceil(run.blocks / share) },
  ]);
}

/**
 * Cuts the blocks of all parts into runs of at most `most` blocks.
 *
 * @param parts Number of blocks of each part.
 * @param most The largest number of blocks of a run.
 */
export function runsOf(
  parts: readonly number[],
  most: number,
): Pick<Launch, "part" | "first" | "blocks">[] {
  return parts.flatMap((blocks, part) =>
    Array.from({ length: Math.ceil(blocks / most) }, (_, run) => {
      const first = run * most;
      return { part, first, blocks: Math.min(most, blocks - first) };
    })
  );
}
