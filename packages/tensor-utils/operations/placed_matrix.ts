import { checkValues, hostMatrix, viewMatrix } from "../host_matrix.ts";
import type { HostMatrix, MatrixLike, MatrixRules } from "../matrix.ts";
import { isUnchanging, unchanging } from "../unchanging.ts";
import { backendKernel } from "./kernel.ts";

/** A matrix that may hold memory of the backend, which {@link releasing} frees. */
export interface PlacedMatrix extends HostMatrix {
  /** The largest absolute value, NaN left out, if it is known. */
  readonly largest?: number;
  /** Holder of the memory, if there is one. */
  readonly placement?: Disposable;
}

/** Requirements on data, and what is done with them. */
export interface PlacementRules extends MatrixRules {
  /** True if only `openLloyd` and what goes with it read the data: float32 may then become bytes. */
  readonly forLloyd?: boolean;
}

/**
 * Checks and copies data as {@link hostMatrix} does, where the backend can to where its kernels read
 * them: the named operation `MixtapePlacement`. To be used within {@link releasing}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { placedMatrix, releasing } from "@mixtape/tensor-utils";
 *
 * const x = { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };
 * const sum = await releasing(placedMatrix(x), async (placing) => {
 *   return [...(await placing).values].reduce((a, b) => a + b);
 * });
 * assert.equal(sum, 10);
 * ```
 *
 * @param x Data, shape [n, d], finite; copied before the function returns its promise, unless it is a
 * tensor.
 * @param name Name of the data in error messages.
 * @param rules Further requirements, and what is done with the data.
 * @param signal Ends the check if it takes long; the promise is then rejected with its reason.
 * @returns A copy of the same numbers, in bytes if that is allowed and faster.
 * @throws {TypeError} In the same cases as {@link hostMatrix}.
 * @throws {RangeError} In the same cases as {@link hostMatrix}.
 */
export async function placedMatrix(
  x: MatrixLike,
  name = "x",
  rules: PlacementRules = {},
  signal?: AbortSignal,
): Promise<PlacedMatrix> {
  if (isUnchanging(x)) {
    const { values, shape, largest }: PlacedMatrix = await hostMatrix(x, name, rules, signal);
    return unchanging({ values, shape, largest });
  }
  const place = backendKernel("MixtapePlacement");
  const view = place && viewMatrix(x, name, rules);
  const placement = view && place?.({
    values: view.values,
    lloydColumns: rules.forLloyd ? view.shape[1] : undefined,
  });
  if (!placement) return await hostMatrix(x, name, rules, signal);
  const matrix = { values: placement.values, shape: view.shape };
  const { allowNaN = false } = rules;
  try {
    const largest = await placement.largest(signal, allowNaN);
    if (Number.isFinite(largest)) return { ...matrix, largest, placement };
    checkValues(matrix, name, allowNaN);
    return { ...matrix, placement };
  } catch (error) {
    placement[Symbol.dispose]();
    throw error;
  }
}

/**
 * Works with data that are being opened, and frees what memory of the backend they hold when the work
 * is done or has failed.
 *
 * @param opening The data, or what they are read from.
 * @param work The work, given the same promise, so that it can wait for other things, too.
 * @returns The outcome of the work.
 */
export async function releasing<Data extends object, Outcome>(
  opening: Promise<Data>,
  work: (opening: Promise<Data>) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await work(opening);
  } finally {
    await releaseOpened([opening]);
  }
}

/**
 * Frees what memory of the backend data hold that were being opened, as {@link releasing} does.
 *
 * @param opening The data; those that could not be opened hold nothing.
 */
export async function releaseOpened(opening: readonly Promise<object>[]): Promise<void> {
  for (const one of opening) await one.then(release, () => {});
}

function release(data: object): void {
  (data as Partial<PlacedMatrix>).placement?.[Symbol.dispose]();
}
