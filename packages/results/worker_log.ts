import { z } from "zod";
import { list, magnitude, positive, record, text } from "./checks.ts";
import { checkText, type FileOrigin } from "./parse.ts";

/** A job that a worker did. */
export interface WorkerJob {
  /** Name of the experiment. */
  readonly experiment: string;
  /** Key of the result that it was done for. */
  readonly key: string;
  /** The part of the experiment and its question; null for the experiment as a whole. */
  readonly part: string | null;
  /** Name of the worker: its host and process. */
  readonly worker: string;
  /** Time at which it was begun, as ISO 8601. */
  readonly startedAt: string;
  /** Time that it took, in milliseconds. */
  readonly elapsedMs: number;
  /** Number of times that it was begun, 1 if nothing went wrong. */
  readonly tries: number;
}

/** The jobs that workers did for the results of a report; beside the results. */
export interface WorkerLog {
  /** Version of the format. */
  readonly schemaVersion: 1;
  /** The jobs, in the order in which they were begun. */
  readonly jobs: readonly WorkerJob[];
}

/** Name of the file of the {@link WorkerLog} in the folder of the results. */
export const workerLogFile = "workers.json";

const log: z.ZodType<WorkerLog> = record<WorkerLog>({
  schemaVersion: z.literal(1),
  jobs: list(record<WorkerJob>({
    experiment: text,
    key: text,
    part: text.nullable(),
    worker: text,
    startedAt: z.iso.datetime(),
    elapsedMs: magnitude,
    tries: positive,
  })),
});

/**
 * Parses the log of workers of a report.
 *
 * @param json Text of the file.
 * @param origin The file, to be named in errors.
 * @returns The log, checked.
 * @throws {ResultMismatchError} If the text is JSON that does not conform.
 * @throws {SyntaxError} If the text is not JSON.
 */
export function parseWorkerLog(json: string, origin: FileOrigin): WorkerLog {
  return checkText(json, log, origin.file);
}
