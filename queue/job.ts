/** A value that JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Something to be done by a worker. */
export interface Job {
  /** Hash of all that the answer depends on, in hexadecimal digits: one job is done once, whoever asks for it. */
  readonly name: string;
  /** The same for people: `ood-detectors: network, reference, seed 0`. */
  readonly title: string;
  readonly question: Json;
  /** Bytes that the question names, which are at the server as long as it is asked. */
  readonly parcel?: Parcel;
}

/** Bytes with a name. */
export interface Parcel {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A job that was done. */
export interface Done {
  readonly answer: Json;
  /** Name of the worker that did it. */
  readonly worker: string;
  /** Time at which the worker began, as ISO 8601. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** Number of times that it was begun, 1 if nothing went wrong. */
  readonly tries: number;
}

/** The code and the backend of a worker or a run: only the same ones give the same answers. */
export interface Version {
  /** Hash of the code, in hexadecimal digits. */
  readonly code: string;
  /** Name of the backend. */
  readonly backend: string;
}

/** Prefix of all keys in Redis. */
export const prefix = "mixtape";

/** Number of times that a job is begun before it counts as failed. */
export const mostTries = 3;

/**
 * Returns the name of the queue of a version: workers of another one do not see its jobs.
 *
 * @param version The version.
 */
export function queueName({ code, backend }: Version): string {
  return `jobs-${code}-${backend}`;
}

/**
 * Returns the key by which workers are told that nobody wants a job any more.
 *
 * @param name Name of the job.
 */
export function unwantedKey(name: string): string {
  return `${prefix}:unwanted:${name}`;
}

/** The reason for which a worker ends a job that nobody wants any more. */
export const unwantedReason = "nobody wants it any more";

/** A job that was begun as often as it may be, and failed each time. */
export class JobFailedError extends TypeError {
  /** The name of the class, to recognise the error without `instanceof`. */
  override readonly name = "JobFailedError";
}
