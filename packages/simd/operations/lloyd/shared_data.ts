import type { HostMatrix, MatrixValues } from "@mixtape/operations";
import type { SimdRuntime } from "../../runtime.ts";
import { type DataOptions, LloydData } from "./data.ts";
import { workInRegions } from "../../memory/regions.ts";
import { Preparation } from "../../preparation.ts";

interface Entry {
  readonly shape: readonly [number, number];
  readonly data: Preparation<LloydData>;
  users: number;
}

const open = new WeakMap<SimdRuntime, Map<MatrixValues, Entry>>();

/** A hold on data that are prepared, or soon will be; it is disposed of once. */
export interface DataHold extends Disposable {
  readonly data: Preparation<LloydData>;
}

/**
 * Prepares data without weights, or reuses the data that an open session on the same array has
 * prepared: a start by k-means++, the iterations after it and mini-batches then compress the data
 * once.
 *
 * @param once True if there will be one assignment of the rows.
 */
export function holdData(runtime: SimdRuntime, x: HostMatrix, once = false): DataHold {
  const entries = open.get(runtime) ?? new Map<MatrixValues, Entry>();
  open.set(runtime, entries);
  const found = entries.get(x.values);
  if (once && !found) return holdOwnData(runtime, x, { once });
  const same = found?.shape[0] === x.shape[0] && found.shape[1] === x.shape[1];
  if (found && !same) {
    const data = prepare(runtime, x);
    return { data, [Symbol.dispose]: () => data[Symbol.dispose]() };
  }
  const entry = found ?? { shape: x.shape, data: prepare(runtime, x), users: 0 };
  entries.set(x.values, entry);
  entry.users++;
  return {
    data: entry.data,
    [Symbol.dispose]() {
      if (--entry.users > 0) return;
      entries.delete(x.values);
      entry.data[Symbol.dispose]();
    },
  };
}

/** Prepares data with weights, or for one assignment, which is never shared. */
export function holdOwnData(runtime: SimdRuntime, x: HostMatrix, options: DataOptions): DataHold {
  const data = prepare(runtime, x, options);
  return { data, [Symbol.dispose]: () => data[Symbol.dispose]() };
}

function prepare(
  runtime: SimdRuntime,
  x: HostMatrix,
  options?: DataOptions,
): Preparation<LloydData> {
  const start = () =>
    workInRegions(runtime.memory, (regions) => LloydData.prepare(runtime, regions, x, options));
  return new Preparation(runtime.turns, start, (data) => data[Symbol.dispose]());
}
