/**
 * A worker ended or stopped answering. The results of the operation that throws it are lost, and so
 * is what sessions keep between steps: each of their later steps throws it too. Tensors stay, and the
 * next operation starts fresh workers on a fresh memory.
 */
export class WorkerLostError extends Error {
  /** The class's name. */
  override readonly name = "WorkerLostError";
}
