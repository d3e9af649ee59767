import { describeValue } from "./describe_value.ts";

/** Range of a number; a bound that is left out does not apply. */
export interface NumberRules {
  /** Smallest value allowed. */
  readonly min?: number;
  /** Largest value allowed. */
  readonly max?: number;
  /** Exclusive lower bound. */
  readonly above?: number;
}

/**
 * Checks that an option is a finite number within its range.
 *
 * @param value The value, as given by the caller.
 * @param name Name of the option in error messages.
 * @param rules Range of the value.
 * @returns The value.
 * @throws {TypeError} If the value is not a number.
 * @throws {RangeError} If the value is NaN, infinite or out of range.
 */
export function checkNumber(value: unknown, name: string, rules: NumberRules = {}): number {
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot use ${name}: ${describeValue(value)} was given, a number is needed`,
    );
  }
  if (!Number.isFinite(value) || !isWithin(value, rules)) {
    throw new RangeError(
      `Cannot use ${name}: ${value} was given, a finite number${rangeText(rules)} is needed`,
    );
  }
  return value;
}

/**
 * Checks that an option is a whole number within its range.
 *
 * @param value The value, as given by the caller.
 * @param name Name of the option in error messages.
 * @param rules Range of the value.
 * @returns The value.
 * @throws {TypeError} If the value is not a number.
 * @throws {RangeError} If the value is not whole or out of range.
 */
export function checkInteger(value: unknown, name: string, rules: NumberRules = {}): number {
  if (typeof value !== "number") {
    throw new TypeError(
      `Cannot use ${name}: ${describeValue(value)} was given, a whole number is needed`,
    );
  }
  if (!Number.isSafeInteger(value) || !isWithin(value, rules)) {
    throw new RangeError(
      `Cannot use ${name}: ${value} was given, a whole number${rangeText(rules)} is needed`,
    );
  }
  return value;
}

/**
 * Checks that an option is one of a few words.
 *
 * @param value The value, as given by the caller.
 * @param name Name of the option in error messages.
 * @param choices The words allowed.
 * @returns The value.
 * @throws {TypeError} If the value is no text.
 * @throws {RangeError} If it is not one of the choices.
 */
export function checkChoice<T extends string>(
  value: unknown,
  name: string,
  choices: readonly T[],
): T {
  if (choices.includes(value as T)) return value as T;
  const listed = choices.map((choice) => `"${choice}"`).join(", ");
  const Problem = typeof value === "string" ? RangeError : TypeError;
  throw new Problem(
    `Cannot use ${name}: ${describeValue(value)} was given, one of ${listed} is needed`,
  );
}

/**
 * Checks that an option is true or false.
 *
 * @param value The value, as given by the caller.
 * @param name Name of the option in error messages.
 * @returns The value.
 * @throws {TypeError} If the value is neither.
 */
export function checkFlag(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(
    `Cannot use ${name}: ${describeValue(value)} was given, true or false is needed`,
  );
}

/**
 * Checks that there is one value per row.
 *
 * @param values The values.
 * @param rows Number of rows.
 * @param name Name of the values in error messages.
 * @throws {RangeError} If there are more or fewer.
 */
export function checkOnePerRow(
  { length }: { readonly length: number },
  rows: number,
  name: string,
): void {
  if (length === rows) return;
  throw new RangeError(
    `Cannot use ${name}: ${length} were given for ${rows} rows, one per row is needed`,
  );
}

/**
 * Checks class labels: one whole number from 0 per row.
 *
 * @param labels The labels, as given by the caller.
 * @param rows Number of labels needed.
 * @param name Name of the labels in error messages.
 * @returns The labels as 32-bit integers; the same array if they are already.
 * @throws {RangeError} If there is not one label per row, or a label is negative or not whole.
 */
export function labelArray(labels: ArrayLike<number>, rows: number, name = "labels"): Int32Array {
  if (labels === null || typeof labels !== "object" || typeof labels.length !== "number") {
    throw new TypeError(
      `Cannot use ${name}: ${describeValue(labels)} was given, an array of whole numbers is needed`,
    );
  }
  checkOnePerRow(labels, rows, name);
  for (let i = 0; i < rows; i++) {
    const label = labels[i];
    if (Number.isInteger(label) && label >= 0 && label < 2 ** 31) continue;
    throw new RangeError(
      `Cannot use ${name}: row ${i} has ${label}, whole numbers from 0 are needed`,
    );
  }
  return labels instanceof Int32Array ? labels : Int32Array.from(labels);
}

function isWithin(value: number, { min, max, above }: NumberRules): boolean {
  return !(min !== undefined && value < min) && !(max !== undefined && value > max) &&
    !(above !== undefined && value <= above);
}

function rangeText({ min, max, above }: NumberRules): string {
  if (min !== undefined && max !== undefined) return ` between ${min} and ${max}`;
  if (above !== undefined && max !== undefined) return ` above ${above} and at most ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  if (above !== undefined) return ` above ${above}`;
  if (max !== undefined) return ` of at most ${max}`;
  return "";
}
