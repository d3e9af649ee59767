import type { CompactLabels, Label } from "@mixtape/tensor-utils";
import { classLabels } from "./class_labels.ts";
import { maxUnits } from "./mlp_settings.ts";

/**
 * Names of a model's classes: undefined if the training labels were whole numbers from 0, which are
 * class numbers; otherwise the distinct training labels, ascending.
 */
export type ClassNames = readonly Label[] | undefined;

/** Form of predictions: labels of the kind that the model was trained on. */
export type Predictions<L extends Label = number> = [L] extends [number] ? Int32Array | Float64Array
  : L[];

/** Type of all labels of one kind: `string` for `"a"`. */
export type LabelKind<L extends Label> = L extends number ? number
  : L extends bigint ? bigint
  : L extends string ? string
  : boolean;

/**
 * Returns the names of classes for the labels of a training, or undefined for class numbers. Whole
 * numbers of more classes than there can be are names too.
 */
export function namesOf({ values }: CompactLabels): ClassNames {
  const isNumber = (value: Label) =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value < maxUnits;
  return values.every(isNumber) ? undefined : values;
}

/**
 * Checks that named classes are several.
 *
 * @throws {RangeError} If all rows have the same label.
 */
export function checkSeveral(names: ClassNames): void {
  if (names?.length !== 1) return;
  throw new RangeError(
    `Cannot use labels: all rows have the label ${String(names[0])}, at least 2 classes are needed`,
  );
}

/**
 * Counts classes: the number of names, or without names one more than the highest number, and at
 * least 2.
 */
export function countClasses({ values }: CompactLabels, names: ClassNames): number {
  if (names) return names.length;
  return Math.max(2, 1 + Number(values[values.length - 1] ?? 0));
}

/**
 * Returns the class number of each row.
 *
 * @throws {RangeError} If there is not one label per row, or a label is not a class.
 */
export function codesOf(
  labels: CompactLabels,
  { rows, classes, names, name = "labels" }: {
    rows: number;
    classes: number;
    names: ClassNames;
    name?: string;
  },
): Int32Array {
  const { codes, values } = labels;
  if (!names) {
    // Array.from with a function takes some twenty times as long.
    const given = new Array<number>(codes.length);
    for (let row = 0; row < codes.length; row++) given[row] = values[codes[row]] as number;
    return classLabels(given, rows, classes, name);
  }
  const numberOf = new Map(names.map((label, number) => [label, number]));
  const numbers = values.map((label) => numberOf.get(label) ?? -1);
  const numbered = codes.map((code) => numbers[code]);
  const row = numbered.indexOf(-1);
  if (row === -1) return classLabels(numbered, rows, classes, name);
  throw new RangeError(
    `Cannot use ${name}: row ${row} has ${String(values[codes[row]])}, ` +
      `which is none of the ${classes} classes of the training: ${listed(names)}`,
  );
}

/** Translates class numbers back into labels of the training. */
export function named<L extends Label>(numbers: Int32Array, names: ClassNames): Predictions<L> {
  if (!names) return numbers as Predictions<L>;
  if (typeof names[0] !== "number") {
    return Array.from(numbers, (number) => names[number]) as Predictions<L>;
  }
  const values = names as readonly number[];
  const predicted = Array.from(numbers, (number) => values[number]);
  const isWhole = values.every((value) => value === (value | 0));
  return (isWhole ? Int32Array.from(predicted) : Float64Array.from(predicted)) as Predictions<L>;
}

/** Returns the labels of all classes, in the order of their numbers. */
export function classesOf(names: ClassNames, classes: number): readonly Label[] {
  return Object.freeze(names ? [...names] : Array.from({ length: classes }, (_, number) => number));
}

function listed(names: readonly Label[]): string {
  const shown = names.slice(0, 10).map(String).join(", ");
  return names.length > 10 ? `${shown}, …` : shown;
}
