import {
  type BatchMeansSession,
  blockRowsFor,
  gatherRows,
  type HostMatrix,
  isReader,
  openBatchMeans,
  type Random,
  type RowReader,
  type Rows,
} from "@mixtape/tensor-utils";

/** Rows drawn for one step. */
export interface Batch {
  /** Data that the rows are of. */
  readonly x: HostMatrix;
  /** Index of each row in `x`. */
  readonly rows: Uint32Array;
  /** Weight of each row of `x`; all 1 by default. */
  readonly weights?: Float64Array;
}

/** Batches of rows of the same data. */
export interface DrawnBatches extends Omit<Batch, "rows"> {
  /** Returns the rows of the next batch; undefined after the last. */
  readonly draw: () => Uint32Array | undefined;
  /** Steps on `x`. */
  readonly session: BatchMeansSession;
}

/** Options of {@link drawBatches}. */
export interface DrawOptions {
  /** Number of rows per batch. */
  readonly batchSize: number;
  /** Weight of each row; all 1 by default. */
  readonly sampleWeight?: Float64Array;
  /** Ends a reading, and a step that takes long. */
  readonly signal?: AbortSignal;
}

/**
 * Draws batches of rows with replacement, the same ones from memory and from a source. Those of data in memory
 * have no end; a source is read once for as many batches as fit in a block.
 *
 * @param x The data.
 * @param source Randomness of its own: how far ahead it is drawn from depends on the data and the backend.
 * @param options Sizes, weights and the signal.
 */
export async function* drawBatches(
  x: Rows,
  source: Random,
  options: DrawOptions,
): AsyncGenerator<DrawnBatches> {
  if (isReader(x)) return yield* drawFromReadings(x, source, options);
  const { batchSize, sampleWeight, signal } = options;
  const session = openBatchMeans(x, sampleWeight, signal);
  try {
    const draw = () => source.integers(x.shape[0], batchSize);
    yield { x, draw, weights: sampleWeight, session };
  } finally {
    session[Symbol.dispose]();
  }
}

async function* drawFromReadings(
  reader: RowReader,
  source: Random,
  { batchSize, sampleWeight, signal }: DrawOptions,
): AsyncGenerator<DrawnBatches> {
  const [n, d] = reader.shape;
  const perReading = Math.max(1, Math.floor(blockRowsFor(d) / batchSize));
  for (;;) {
    const drawn = source.integers(n, perReading * batchSize);
    const x = await gatherRows(reader, drawn, signal);
    const weights = sampleWeight && Float64Array.from(drawn, (row) => sampleWeight[row]);
    const session = openBatchMeans(x, weights, signal);
    try {
      const places = drawn.map((_, place) => place);
      let next = 0;
      const draw = () => {
        const first = next;
        next += batchSize;
        return first < places.length ? places.subarray(first, next) : undefined;
      };
      yield { x, draw, weights, session };
    } finally {
      session[Symbol.dispose]();
    }
  }
}
