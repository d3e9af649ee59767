import { checkNumber, describeValue, type NumberRules } from "@mixtape/tensor-utils/host";

/** Rules for a list of numbers. */
interface ListRules extends NumberRules {
  /** Number of entries; any but 0 by default. */
  readonly length?: number;
  /** The thing that there must be an entry for; `column` by default. */
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
