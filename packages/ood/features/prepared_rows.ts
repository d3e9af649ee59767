import type { HostMatrix } from "@mixtape/tensor-utils";
import { unitBlocks, type UnitSelection } from "./unit_selection.ts";

/**
 * Returns all rows at once, with kept columns only and scaled if the selection says so, for models
 * that take a matrix.
 */
export function preparedRows(x: HostMatrix, units: UnitSelection): HostMatrix {
  const d = units.kept.length;
  const values = new Float64Array(x.shape[0] * d);
  for (const block of unitBlocks(x, units)) {
    values.set(block.values.subarray(0, block.rows * d), block.start * d);
  }
  return { values, shape: [x.shape[0], d] };
}
