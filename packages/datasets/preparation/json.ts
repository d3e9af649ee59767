import { checkNumber, describeValue, type NumberRules } from "@mixtape/tensor-utils/host";

/**
 * Checks that JSON is of a format, in version 1.
 *
 * @param json The value that `JSON.parse` returned.
 * @param format Identifier of the format.
 * @param named The thing it holds, for messages: `an imputer`.
 * @returns Its entries.
 * @throws {TypeError} If it is of another format or version.
 */
export function readFormat(json: unknown, format: string, named: string): Record<string, unknown> {
  const entries = Object(json) as Record<string, unknown>;
  if (entries.format === format && entries.version === 1) return entries;
  throw new TypeError(
    `Cannot read ${named}: format ${entries.format}, version ${entries.version} was given, ` +
      `format ${format}, version 1 is needed`,
  );
}

/** Rules for a list of numbers. */
interface ListRules extends NumberRules {
  /** Number of entries; any but 0 unless given. */
  readonly length?: number;
  /** The thing that there must be an entry for; `column` unless given. */
  readonly per?: string;
}

/** Reads a list of at least one number; checks their range, and how many there are if `length` is given. */
export function readNumbers(
  value: unknown,
  name: string,
  { length, per = "column", ...rules }: ListRules = {},
): Float64Array {
  if (!Array.isArray(value) || value.length === 0) {
    throw new TypeError(
      `Cannot use ${name}: ${describeValue(value)} was given, a list of numbers is needed`,
    );
  }
  if (length !== undefined && value.length !== length) {
    throw new RangeError(
      `Cannot use ${name}: there are ${value.length}, ${length} are needed, one per ${per}`,
    );
  }
  return Float64Array.from(value, (one, j) => checkNumber(one, `${name}[${j}]`, rules));
}
