/** Jobs on workers, as a model has them. */
export interface SimulatedRun {
  /** Time that each job takes, in milliseconds, in the order in which they are asked for. */
  readonly jobsMs: readonly number[];
  /** Number of workers, each with one job at a time. */
  readonly workers: number;
  /** Time that a worker spends on each job beside the work, in milliseconds. */
  readonly overheadMs: number;
}

/**
 * Simulates jobs on workers: each job goes to the worker that is free first, as a queue does it.
 *
 * @param run The jobs and the workers.
 * @returns Time until the last job is done, in milliseconds.
 * @see Graham (1966), https://doi.org/10.1002/j.1538-7305.1966.tb01709.x
 */
export function simulateJobs({ jobsMs, workers, overheadMs }: SimulatedRun): number {
  const free = new Array<number>(workers).fill(0);
  for (const ms of jobsMs) {
    const first = free.indexOf(Math.min(...free));
    free[first] += ms + overheadMs;
  }
  return Math.max(...free);
}

/** A fit whose blocks of rows live with several workers, as a model has it. */
export interface SimulatedFit {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Number of clusters or components. */
  readonly components: number;
  /** Kind of the model, which decides what a block answers. */
  readonly kind: "k-means" | "full mixture";
  /** Number of rows per block. */
  readonly blockRows: number;
  /** Number of workers. */
  readonly workers: number;
  /** Number of processors for all workers together; as many as workers where each has its own. */
  readonly cores: number;
  /** Rows that a worker goes through per second on a processor of its own. */
  readonly rowsPerSecond: number;
  /** Bytes that a worker reads per second. */
  readonly bytesPerSecond: number;
  /** Bytes that the run takes in per second, from all workers together. */
  readonly gatheredPerSecond: number;
  /** Time that a worker spends on each job beside the work, in milliseconds. */
  readonly overheadMs: number;
}

/** The model's time for an iteration, in seconds. */
export interface SimulatedIteration {
  /** Time until the last block is done. */
  readonly blocks: number;
  /** Time in which the answers of all blocks are gathered. */
  readonly gathering: number;
  /** Bytes of the answer of one block. */
  readonly answerBytes: number;
}

/**
 * Simulates an iteration of a fit: a job per block of float32 rows, which answers with moments in float64. Reading
 * overlaps computing, so that a block takes the longer of both. Workers that share processors take turns.
 *
 * @param fit The fit and the constants of the machines.
 * @returns The time of an iteration.
 */
export function simulateIteration(fit: SimulatedFit): SimulatedIteration {
  const { rows, columns, components, kind, blockRows, workers, overheadMs } = fit;
  const blocks = Math.ceil(rows / blockRows);
  const work = blockRows / fit.rowsPerSecond * Math.max(1, workers / fit.cores);
  const reading = 4 * columns * blockRows / fit.bytesPerSecond;
  const jobsMs = new Array<number>(blocks).fill(1000 * Math.max(work, reading));
  const moments = kind === "k-means" ? columns + 1 : columns * (columns + 1) / 2 + columns + 1;
  const answerBytes = 8 * components * moments;
  return {
    blocks: simulateJobs({ jobsMs, workers, overheadMs }) / 1000,
    gathering: blocks * answerBytes / fit.gatheredPerSecond,
    answerBytes,
  };
}
