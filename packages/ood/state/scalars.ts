import { checkFlag, checkInteger, checkNumber, type NumberRules } from "@mixtape/tensor-utils";
import type { StateShape } from "./state_shape.ts";

/** The range of a whole number. */
export interface IntegerRules {
  /** Smallest value allowed. */
  readonly min: number;
  /** Name of a size, known already, that the number may not exceed. */
  readonly upTo: string;
}

/**
 * Returns the shape of a finite number.
 *
 * @param rules Its range; any number by default.
 */
export function number(rules?: NumberRules): StateShape<number> {
  return { check: (value, path) => checkNumber(value, path, rules) };
}

/**
 * Returns the shape of a whole number.
 *
 * @param rules Its range.
 */
export function integer({ min, upTo }: IntegerRules): StateShape<number> {
  return {
    check: (value, path, sizes) => checkInteger(value, path, { min, max: sizes.get(upTo) }),
  };
}

/**
 * Returns the shape of a stored size, a whole number of at least 1.
 *
 * @param name Name of the size in other shapes.
 */
export function size(name: string): StateShape<number> {
  return {
    check(value, path, sizes) {
      const known = sizes.get(name);
      const checked = checkInteger(value, path, { min: known ?? 1, max: known });
      sizes.set(name, checked);
      return checked;
    },
  };
}

/** Returns the shape of a boolean. */
export function flag(): StateShape<boolean> {
  return {
    check: (value, path) => checkFlag(value, path),
  };
}

/**
 * Returns the shape of a boolean that is the same in every detector of a kind.
 *
 * @param needed The value it must have.
 */
export function always(needed: boolean): StateShape<boolean> {
  return {
    check(value, path, sizes) {
      if (flag().check(value, path, sizes) === needed) return needed;
      throw new RangeError(`Cannot use ${path}: ${value} was given, ${needed} is needed`);
    },
  };
}
