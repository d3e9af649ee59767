import type { CompactLabels, Label } from "@mixtape/tensor-utils";

/** Classes as column numbers of the logits, with their names if they have any. */
export interface ClassCodes {
  /** Column of the logits of each row's class. */
  readonly codes: Int32Array;
  /** Name of the class of each column; absent if classes are given as column numbers. */
  readonly names?: readonly Label[];
}

/**
 * From this many classes on, whole numbers are taken for names (identifiers, dates), not column
 * numbers.
 */
const MOST_CLASSES = 65536;

/**
 * Translates the labels of training rows into column numbers of the logits: whole numbers from 0
 * are column numbers; other labels are names, in the order that the evidence gives, otherwise
 * ascending.
 *
 * @param labels The label of each row.
 * @param rows Number of labels needed.
 * @param classes Names of all classes in the order of the logits, if the evidence has them.
 * @throws {RangeError} If there is not one label per row, or one is not among `classes`.
 */
export function classCodes(
  { codes, values }: CompactLabels,
  rows: number,
  classes?: readonly Label[],
): ClassCodes {
  if (codes.length !== rows) {
    throw new RangeError(
      `Cannot use labels: ${codes.length} were given for ${rows} rows, one per row is needed`,
    );
  }
  if (!classes && values.every(isClassNumber)) {
    return { codes: codes.map((code) => Number(values[code])) };
  }
  const names = classes ?? values;
  const numbers = values.map((label) => names.indexOf(label));
  const unknown = numbers.indexOf(-1);
  if (unknown === -1) return { codes: codes.map((code) => numbers[code]), names };
  throw new RangeError(
    `Cannot use labels: row ${codes.indexOf(unknown)} has ${String(values[unknown])}, ` +
      `which is none of the ${names.length} classes of the evidence`,
  );
}

function isClassNumber(label: Label): boolean {
  return typeof label === "number" && Number.isInteger(label) && label >= 0 && label < MOST_CLASSES;
}
