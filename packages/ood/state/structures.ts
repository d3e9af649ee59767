import { isRecord, type Sizes, type StateShape, wrongKind } from "./state_shape.ts";

/** A shape for every field of `T`, no more and no fewer. */
export type Fields<T> = { readonly [Name in keyof T]-?: StateShape<T[Name]> };

/**
 * An object of exactly these fields; they are checked in this order, so that the first to name a size decides it.
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
      for (const name of names) fields[name].check(value[name], `${path}.${name}`, sizes);
      return value as T;
    },
  };
}

/**
 * A list, at least one long. The sizes that an entry is the first to name are its own.
 *
 * @param length The name of its length.
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
 * A part whose sizes are its own, though other parts use the same names.
 *
 * @param shape The part.
 */
export function apart<T>(shape: StateShape<T>): StateShape<T> {
  return { check: (value, path) => shape.check(value, path, new Map()) };
}

/**
 * A part that may be missing.
 *
 * @param shape The part.
 */
export function optional<T>(shape: StateShape<T>): StateShape<T | undefined> {
  return {
    check: (value, path, sizes) =>
      value === undefined ? undefined : shape.check(value, path, sizes),
  };
}

/**
 * A part that must fulfil something besides.
 *
 * @param shape The part.
 * @param problemOf What is wrong with it and what is needed, in words; undefined if all is well.
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
