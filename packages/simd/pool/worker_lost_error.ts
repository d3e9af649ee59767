/**
 * Thrown when a worker ended or stopped answering. The results of the operation that throws it are
 * lost, and so is the state that sessions keep between steps: each of their later steps throws it
 * too. Tensors stay, and the next operation starts fresh workers on a fresh memory.
 */
export class WorkerLostError extends Error {
  /** Name of the class. */
  override readonly name = "WorkerLostError";
}
