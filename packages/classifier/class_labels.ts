import { labelArray } from "@mixtape/tensor-utils";

/** Checks that there is one label per row, and that each is the number of a class. */
export function classLabels(
  labels: ArrayLike<number>,
  rows: number,
  classes: number,
  name = "labels",
): Int32Array {
  const checked = labelArray(labels, rows, name);
  const row = checked.findIndex((label) => label >= classes);
  if (row === -1) return checked;
  throw new RangeError(
    `Cannot use ${name}: row ${row} has ${checked[row]}, ` +
      `with ${classes} classes they must be from 0 to ${classes - 1}`,
  );
}
