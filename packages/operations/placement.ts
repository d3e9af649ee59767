import type { MatrixValues } from "./host_matrix.ts";
import type { MaybePromise } from "./maybe_promise.ts";

/** Numbers that `MixtapePlacement` copies. */
export interface PlacementAttributes {
  /** The numbers, which may be not finite; read before the kernel returns. */
  readonly values: MatrixValues;
  /**
   * Number of columns of rows that `MixtapeLloyd` is to read: float32 may then become bytes, if that
   * changes none of them and takes less time. By default, the copy is of the same kind.
   */
  readonly lloydColumns?: number;
}

/**
 * A copy of numbers in the backend's memory, where its kernels read them as they are, or of bytes on the
 * host, where the memory cannot hold what the host reads.
 */
export interface Placement extends Disposable {
  /** The copy; the host can read it until it is disposed of. */
  readonly values: MatrixValues;
  /**
   * Returns the largest absolute value; Infinity or NaN if a number is not finite.
   *
   * @param signal Ends the search if it takes long; its promise is then rejected with its reason.
   * @param allowNaN True if NaN is left out.
   */
  readonly largest: (signal?: AbortSignal, allowNaN?: boolean) => MaybePromise<number>;
}
