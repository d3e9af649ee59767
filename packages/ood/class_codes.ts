import type { CompactLabels, Label } from "@mixtape/tensor-utils";

/** Classes by number, and what they are called where it is not their number. */
export interface ClassCodes {
  /** The class of each row. */
  readonly codes: Int32Array;
  /** The names of the classes, by number. */
  readonly names?: readonly Label[];
}

/** Whole numbers of more classes than any classifier has are names: identifiers, dates. */
const MOST_CLASSES = 65536;

/**
 * Numbers the classes of training rows as the columns of the logits are numbered: whole numbers from 0 are numbers of
 * classes; other labels are names, in the order that the evidence says or else ascending.
 *
 * @param labels The label of each row.
 * @param rows How many are needed.
 * @param classes The names of all classes in the order of the logits, where the evidence has them.
 * @throws {RangeError} If there is not one label a row, or one is none of `classes`.
 */
export function classCodes(
  { codes, values }: CompactLabels,
  rows: number,
  classes?: readonly Label[],
): ClassCodes {
  if (codes.length !== rows) {
    throw new RangeError(
      `Cannot use labels: ${codes.length} were given for ${rows} rows, one a row is needed`,
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
