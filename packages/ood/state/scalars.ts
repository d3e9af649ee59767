import { checkInteger, checkNumber, type NumberRules } from "@mixtape/tensor-utils";
import { type StateShape, wrongKind } from "./state_shape.ts";

/** The range of a whole number. */
export interface IntegerRules {
  /** Smallest value allowed. */
  readonly min: number;
  /** The name of the size that it may not exceed, met before. */
  readonly upTo: string;
}

/**
 * A finite number.
 *
 * @param rules Its range; any unless given.
 */
export function number(rules?: NumberRules): StateShape<number> {
  return { check: (value, path) => checkNumber(value, path, rules) };
}

/**
 * A whole number.
 *
 * @param rules Its range.
 */
export function integer({ min, upTo }: IntegerRules): StateShape<number> {
  return {
    check: (value, path, sizes) => checkInteger(value, path, { min, max: sizes.get(upTo) }),
  };
}

/**
 * A size that is written down, at least 1.
 *
 * @param name What other parts call it.
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

/** True or false. */
export function flag(): StateShape<boolean> {
  return {
    check(value, path) {
      if (typeof value === "boolean") return value;
      throw wrongKind(path, value, "true or false");
    },
  };
}

/**
 * A truth value that is the same in every detector of a kind.
 *
 * @param needed Which.
 */
export function always(needed: boolean): StateShape<boolean> {
  return {
    check(value, path, sizes) {
      if (flag().check(value, path, sizes) === needed) return needed;
      throw new RangeError(`Cannot use ${path}: ${value} was given, ${needed} is needed`);
    },
  };
}
