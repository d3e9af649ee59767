/**
 * A worker ended or stopped answering. The results of the operation that throws it are lost; the
 * next operation starts fresh workers.
 */
export class WorkerLostError extends Error {
  /** The class's name. */
  override readonly name = "WorkerLostError";
}
