import { compare, compareQuality, entryResult } from "./core/judge.ts";
import { measure, type MeasureOptions } from "./core/measure.ts";
import { PeerPool } from "./core/peer_pool.ts";
import type { Row } from "./core/row.ts";
import type { RowResult } from "./core/row_result.ts";
import type { Inputs } from "./inputs.ts";
import { blasEnvironment } from "./openblas_kernel.ts";
import { peers } from "./peers.ts";

/**
 * Measures a row.
 *
 * @param row The row.
 * @param inputs The data.
 * @param commit The commit that is measured, if known.
 * @param options Limits, and a callback for progress.
 * @returns The results.
 */
export async function runRow(
  row: Row,
  inputs: Inputs,
  commit: string | null,
  options: MeasureOptions,
): Promise<RowResult> {
  const { quick, dir, signal } = inputs.options;
  options.onProgress("preparing");
  const plan = await row.plan(inputs);
  // New processes for every row: none starts with the memory that another row left behind.
  const blas = await inputs.once("the kernel of BLAS", blasEnvironment);
  await using pool = new PeerPool(peers(dir, blas), signal);
  const measuredAt = new Date().toISOString();
  const { measured, failures } = await measure(plan.entries, pool, options);
  // Peers that were ended look as if they failed.
  signal?.throwIfAborted();
  const entries = measured.map(entryResult);
  options.onProgress("comparing");
  return {
    id: row.id,
    title: row.title,
    size: plan.size,
    scaling: row.scaling ?? null,
    quick,
    measuredAt,
    commit,
    entries,
    comparisons: compare(entries, plan.bars, quick),
    bound: row.bound,
    qualities: compareQuality(measured, plan),
    missing: pool.missing(),
    failures,
  };
}
