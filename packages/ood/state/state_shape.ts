import { describeValue } from "@mixtape/tensor-utils";

/** Sizes that parts of a state share, by name: `d`, `classes`. Whoever meets a name first says how large it is. */
export type Sizes = Map<string, number>;

/** What a part of a fitted state may be. */
export interface StateShape<T> {
  /**
   * Checks that a value is such a part: its kind, its range, and the sizes that it has in common with other parts.
   *
   * @param value What was fitted, or read from JSON.
   * @param path What error messages call it: `state.units.kept`.
   * @param sizes The sizes known so far; new ones are added.
   * @returns The value.
   * @throws {TypeError} If it is missing or of another kind.
   * @throws {RangeError} If it holds what it cannot.
   */
  check(value: unknown, path: string, sizes: Map<string, number>): T;
}

/** The error for a value of the wrong kind. */
export function wrongKind(path: string, value: unknown, needed: string): TypeError {
  return new TypeError(
    `Cannot use ${path}: ${describeValue(value)} was given, ${needed} is needed`,
  );
}

/** Whether a value is an object with names, rather than null or a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
