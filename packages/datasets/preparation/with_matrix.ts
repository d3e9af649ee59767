import { type HostMatrix, hostMatrix, type MatrixLike } from "@mixtape/tensor-utils/host";
import type * as tensorUtils from "@mixtape/tensor-utils";

/** The package of the named operations. */
export type Operations = typeof tensorUtils;

let loaded: Operations | undefined;

/** Requirements on data, and a signal. */
interface Rules {
  readonly name: string;
  readonly minRows?: number;
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

/**
 * Checks and copies data, and computes with them by the named operations of the backend in use. What else is in this
 * folder needs no TensorFlow.js, so it is loaded here, by the first call.
 *
 * @param x Data, shape [n, d], finite; copied before the function returns its promise, unless it is a tensor.
 * @param rules Their name in messages, requirements, and what ends the check.
 * @param compute Computes with the copy, which lies where the backend reads it if it is large.
 * @returns The outcome of `compute`.
 */
export async function withMatrix<Outcome>(
  x: MatrixLike,
  { name, signal, ...rules }: Rules,
  compute: (x: HostMatrix & { largest?: number }, operations: Operations) => Promise<Outcome>,
): Promise<Outcome> {
  if (loaded) {
    const { placedMatrix, releasing } = loaded;
    const operations = loaded;
    return await releasing(
      placedMatrix(x, name, rules, signal),
      async (opening) => await compute(await opening, operations),
    );
  }
  const copy = await hostMatrix(x, name, rules, signal);
  const operations = await import("@mixtape/tensor-utils");
  await operations.ensureBackend();
  loaded = operations;
  return await withMatrix(copy, { name, signal, ...rules }, compute);
}
