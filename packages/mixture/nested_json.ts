import { checkNumber, fromJSONNumber, type JSONNumber, jsonNumber } from "@mixtape/tensor-utils";

/** Numbers as lists of lists, one level for each axis. */
export type NestedJSON = readonly (JSONNumber | NestedJSON)[];

/**
 * Converts an array to lists of lists.
 *
 * @param values Its numbers in row-major order.
 * @param shape Lengths of its axes, at least one.
 */
export function nest(values: Float64Array, shape: readonly number[]): NestedJSON {
  if (shape.length === 1) return listOf(values);
  const [length, ...rest] = shape;
  const size = values.length / length;
  return Array.from({ length }, (_, i) => nest(values.subarray(i * size, (i + 1) * size), rest));
}

/**
 * Reads the output of {@link nest}.
 *
 * @param json Parsed JSON.
 * @param shape Lengths of the axes that it must have.
 * @param name Its name in error messages.
 * @returns The numbers in row-major order.
 * @throws {TypeError} If it is not lists of numbers: a value that only converts to one, as null would be read as 0,
 * is none.
 * @throws {RangeError} If a list is of another length.
 */
export function unnest(json: unknown, shape: readonly number[], name: string): Float64Array {
  const [length, ...rest] = shape;
  if (!Array.isArray(json)) {
    throw new TypeError(`Cannot use ${name}: a list of ${length} is needed`);
  }
  if (json.length !== length) {
    throw new RangeError(
      `Cannot use ${name}: it has ${json.length} entries, ${length} are needed`,
    );
  }
  if (rest.length === 0) return numbersOf(json, name);
  const size = rest.reduce((product, axis) => product * axis, 1);
  const values = new Float64Array(length * size);
  json.forEach((part, i) => values.set(unnest(part, rest, `${name}[${i}]`), i * size));
  return values;
}

/** A loop, as `Array.from` takes several times as long to call back. */
function listOf(values: Float64Array): JSONNumber[] {
  const list = new Array<JSONNumber>(values.length);
  for (let i = 0; i < values.length; i++) list[i] = jsonNumber(values[i]);
  return list;
}

function numbersOf(json: readonly unknown[], name: string): Float64Array {
  const values = new Float64Array(json.length);
  for (let i = 0; i < values.length; i++) {
    const value = fromJSONNumber(json[i]);
    // The name of a number takes longer to make than the number to read.
    values[i] = Number.isFinite(value) ? value as number : checkNumber(value, `${name}[${i}]`);
  }
  return values;
}
