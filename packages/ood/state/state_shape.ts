import { describeValue } from "@mixtape/tensor-utils";

/**
 * Sizes that parts of a state share, by name: `d`, `classes`. The first part that uses a name sets
 * its size.
 */
export type Sizes = Map<string, number>;

/** Constraints on a part of a fitted state. */
export interface StateShape<T> {
  /**
   * Checks that a value is a valid part: its kind, its range, and the sizes that it shares with
   * other parts.
   *
   * @param value The value, fitted or read from JSON.
   * @param path Path of the part in error messages: `state.units.kept`.
   * @param sizes The sizes known so far; new ones are added.
   * @returns The value, or what was read from it.
   * @throws {TypeError} If the value is missing or of another kind.
   * @throws {RangeError} If the value is invalid.
   */
  check(value: unknown, path: string, sizes: Map<string, number>): T;
}

/** Returns the error for a value of the wrong kind. */
export function wrongKind(path: string, value: unknown, needed: string): TypeError {
  return new TypeError(
    `Cannot use ${path}: ${describeValue(value)} was given, ${needed} is needed`,
  );
}

/** Returns true if a value is an object with named fields, not null or a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
