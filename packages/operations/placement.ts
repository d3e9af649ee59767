import type { MatrixValues } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";

/** Numbers that `MixtapePlacement` copies. */
export interface PlacementAttributes {
  /** The numbers, which may be not finite; read before the kernel returns. */
  readonly values: MatrixValues;
}

/** A copy of numbers in the backend's memory, where its kernels read them as they are. */
export interface Placement extends Disposable {
  /** The copy, of the same kind; the host can read it until it is disposed of. */
  readonly values: MatrixValues;
  /**
   * Returns the largest absolute value; Infinity or NaN if a number is not finite.
   *
   * @param signal Ends the search if it takes long; its promise is then rejected with its reason.
   * @param allowNaN True if NaN is left out.
   */
  readonly largest: (signal?: AbortSignal, allowNaN?: boolean) => MaybePromise<number>;
}
