import { type HostMatrix, unchanging } from "@mixtape/tensor-utils";
import { pacedUnitBlocks, type UnitSelection } from "./unit_selection.ts";

/**
 * Returns all rows at once, with kept columns only and scaled if the selection says so, for models
 * that take a matrix.
 */
export async function preparedRows(
  x: HostMatrix,
  units: UnitSelection,
  signal?: AbortSignal,
): Promise<HostMatrix> {
  const d = units.kept.length;
  const values = new Float64Array(x.shape[0] * d);
  for await (const block of pacedUnitBlocks(x, units, signal)) {
    values.set(block.values.subarray(0, block.rows * d), block.start * d);
  }
  return unchanging({ values, shape: [x.shape[0], d] });
}
