import { isRecord, type Sizes, type StateShape, wrongKind } from "./state_shape.ts";

/** A shape for each field of `T`, with no other fields. */
export type Fields<T> = { readonly [Name in keyof T]-?: StateShape<T[Name]> };

/**
 * Returns the shape of an object with exactly these fields. They are checked in this order, so that
 * the first one to use a size sets it.
 *
 * @param fields The shape of each field.
 */
export function record<T extends object>(fields: Fields<T>): StateShape<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return {
    check(value, path, sizes) {
      if (!isRecord(value)) throw wrongKind(path, value, "an object");
      const other = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
      if (other !== undefined) {
        throw new TypeError(
          `Cannot use ${path}.${other}: ${path} has ${
            names.join(", ") || "no fields"
          }, nothing else`,
        );
      }
      const parts = names.map((name) => [
        name,
        fields[name].check(value[name], `${path}.${name}`, sizes),
      ]);
      return Object.fromEntries(
        parts.filter(([name]) => Object.hasOwn(value, name as string)),
      ) as T;
    },
  };
}

/**
 * Returns the shape of a list of at least one entry. A size that an entry is the first to use is
 * the entry's own.
 *
 * @param length Name of its length, as a size.
 * @param item The shape of each entry.
 */
export function list<T>(length: string, item: StateShape<T>): StateShape<readonly T[]> {
  return {
    check(value, path, sizes) {
      if (!Array.isArray(value)) throw wrongKind(path, value, "a list");
      const known = sizes.get(length);
      if (value.length !== (known ?? Math.max(1, value.length))) {
        throw new RangeError(
          `Cannot use ${path}: it has ${value.length} entries, ${known ?? "at least 1"} are needed`,
        );
      }
      sizes.set(length, value.length);
      return value.map((entry, i) => item.check(entry, `${path}[${i}]`, new Map(sizes)));
    },
  };
}

/**
 * Returns a shape with sizes of its own, even if other parts use the same names.
 *
 * @param shape Shape of the part.
 */
export function apart<T>(shape: StateShape<T>): StateShape<T> {
  return { check: (value, path) => shape.check(value, path, new Map()) };
}

/**
 * Returns the shape of a part that may be absent.
 *
 * @param shape Shape of the part.
 */
export function optional<T>(shape: StateShape<T>): StateShape<T | undefined> {
  return {
    check: (value, path, sizes) =>
      value === undefined ? undefined : shape.check(value, path, sizes),
  };
}

/**
 * Returns a shape with a further condition.
 *
 * @param shape Shape of the part.
 * @param problemOf Returns the problem with a value and the remedy, in words; undefined if it is
 * valid.
 */
export function such<T>(
  shape: StateShape<T>,
  problemOf: (value: T, sizes: Sizes) => string | undefined,
): StateShape<T> {
  return {
    check(value, path, sizes) {
      const checked = shape.check(value, path, sizes);
      const problem = problemOf(checked, sizes);
      if (problem === undefined) return checked;
      throw new RangeError(`Cannot use ${path}: ${problem}`);
    },
  };
}
