import { mostJobs } from "./blocks/ask_blocks.ts";

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

/** Costs of jobs beside their work: a time for each, and one for the bytes of its answer. */
export interface JobCost {
  /** Milliseconds for each job. */
  readonly ms: number;
  /** Bytes of answers that are taken care of per second. */
  readonly bytesPerSecond: number;
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
  /** Number of rows of each block but the last. */
  readonly blockRows: number;
  /** Number of workers. */
  readonly workers: number;
  /** Number of processors that the workers, the run and the server share; as many as are at work where each has its own. */
  readonly cores: number;
  /** Rows that a worker goes through per second while the other processors are idle. */
  readonly rowsPerSecond: number;
  /** The same while all processors do so, which share caches and the way to the memory. */
  readonly rowsPerSecondTogether: number;
  /** Bytes that a worker reads per second. */
  readonly bytesPerSecond: number;
  /** Costs of jobs to their worker. */
  readonly worker: JobCost;
  /** Costs of jobs to the run and the server, in processor time. */
  readonly run: JobCost;
  /** Time from the last answer of a pass to the first job of the next one, in milliseconds. */
  readonly betweenMs: number;
}

/** The model's time for an iteration, in seconds: that between passes, and the longest of the three others. */
export interface SimulatedIteration {
  readonly seconds: number;
  /** Time until the last worker is done, if nothing else keeps it waiting. */
  readonly workers: number;
  /** Time in which the processors have done all that workers, run and server ask of them. */
  readonly processors: number;
  /** Time in which the run has gathered all answers, one after the other. */
  readonly run: number;
  /** Bytes of the answer of one block. */
  readonly answerBytes: number;
}

/**
 * Simulates an iteration of a fit: a job for every few blocks of float32 rows, which answers with the moments of each in
 * float64. Reading overlaps computing, so that a block takes the longer of both; and workers, processors and the run
 * work at the same time, so that the iteration takes as long as the busiest of them.
 *
 * @param fit The fit and the constants of the machines.
 * @returns The time of an iteration.
 * @see Brent (1974), https://doi.org/10.1145/321812.321815
 */
export function simulateIteration(fit: SimulatedFit): SimulatedIteration {
  const { rows, columns, components, kind, workers, cores } = fit;
  const moments = kind === "k-means" ? columns + 1 : columns * (columns + 1) / 2 + columns + 1;
  const answerBytes = 8 * components * moments;
  const blocks = Math.ceil(rows / fit.blockRows);
  const blocksPerJob = Math.ceil(blocks / mostJobs);
  const jobRows = blocksPerJob * fit.blockRows;
  const jobs = Math.ceil(blocks / blocksPerJob);
  const busy = Math.min(workers, cores);
  // As busy processors as there are between one and all.
  const share = cores === 1 ? 1 : (busy - 1) / (cores - 1);
  const secondsPerRow = Math.max(
    (1 - share) / fit.rowsPerSecond + share / fit.rowsPerSecondTogether,
    4 * columns / fit.bytesPerSecond,
  );
  const costOf = ({ ms, bytesPerSecond }: JobCost) =>
    ms + 1000 * blocksPerJob * answerBytes / bytesPerSecond;
  const overheadMs = costOf(fit.worker);
  const jobsMs = Array.from(
    { length: jobs },
    (_, job) => 1000 * secondsPerRow * Math.min(jobRows, rows - job * jobRows),
  );
  const run = jobs * costOf(fit.run) / 1000;
  const work = jobsMs.reduce((sum, ms) => sum + ms + overheadMs, 0) / 1000;
  const byWorkers = simulateJobs({ jobsMs, workers, overheadMs }) / 1000;
  const processors = (work + run) / cores;
  return {
    seconds: fit.betweenMs / 1000 + Math.max(byWorkers, processors, run),
    workers: byWorkers,
    processors,
    run,
    answerBytes,
  };
}
