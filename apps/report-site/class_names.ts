import type { Result } from "@mixtape/results";

/** The names of the in-distribution classes of a result, in the order of the labels. */
export function classNamesOf(result: Result): readonly string[] {
  const inside = result.data.find((one) => one.role === "in-distribution") ?? result.data[0];
  return inside.classNames;
}
